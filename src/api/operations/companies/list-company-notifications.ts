import { companySides } from '../../../domain/companies/company-balances.js';
import {
  companyNotificationList,
  type CompanyNotificationRow,
} from '../../../storage/companies/company-notifications.js';
import { defineList } from '../../contract/define-list.js';
import { currencyText, idText, moneyText, orNull, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { channelOf, deliveryChannel, recipientOf } from '../notifications/delivery-json.js';
import { requireCompany } from './require-company.js';
import { companyParams, sideName } from './schema.js';

const notificationSchema = z
  .strictObject({
    id: idText,
    side: z.enum(companySides),
    episode: z.int(),
    status: z.enum(['pending', 'retrying', 'accepted', 'uncertain', 'failed']),
    at: timeString.openapi({ description: 'When it was decided' }),
    endedAt: timeString.nullable(),
    balance: moneyText.nullable().openapi({ description: 'As its emails say it' }),
    currency: currencyText.nullable(),
    threshold: moneyText.nullable(),
    thresholdCurrency: currencyText.nullable(),
    deliveries: z
      .array(
        z
          .strictObject({
            id: idText,
            recipient: z
              .string()
              .openapi({ description: 'Address, or channel: `NOC (Slack)`, `Gateway (SMS): +380501234567`' }),
            channel: orNull(deliveryChannel).openapi({ description: 'null: an email' }),
            status: z.enum(['claimed', 'sending', 'transmitted', 'retrying', 'accepted', 'uncertain', 'failed']),
            subject: z.string(),
            attempts: z.int(),
            reply: z.string().nullable().openapi({ description: 'What the server said last' }),
          })
          .openapi('CompanyDelivery'),
      )
      .openapi({ description: 'One per address and channel' }),
  })
  .openapi('CompanyNotification');

export const listCompanyNotificationsOperation = defineList({
  id: 'listCompanyNotifications',
  path: '/v1/companies/{id}/notifications',
  area: 'companies',
  summary: 'List the notifications about a company',
  description: 'Newest first: one per episode and side, with a delivery to each address and channel.',
  scope: 'notifications:read',
  params: companyParams,
  filters: { side: sideName.optional() },
  sorts: ['at'],
  order: '-at',
  page: 'A page of notifications',
  item: notificationSchema,
  require: (input) => requireCompany(input, input.params.id),
  rows: (q, { params, filter }) => companyNotificationList(q, params.id, filter.side),
  toJson: notificationJson,
  csv: {
    id: 'exportCompanyNotifications',
    name: 'company-notifications',
    what: 'the notifications about a company',
    params: { id: 'companyId' },
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      side: { header: 'Side', value: ({ side }) => side },
      status: { header: 'Status', value: ({ status }) => status },
      balance: { header: 'Balance', value: ({ balance }) => (balance === null ? null : { number: balance }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      threshold: { header: 'Threshold', value: ({ threshold }) => (threshold === null ? null : { number: threshold }) },
      thresholdCurrency: { header: 'Threshold currency', value: ({ thresholdCurrency }) => thresholdCurrency },
      recipients: {
        header: 'Recipients',
        value: ({ deliveries }) => deliveries.map(recipientOf).join(', '),
      },
    },
  },
});

function notificationJson(row: CompanyNotificationRow): z.output<typeof notificationSchema> {
  const { decidedAt, endedAt, deliveries, ...fields } = row;
  return {
    id: fields.id,
    side: fields.side,
    episode: fields.episode,
    status: fields.status,
    at: timeText(decidedAt),
    endedAt: timeOrNull(endedAt),
    balance: fields.balance,
    currency: fields.currency,
    threshold: fields.threshold,
    thresholdCurrency: fields.thresholdCurrency,
    deliveries: deliveries.map((delivery) => ({
      ...{ id: delivery.id, recipient: recipientOf(delivery), channel: channelOf(delivery), status: delivery.status },
      ...{ subject: delivery.subject, attempts: delivery.attempts, reply: delivery.reply },
    })),
  };
}
