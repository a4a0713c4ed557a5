import { readList } from '../../../../api/lists';
import type { components } from '../../../../api/schema';
import type { ListDefinition } from '../../../../list/definition';
import { notificationColumns, notificationSubject } from '../../../../list/notifications/columns';
import { allKindFilter, notificationFacets, notificationFilters } from '../../../../list/notifications/filters';

type ClientNotification = components['schemas']['Notification'];

/** The list of all notifications without what is the same in every row. */
export const clientNotifications: ListDefinition<ClientNotification> = {
  kind: 'notifications',
  name: 'client-notifications',
  exportName: 'notifications',
  title: 'client.tab.notifications',
  sort: '-at',
  load: (query, signal) => readList('/v1/notifications', query, signal),
  idOf: ({ id }) => id,
  nameOf: notificationSubject,
  search: { parameter: 'q', placeholder: 'client.notifications.search' },
  include: 'facets',
  facets: notificationFacets,
  columns: notificationColumns.filter(({ id }) => id !== 'clientName'),
  filters: [allKindFilter, ...notificationFilters],
};
