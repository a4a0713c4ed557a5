import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { refreshLists } from '../../../list/refresh';

export type Account = components['schemas']['Account'];
export type Transfer = components['schemas']['Transfer'];

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('accounts', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/accounts/{id}', { params: { path: { id } }, signal })),
    // What is available changes with every charge.
    staleTime: 0,
  });

export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('transfers', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/transfers/{id}', { params: { path: { id } }, signal })),
  });

/** Renews what a transfer has changed. */
export function useTransferRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const lists = (['transfers', 'accounts', 'clients', 'audit'] as const).map((kind) => refreshLists(queries, kind));
    const ones = ['transfers', 'accounts'].map((kind) => queries.invalidateQueries({ queryKey: [kind] }));
    await Promise.all([...lists, ...ones]);
  };
}
