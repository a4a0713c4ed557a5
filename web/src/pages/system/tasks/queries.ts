import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';

export type Task = components['schemas']['Task'];

/** Runs begin and end without a word to the page. */
const refetchMs = 10_000;

export const tasksQuery = () =>
  queryOptions({
    queryKey: keys.tasks,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/tasks', { signal })),
    refetchInterval: refetchMs,
  });
