import { testWebhookEndpoint } from '../../../../services/events/webhooks/test-webhook-endpoint.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { deliveryDetailsJson, deliveryDetailsSchema, endpointParams } from './schema.js';
import { requireWebhookDelivery } from './require-delivery.js';

export const testWebhookEndpointOperation = defineOperation({
  id: 'testWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/test',
  area: 'webhooks',
  summary: 'Send a test delivery',
  description:
    'Posts a signed message of type `webhook.test` once, also to a disabled endpoint. Get the delivery to see the outcome. A ' +
    'test neither counts as the last outcome nor disables the endpoint.',
  scope: 'webhooks:write',
  request: { params: endpointParams },
  responses: { 202: { description: 'Queued', schema: deliveryDetailsSchema } },
  async handler({ params, requester, scope }) {
    const id = await testWebhookEndpoint(requester, params.id);
    const row = await requireWebhookDelivery(scope, id);
    return accepted(deliveryDetailsJson(row), { headers: { Location: `/v1/webhook-deliveries/${id}` } });
  },
});
