import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';
import { serverNow } from '../../api/transport';
import { refreshLists } from '../../list/refresh';
import { dayMs } from '../../ui/durations';

/** What the parts of the page read. All stand under the client's key, so that one event of the stream renews them. */

type Schemas = components['schemas'];
export type Client = Awaited<ReturnType<typeof readClient>>['value'];
export type Balances = Schemas['Balances'];
export type Explanation = Awaited<ReturnType<typeof readExplanation>>;
export type ExplainedRule = Explanation['rules'][number];
export type Monitor = Awaited<ReturnType<typeof readMonitor>>;
export type Check = Schemas['Check'];
export type Timeline = Awaited<ReturnType<typeof readTimeline>>;
export type Grant = Schemas['TemporaryCreditItem'];
export type GrantLimits = Schemas['TemporaryCreditLimits'];

export const ranges = [7, 30, 90] as const;
export type Range = (typeof ranges)[number];

export const clientQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id),
    queryFn: ({ signal }) => readClient(id, signal),
  });

export const balancesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'balances'),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/balances', { ...at(id), signal })),
  });

export const explainQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'explain'),
    queryFn: ({ signal }) => readExplanation(id, signal),
  });

export const monitorQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'monitor'),
    queryFn: ({ signal }) => readMonitor(id, signal),
    // A check that does not come is told by no event.
    refetchInterval: 30_000,
  });

export const checksQuery = (id: string, limit: number) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'checks', { limit }),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/clients/{id}/checks', { params: { path: { id }, query: { limit } }, signal })),
    placeholderData: (shown) => shown,
  });

export const timelineQuery = (id: string, days: Range) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'timeline', { days }),
    queryFn: ({ signal }) => readTimeline(id, days, signal),
    placeholderData: (shown) => shown,
  });

/** The grant that is scheduled or in force; there is at most one. */
export const openGrantQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'open grant'),
    async queryFn({ signal }) {
      const { data } = await unwrap(
        api.GET('/v1/temporary-credits', {
          params: { query: { clientId: id, status: ['scheduled', 'active'], limit: 1 } },
          signal,
        }),
      );
      return data[0] ?? null;
    },
  });

export const grantLimitsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'grant limits'),
    queryFn: ({ signal }) => readGrantLimits(id, signal),
  });

function readClient(id: string, signal: AbortSignal) {
  return unwrapVersioned(api.GET('/v1/clients/{id}', { ...at(id), signal }));
}

function readExplanation(id: string, signal: AbortSignal) {
  return unwrap(api.GET('/v1/clients/{id}/explain', { ...at(id), signal }));
}

function readMonitor(id: string, signal: AbortSignal) {
  return unwrap(api.GET('/v1/clients/{id}/monitor', { ...at(id), signal }));
}

function readTimeline(id: string, days: Range, signal: AbortSignal) {
  const query = { from: new Date(serverNow() - days * dayMs).toISOString() };
  return unwrap(api.GET('/v1/clients/{id}/timeline', { params: { path: { id }, query }, signal }));
}

function readGrantLimits(id: string, signal: AbortSignal) {
  return unwrap(api.GET('/v1/clients/{id}/temporary-credits/limits', { ...at(id), signal }));
}

function at(id: string): { readonly params: { readonly path: { readonly id: string } } } {
  return { params: { path: { id } } };
}

/** Renews all that a change of this client may have changed. */
export function useClientRefresh(id: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    const lists = (['clients', 'credits', 'payments', 'notifications', 'audit'] as const).map((kind) =>
      refreshLists(queries, kind),
    );
    await Promise.all([...lists, queries.invalidateQueries({ queryKey: ['clients', id] })]);
  };
}
