import { createWebhookEndpoint } from '../../../../services/events/webhooks/create-webhook-endpoint.js';
import { sealerOf } from '../../../access/sealer.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { newWebhookSecret } from '../../payments/signature.js';
import { checkWebhookUrl } from './check-url.js';
import { endpointBody, endpointJson, endpointWithSecretSchema } from './schema.js';

export const createWebhookEndpointOperation = defineOperation({
  id: 'createWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints',
  area: 'webhooks',
  summary: 'Create a webhook endpoint',
  description:
    'From now on, events of your reseller and its sub-resellers are posted to it, signed as Standard Webhooks. The response ' +
    'contains the signing secret, which is shown once.',
  scope: 'webhooks:write',
  request: { body: endpointBody },
  example: { name: 'Switch', url: 'https://switch.example/hooks/lowwater', kinds: null },
  responses: { 201: { description: 'Created', schema: endpointWithSecretSchema } },
  problems: ['already_exists', 'not_configured'],
  secretAnswer: true,
  async handler({ body, requester, context, now }) {
    const sealer = sealerOf(context, 'webhook secrets');
    await checkWebhookUrl(context, body.url);
    const secret = newWebhookSecret();
    const row = await createWebhookEndpoint(requester, sealer, { ...body, secret });
    return created(`/v1/webhook-endpoints/${row.id}`, { ...endpointJson(row, now), secret }, { version: row.version });
  },
});
