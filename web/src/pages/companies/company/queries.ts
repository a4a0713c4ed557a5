import { queryOptions } from '@tanstack/react-query';
import { api, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';

export type Company = components['schemas']['Company'];

export const sides = ['their', 'our', 'mutual'] as const;
export type Side = (typeof sides)[number];

/** A run of the controller changes it without a word to the page. */
const refetchMs = 10_000;

export const companyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('companies', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
    refetchInterval: refetchMs,
  });
