import { readList } from '../../api/lists';
import { clientSource, companySource } from '../../form/sources';
import type { ListDefinition } from '../../list/definition';
import { notificationColumns, notificationSubject } from '../../list/notifications/columns';
import {
  notificationFacets,
  notificationFilters,
  profileFilter,
  ruleKindFilter,
} from '../../list/notifications/filters';
import type { NotificationItem } from './queries';

export const notificationsList: ListDefinition<NotificationItem> = {
  kind: 'notifications',
  name: 'notifications',
  title: 'app.nav.notifications',
  load: (query, signal) => readList('/v1/notifications', query, signal),
  idOf: ({ id }) => id,
  nameOf: (notification) =>
    `${notification.clientName ?? notification.companyName ?? ''}: ${notificationSubject(notification)}`,
  sort: '-at',
  search: { parameter: 'q', placeholder: 'notifications.search' },
  include: 'facets',
  facets: notificationFacets,
  columns: notificationColumns,
  filters: [
    ruleKindFilter,
    ...notificationFilters,
    { kind: 'reference', label: 'notifications.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'notifications.company', parameter: 'companyId', ...companySource },
    profileFilter,
  ],
};
