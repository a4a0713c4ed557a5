import { createHash } from 'node:crypto';
import { testChannel } from '../../../../services/notifications/channels/test-channel.js';
import { sendChannelMessage } from '../../../../webhooks/channels/send-channel-message.js';
import { sealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { channelAddress } from './recipients.js';
import { channelParams } from './schema.js';

const body = z.strictObject({ address: channelAddress });

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
  async handler({ params, body: { address }, requester, context, updateId }) {
    const cipher = sealerOf(context, 'secrets of notification channels');
    const { result, durationMs } = await testChannel(requester, cipher, params.id, {
      address,
      async send({ format, name, ...connection }) {
        const startedAt = performance.now();
        const message = {
          // The same when the request is repeated after its answer was lost: a gateway that knows it sends no second SMS.
          key: `test-${createHash('sha256').update(updateId).digest('hex').slice(0, 32)}`,
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
