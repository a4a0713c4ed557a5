import { content } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { deliveryParams, requireDelivery } from './shared.js';

export const readDeliveryTextOperation = defineOperation({
  id: 'readDeliveryText',
  method: 'get',
  path: '/v1/deliveries/{id}/rendered.txt',
  area: 'notifications',
  summary: 'Get the text part of a message as it was sent',
  scope: 'notifications:read',
  request: { params: deliveryParams },
  responses: { 200: { description: 'The text part', contentType: 'text/plain' } },
  async handler({ params, scope }) {
    const { text } = await requireDelivery(scope, params.id);
    return content('text/plain; charset=utf-8', text);
  },
});
