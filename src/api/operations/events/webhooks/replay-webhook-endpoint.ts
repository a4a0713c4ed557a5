import { maxReplayed, replayWebhookEndpoint } from '../../../../services/events/webhooks/replay-webhook-endpoint.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { instant } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { endpointParams } from './schema.js';

const endedStatuses = ['accepted', 'failed', 'skipped'] as const;

export const replayWebhookEndpointOperation = defineOperation({
  id: 'replayWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/replay',
  area: 'webhooks',
  summary: 'Replay deliveries of a webhook endpoint',
  description:
    'Sends again what was queued in a range of time, oldest first, each with its own `webhook-id` and `sequence`, so that a ' +
    `receiver can drop what it has. Up to ${maxReplayed.toLocaleString('en')} per request; repeat it while \`remaining\` is above 0. ` +
    'Deliveries are kept for 90 days.',
  scope: 'webhooks:write',
  request: {
    params: endpointParams,
    body: z
      .strictObject({
        from: instant.openapi({ description: 'Queued then or later' }),
        to: instant.openapi({ description: 'Queued before then' }),
        statuses: z
          .array(z.enum(endedStatuses))
          .min(1)
          .max(endedStatuses.length)
          .default(['failed', 'skipped'])
          .openapi({ description: 'Add `accepted` if the receiver has lost what it accepted' }),
      })
      .openapi('WebhookReplay'),
  },
  example: { from: '2026-03-01T10:00:00Z', to: '2026-03-01T12:00:00Z', statuses: ['failed', 'skipped'] },
  responses: {
    202: {
      description: 'How many are sent again',
      schema: z
        .strictObject({
          queued: z.int(),
          remaining: z.int().openapi({ description: 'Deliveries of the range that are left' }),
        })
        .openapi('WebhookReplayed'),
    },
  },
  problems: ['conflict'],
  async handler({ params, body, requester }) {
    return accepted(await replayWebhookEndpoint(requester, params.id, body));
  },
});
