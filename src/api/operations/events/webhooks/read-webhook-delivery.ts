import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireWebhookDelivery } from './require-delivery.js';
import { deliveryDetailsJson, deliveryDetailsSchema, deliveryParams } from './schema.js';

export const readWebhookDeliveryOperation = defineOperation({
  id: 'readWebhookDelivery',
  method: 'get',
  path: '/v1/webhook-deliveries/{id}',
  area: 'webhooks',
  summary: 'Get a webhook delivery',
  description: 'With its body and its attempts.',
  scope: 'webhooks:read',
  request: { params: deliveryParams },
  responses: { 200: { description: 'The delivery', schema: deliveryDetailsSchema } },
  async handler({ params, scope }) {
    return ok(deliveryDetailsJson(await requireWebhookDelivery(scope, params.id)));
  },
});
