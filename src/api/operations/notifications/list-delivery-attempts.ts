import { listAttempts } from '../../../storage/notifications/deliveries-read.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { deliveryParams, requireDelivery } from './shared.js';

const attemptSchema = z
  .strictObject({
    attempt: z.int(),
    startedAt: timeString,
    endedAt: timeString.nullable(),
    outcome: z.enum(['accepted', 'refused', 'refused_for_good', 'uncertain', 'interrupted']).nullable(),
    code: z.int().nullable().openapi({ description: 'SMTP reply code', example: 250 }),
    reply: z.string().nullable().openapi({ description: 'Reply of the mail server', example: '250 2.0.0 Ok: queued' }),
    requestedBy: z.string().nullable().openapi({ description: 'Who resent it; null: the monitor' }),
    requestedByName: z.string().nullable(),
  })
  .openapi('DeliveryAttempt');

export const listDeliveryAttemptsOperation = defineOperation({
  id: 'listDeliveryAttempts',
  method: 'get',
  path: '/v1/deliveries/{id}/attempts',
  area: 'notifications',
  summary: 'List the attempts of a delivery',
  scope: 'notifications:read',
  request: { params: deliveryParams },
  responses: {
    200: { description: 'The attempts, oldest first', schema: z.strictObject({ data: z.array(attemptSchema) }) },
  },
  async handler({ params, scope }) {
    const row = await requireDelivery(scope, params.id);
    const attempts = await scope.read((q) => listAttempts(q, scope.resellerId, row.id));
    return ok({
      data: attempts.map((attempt) => ({
        ...attempt,
        startedAt: timeText(attempt.startedAt),
        endedAt: timeOrNull(attempt.endedAt),
      })),
    });
  },
});
