import { maxSubscribers, sendRates } from '../../../../services/rates/notifications/send-rates.js';
import { readRateNotifications } from '../../../../storage/rates/notifications/rate-notification-list.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { idText, reason, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { rateNotificationJson, rateNotificationSchema, skipReasonSchema } from './schema.js';

const body = z
  .strictObject({
    rateTableId: reference,
    kind: z.enum(['forced', 'correction']).openapi({
      description:
        '`forced`: rates that the next scheduled notification would announce too late; without an agreement, those until the end ' +
        'of tomorrow · `correction`: announced rates that were changed later',
    }),
    clientId: reference
      .optional()
      .openapi({ description: 'Default: all clients that use the table and have rate notifications on' }),
    reason: reason.optional(),
  })
  .openapi('SendRateNotifications');

const sentSchema = z
  .strictObject({
    notifications: z.array(rateNotificationSchema),
    skipped: z
      .array(z.strictObject({ clientId: idText, clientName: z.string(), reason: skipReasonSchema }))
      .openapi({ description: 'Clients to which nothing is sent' }),
  })
  .openapi('SentRateNotifications');

export const sendRateNotificationsOperation = defineOperation({
  id: 'sendRateNotifications',
  method: 'post',
  path: '/v1/rate-notifications',
  area: 'rate-tables',
  summary: 'Send rates now',
  description:
    'Sends rates outside the schedule. Later notifications are still compared with the last scheduled one, and the next scheduled ' +
    'one is still sent. With `clientId`, the client gets the rates even if its rate notifications are off. Without `clientId`: ' +
    `up to ${maxSubscribers} clients.`,
  scope: 'notifications:write',
  request: { body },
  example: { rateTableId: '7', kind: 'forced', clientId: '17', reason: 'the client asked for it' },
  responses: { 202: { description: 'Sent soon: `readRateNotification` shows the outcome', schema: sentSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body: { rateTableId, kind, clientId = null, reason: why = null }, requester, scope }) {
    const { ids, skipped } = await sendRates(requester, { rateTableId, kind, clientId, reason: why });
    const rows = await scope.read((q) => readRateNotifications(q, scope.resellerId, ids));
    return accepted({ notifications: rows.map(rateNotificationJson), skipped: [...skipped] });
  },
});
