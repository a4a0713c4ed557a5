import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { ListQuery } from '../../api/lists';
import { readList } from '../../api/lists';
import { renewNow } from '../../api/renewal';
import type { components } from '../../api/schema';
import { refreshLists } from '../../list/refresh';

export type Event = components['schemas']['Event'];
export type EventGroup = components['schemas']['EventGroup'];
export type EventFacets = components['schemas']['EventFacets'];

export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('events', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/events/{id}', { params: { path: { id } }, signal })),
  });

/** The causes of the events that the filters find; the filters are those of the list, as it sends them. */
export const groupsQuery = (filters: ListQuery, resolve: () => ListQuery) =>
  queryOptions({
    queryKey: keys.list('events', ['groups', filters]),
    queryFn: ({ signal }) => readList('/v1/event-groups', resolve(), signal),
  });

/** Everything that shows events, after the user's own change. */
export async function refreshEvents(queries: QueryClient): Promise<void> {
  await Promise.all([
    refreshLists(queries, 'events'),
    renewNow(queries, ([kind, part]) => kind === 'overview' || (kind === 'events' && part !== 'list')),
  ]);
}
