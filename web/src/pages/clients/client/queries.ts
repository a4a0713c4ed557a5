import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { renewNow } from '../../../api/renewal';
import type { components } from '../../../api/schema';
import { serverNow } from '../../../api/transport';
import { refreshLists } from '../../../list/refresh';
import { chartRangeMs, type ChartRange } from '../../../ui/charts/chart-range';

/** What the parts of the page read. All are under the client's key, so that one event of the stream renews them. */

type Schemas = components['schemas'];
type ReadClient = Awaited<ReturnType<typeof readClient>>['value'];
/** As the client's page has it, or a row of the list, which does not say where values come from. */
export type Client = Omit<ReadClient, 'inheritance'> & Partial<Pick<ReadClient, 'inheritance'>>;
export type Balances = Schemas['Balances'];
export type Explanation = Awaited<ReturnType<typeof readExplanation>>;
export type ExplainedRule = Explanation['rules'][number];
export type Monitor = Awaited<ReturnType<typeof readMonitor>>;
export type Check = Schemas['Check'];
export type Timeline = Awaited<ReturnType<typeof readTimeline>>;
export type Grant = Schemas['TemporaryCreditItem'];

/** What the timeline shows: the last hours or days, or a stretch that was zoomed to; days are those of the zone. */
export interface TimelineWindow {
  readonly range: ChartRange;
  readonly zoom: { readonly from: number; readonly to: number } | null;
  readonly zone: string;
}

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

/** With the highest limit that the caller may set. */
export const creditLimitQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'credit-limit'),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/credit-limit', { ...at(id), signal })),
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
    // A missing check leads to no event.
    refetchInterval: 30_000,
  });

/** What a user has switched off for all rules; nothing while it is not known. */
export function quietOf(monitor: Monitor | undefined): { readonly isSilenced: boolean; readonly isPaused: boolean } {
  return {
    isSilenced: monitor?.silences.some(({ rule }) => rule === null) ?? false,
    isPaused: (monitor?.pausedBy ?? null) !== null,
  };
}

export const checksQuery = (id: string, limit: number) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'checks', { limit }),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/clients/{id}/checks', { params: { path: { id }, query: { limit } }, signal })),
    placeholderData: (shown) => shown,
  });

export const capacityChangesQuery = (id: string, limit: number) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'capacity changes', { limit }),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/clients/{id}/capacity-changes', { params: { path: { id }, query: { limit } }, signal })),
  });

export const timelineQuery = (id: string, window: TimelineWindow) =>
  queryOptions({
    queryKey: keys.one('clients', id, 'timeline', window),
    queryFn: ({ signal }) => readTimeline(id, window, signal),
    placeholderData: (shown) => shown,
  });

/** The grant that is scheduled or active; there is up to one. */
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

function readTimeline(id: string, { range, zoom, zone }: TimelineWindow, signal: AbortSignal) {
  const query = {
    from: new Date(zoom?.from ?? serverNow() - chartRangeMs[range]).toISOString(),
    ...(zoom && { to: new Date(zoom.to).toISOString() }),
    timezone: zone,
  };
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
    const kinds = ['clients', 'credits', 'payments', 'invoices', 'accounts', 'notifications', 'audit'] as const;
    const lists = kinds.map((kind) => refreshLists(queries, kind));
    await Promise.all([...lists, renewNow(queries, ([kind, one]) => kind === 'clients' && one === id)]);
  };
}
