import { createWebhookSource } from '../../../services/payments/create-webhook-source.js';
import { sealerOf } from '../../access/sealer.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { sourceJson, sourceWithSecretSchema } from './shared.js';
import { newWebhookSecret } from './signature.js';

export const createWebhookSourceOperation = defineOperation({
  id: 'createWebhookSource',
  method: 'post',
  path: '/v1/webhook-sources',
  area: 'webhooks',
  summary: 'Create a webhook source',
  description:
    'The response contains the signing secret, which is shown once. Its payments reach clients of your reseller ' +
    'and its sub-resellers only.',
  scope: 'webhooks:write',
  request: {
    body: z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9, and "-": the name is part of the address')
        .openapi({ example: 'stripe-eu' }),
    }),
  },
  example: { name: 'stripe-eu' },
  responses: { 201: { description: 'Created', schema: sourceWithSecretSchema } },
  problems: ['already_exists', 'not_configured'],
  secretAnswer: true,
  async handler({ body, requester, context, now }) {
    const secret = newWebhookSecret();
    const source = await createWebhookSource(requester, sealerOf(context, 'webhook secrets'), {
      name: body.name,
      secret,
    });
    return created(
      `/v1/webhook-sources/${source.id}`,
      { ...sourceJson(context, source, now), secret },
      { version: source.version },
    );
  },
});
