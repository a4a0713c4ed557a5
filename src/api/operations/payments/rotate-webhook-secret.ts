import { rotateWebhookSecret } from '../../../services/payments/rotate-webhook-secret.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sealerOf, sourceJson, sourceWithSecretSchema } from './shared.js';
import { newWebhookSecret } from './signature.js';

export const rotateWebhookSecretOperation = defineOperation({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook-sources/{id}/rotate-secret',
  area: 'webhooks',
  summary: 'Give a payment system a new secret',
  description:
    'The secret that was newest is taken for `overlapHours` more, so that the sender can change over without losing a ' +
    'message; 0: it ends now. An older one ends now. The answer holds the new secret; it is shown once.',
  scope: 'webhooks:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ overlapHours: z.int().min(0).max(720).default(24) }),
  },
  example: { overlapHours: 24 },
  responses: { 200: { description: 'Rotated', schema: sourceWithSecretSchema } },
  problems: ['not_configured'],
  secretAnswer: true,
  async handler({ params, body, requester, context, now }) {
    const secret = newWebhookSecret();
    const { overlapHours } = body;
    const source = await rotateWebhookSecret(requester, sealerOf(context), params.id, { secret, overlapHours });
    return ok({ ...sourceJson(context, source, now), secret }, { version: source.version });
  },
});
