import {
  rateNotificationList,
  rateNotificationSorts,
  rateNotificationStates,
} from '../../../../storage/rates/notifications/rate-notification-list.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { instant, line, reference } from '../../../contract/schemas.js';
import { kindSchema, rateNotificationJson, rateNotificationSchema } from './schema.js';

export const listRateNotificationsOperation = defineList({
  id: 'listRateNotifications',
  path: '/v1/rate-notifications',
  area: 'rate-tables',
  summary: 'List rate notifications',
  description: 'Those that wait, and those that were sent, each with its files.',
  scope: 'notifications:read',
  filters: {
    q: line(100)
      .optional()
      .openapi({ description: 'Part of the name of the client, table, or file, or of the recipient' }),
    rateTableId: reference.optional(),
    clientId: reference.optional(),
    resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
    kind: kindSchema.optional(),
    state: oneOrMore(rateNotificationStates).optional(),
    from: instant.optional().openapi({ description: 'Due then or later' }),
    to: instant.optional().openapi({ description: 'Due before then' }),
  },
  sorts: rateNotificationSorts,
  order: '-id',
  page: 'A page of rate notifications',
  item: rateNotificationSchema,
  rows: (q, { filter, caller }) => rateNotificationList(q, caller.resellerId, filter),
  toJson: (row) => rateNotificationJson(row),
  csv: {
    id: 'exportRateNotifications',
    name: 'rate-notifications',
    what: 'rate notifications',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      dueAt: { header: 'Due', value: ({ dueAt }) => dueAt },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      state: { header: 'State', value: ({ state }) => state },
      skipReason: { header: 'Not sent because', value: ({ skipReason }) => skipReason },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      rateTableName: { header: 'Rate table', value: ({ rateTableName }) => rateTableName },
      agreementName: { header: 'Agreement', value: ({ agreementName }) => agreementName },
      type: { header: 'Rates', value: ({ type }) => type },
      format: { header: 'Format', value: ({ format }) => format },
      recipient: { header: 'Recipient', value: ({ recipient }) => recipient },
      files: { header: 'Files', value: ({ files }) => files.map(({ fileName }) => fileName).join(', ') },
      total: { header: 'Number of rates', value: ({ counts }) => ({ number: counts?.total ?? null }) },
      referenceAt: { header: 'Compared with', value: ({ referenceAt }) => referenceAt },
      composedAt: { header: 'Composed', value: ({ composedAt }) => composedAt },
      acceptedAt: { header: 'Accepted', value: ({ acceptedAt }) => acceptedAt },
      requestedBy: { header: 'Requested by', value: (row) => row.requestedByName ?? row.requestedBy },
      reason: { header: 'Reason', value: ({ reason }) => reason },
    },
  },
});
