import { rotateWebhookSecret } from '../../../services/payments/rotate-webhook-secret.js';
import { sealerOf } from '../../access/sealer.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceJson, sourceWithSecretSchema } from './shared.js';
import { newWebhookSecret } from './signature.js';

export const rotateWebhookSecretOperation = defineOperation({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook-sources/{id}/rotate-secret',
  area: 'webhooks',
  summary: 'Rotate the secret of a webhook source',
  description:
    'The current secret stays valid for `overlapHours` more, so that the sender can switch without losing ' +
    'messages; 0: it ends now. Older secrets end now. The response contains the new secret, which is shown once.',
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
    const source = await rotateWebhookSecret(requester, sealerOf(context, 'webhook secrets'), params.id, {
      secret,
      overlapHours,
    });
    return ok({ ...sourceJson(context, source, now), secret }, { version: source.version });
  },
});
