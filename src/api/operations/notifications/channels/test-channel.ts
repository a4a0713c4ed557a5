import { randomUUID } from 'node:crypto';
import { testChannel } from '../../../../services/notifications/channels/test-channel.js';
import { sendChannelMessage } from '../../../../webhooks/channels/send-channel-message.js';
import { sealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { channelParams } from './schema.js';

const body = z.strictObject({
  address: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .openapi({
      type: ['string', 'null'],
      description: 'Of an SMS channel: phone number with its country code; null for the others',
      example: '+380501234567',
    }),
});

const resultSchema = z
  .strictObject({
    outcome: z.enum(['accepted', 'deferred', 'rejected', 'uncertain']).openapi({
      description:
        '`deferred`: not accepted now, may be later · `uncertain`: there was no answer, the message may have arrived',
    }),
    status: z.int().nullable().openapi({ description: 'Of the response; null: there was none', example: 200 }),
    reply: z.string().openapi({ description: 'What the receiver answered', example: 'status 200: ok' }),
    durationMs: z.int(),
  })
  .openapi('NotificationChannelTest');

const timeoutMs = 15_000;

export const testChannelOperation = defineOperation({
  id: 'testNotificationChannel',
  method: 'post',
  path: '/v1/notification-channels/{id}/test',
  area: 'notification-channels',
  summary: 'Send a test message',
  description: 'Sends one message that is marked as a test, also to a disabled channel, and returns what it answered.',
  scope: 'webhooks:write',
  request: { params: channelParams, body },
  example: { address: null },
  responses: { 200: { description: 'What the receiver answered', schema: resultSchema } },
  problems: ['conflict', 'not_configured'],
  async handler({ params, body: { address }, requester, context }) {
    const cipher = sealerOf(context, 'secrets of notification channels');
    const { result, durationMs } = await testChannel(requester, cipher, params.id, {
      address,
      async send({ format, name, ...connection }) {
        const startedAt = performance.now();
        const message = {
          key: `test-${randomUUID()}`,
          title: 'Lowwater test',
          text: `Test message from Lowwater to the channel "${name}". No action is needed.`,
          link: null,
          to: address,
        };
        const options = { ...context.webhookGuard, timeoutMs, userAgent: `Lowwater/${context.version}` };
        const answer = await sendChannelMessage(format, connection, message, options);
        return { result: answer, durationMs: Math.round(performance.now() - startedAt) };
      },
    });
    const outcome =
      result.outcome === 'refused'
        ? result.permanent
          ? ('rejected' as const)
          : ('deferred' as const)
        : result.outcome;
    return ok({ outcome, status: result.status, reply: result.reply, durationMs });
  },
});
