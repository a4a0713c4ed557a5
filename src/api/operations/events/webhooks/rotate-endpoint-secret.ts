import { rotateWebhookEndpointSecret } from '../../../../services/events/webhooks/rotate-endpoint-secret.js';
import { sealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { newWebhookSecret } from '../../payments/signature.js';
import { endpointJson, endpointParams, endpointWithSecretSchema } from './schema.js';

export const rotateEndpointSecretOperation = defineOperation({
  id: 'rotateWebhookEndpointSecret',
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/rotate-secret',
  area: 'webhooks',
  summary: 'Rotate the secret of a webhook endpoint',
  description:
    'For `overlapHours`, each message carries two signatures, of the new and of the current secret, so that the receiver can ' +
    'switch in between; 0: only the new one, at once. The response contains the new secret, which is shown once.',
  scope: 'webhooks:write',
  request: {
    params: endpointParams,
    body: z.strictObject({ overlapHours: z.int().min(0).max(720).default(24) }),
  },
  example: { overlapHours: 24 },
  responses: { 200: { description: 'Rotated', schema: endpointWithSecretSchema } },
  problems: ['not_configured'],
  secretAnswer: true,
  async handler({ params, body, requester, context, now }) {
    const secret = newWebhookSecret();
    const row = await rotateWebhookEndpointSecret(requester, sealerOf(context, 'webhook secrets'), params.id, {
      secret,
      overlapHours: body.overlapHours,
    });
    return ok({ ...endpointJson(row, now), secret }, { version: row.version });
  },
});
