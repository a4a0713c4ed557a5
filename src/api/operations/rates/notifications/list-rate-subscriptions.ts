import {
  rateSubscriptionList,
  rateSubscriptionSorts,
} from '../../../../storage/rates/notifications/rate-subscriptions.js';
import { defineList } from '../../../contract/define-list.js';
import { flag } from '../../../contract/lists.js';
import { idText, reference, timeOrNull, timeString } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { formatSchema, typeSchema } from './schema.js';

const subscriptionSchema = z
  .strictObject({
    id: idText,
    clientId: idText,
    clientName: z.string(),
    rateTableId: idText,
    rateTableName: z.string(),
    direction: z.enum(['origination', 'termination', 'both']),
    enabled: z.boolean().openapi({ description: 'Rate notifications of the client are on' }),
    type: typeSchema,
    format: formatSchema,
    unique: z.boolean(),
    agreementId: idText.nullable().openapi({ description: 'Of the client, else of the table' }),
    agreementName: z.string().nullable(),
    recipient: z.string().nullable().openapi({ description: 'Rates email, else billing email; null: neither' }),
    lastNotifiedAt: timeString.nullable().openapi({ description: 'Last scheduled notification; null: never' }),
    nextNotificationAt: timeString.nullable().openapi({ description: 'The one that waits; null: none' }),
  })
  .openapi('RateSubscription');

export const listRateSubscriptionsOperation = defineList({
  id: 'listRateSubscriptions',
  path: '/v1/rate-subscriptions',
  area: 'rate-tables',
  summary: 'List clients with the rate tables they are notified of',
  scope: 'notifications:read',
  filters: {
    rateTableId: reference.optional(),
    clientId: reference.optional(),
    resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
    enabled: flag.optional(),
  },
  sorts: rateSubscriptionSorts,
  order: 'clientName',
  page: 'A page of clients and rate tables',
  item: subscriptionSchema,
  rows: (q, { filter, caller }) => rateSubscriptionList(q, caller.resellerId, filter),
  toJson: ({ id, clientId, clientName, rateTableId, rateTableName, direction, enabled, type, format, ...row }) => ({
    ...{ id, clientId, clientName, rateTableId, rateTableName, direction, enabled, type, format },
    unique: row.unique,
    ...{ agreementId: row.agreementId, agreementName: row.agreementName, recipient: row.recipient },
    lastNotifiedAt: timeOrNull(row.lastNotifiedAt),
    nextNotificationAt: timeOrNull(row.nextNotificationAt),
  }),
  csv: {
    id: 'exportRateSubscriptions',
    name: 'rate-subscriptions',
    what: 'clients with the rate tables they are notified of',
    columns: {
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      rateTableName: { header: 'Rate table', value: ({ rateTableName }) => rateTableName },
      direction: { header: 'Direction', value: ({ direction }) => direction },
      enabled: { header: 'Rate notification', value: ({ enabled }) => enabled },
      type: { header: 'Rates', value: ({ type }) => type },
      format: { header: 'Format', value: ({ format }) => format },
      unique: { header: 'Unique rates', value: ({ unique }) => unique },
      agreementName: { header: 'Agreement', value: ({ agreementName }) => agreementName },
      recipient: { header: 'Recipient', value: ({ recipient }) => recipient },
      lastNotifiedAt: { header: 'Last notification', value: ({ lastNotifiedAt }) => lastNotifiedAt },
      nextNotificationAt: { header: 'Next notification', value: (row) => row.nextNotificationAt },
    },
  },
});
