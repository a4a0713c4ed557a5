import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { deliveryDetailJson, deliveryDetailSchema } from './delivery-json.js';
import { deliveryParams, requireDelivery } from './shared.js';

export const readDeliveryOperation = defineOperation({
  id: 'readDelivery',
  method: 'get',
  path: '/v1/deliveries/{id}',
  area: 'notifications',
  summary: 'Get a delivery: one message to one recipient, with its outcome',
  scope: 'notifications:read',
  request: { params: deliveryParams },
  responses: { 200: { description: 'The delivery', schema: deliveryDetailSchema } },
  async handler({ params, scope }) {
    return ok(deliveryDetailJson(await requireDelivery(scope, params.id)));
  },
});
