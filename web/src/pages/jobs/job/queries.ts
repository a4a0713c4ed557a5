import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('jobs', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/jobs/{id}', { params: { path: { id } }, signal })),
  });
