import { retryWebhookDelivery } from '../../../../services/events/webhooks/retry-webhook-delivery.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireWebhookDelivery } from './require-delivery.js';
import { deliveryDetailsJson, deliveryDetailsSchema, deliveryParams } from './schema.js';

export const retryWebhookDeliveryOperation = defineOperation({
  id: 'retryWebhookDelivery',
  method: 'post',
  path: '/v1/webhook-deliveries/{id}/retry',
  area: 'webhooks',
  summary: 'Send a webhook delivery now',
  description:
    'Sends it again with the same `webhook-id` and `sequence`, whatever its status, and starts its retries over. While a ' +
    'request is running, that request decides.',
  scope: 'webhooks:write',
  request: { params: deliveryParams },
  responses: { 202: { description: 'Queued; its attempts show the outcome', schema: deliveryDetailsSchema } },
  problems: ['conflict'],
  async handler({ params, requester, scope }) {
    await retryWebhookDelivery(requester, params.id);
    return accepted(deliveryDetailsJson(await requireWebhookDelivery(scope, params.id)), {
      headers: { Location: `/v1/webhook-deliveries/${params.id}` },
    });
  },
});
