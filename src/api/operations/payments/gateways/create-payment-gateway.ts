import { createPaymentGateway } from '../../../../services/payments/gateways/create-payment-gateway.js';
import { sealerOf } from '../../../access/sealer.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { checkWebhookUrl } from '../../events/webhooks/check-url.js';
import { gatewayBody, gatewayJson, gatewaySchema } from './schema.js';

export const createPaymentGatewayOperation = defineOperation({
  id: 'createPaymentGateway',
  method: 'post',
  path: '/v1/payment-gateways',
  area: 'payment-gateways',
  summary: 'Create a payment gateway',
  description:
    'It serves the clients of the reseller, and of its sub-resellers without one. The secrets are never shown.',
  scope: 'webhooks:write',
  request: { body: gatewayBody },
  example: { name: 'Cards', kind: 'http', url: 'https://cards.example/v1', currency: 'USD', apiKey: 'key' },
  responses: { 201: { description: 'Created', schema: gatewaySchema } },
  problems: ['not_found', 'already_exists', 'not_configured', 'conflict'],
  secretBody: true,
  async handler({ body, requester, caller, context }) {
    const cipher = sealerOf(context, 'secrets of payment gateways');
    await checkWebhookUrl(context, body.url);
    const row = await createPaymentGateway(requester, cipher, {
      ...body,
      resellerId: body.resellerId ?? caller.resellerId,
    });
    return created(`/v1/payment-gateways/${row.id}`, gatewayJson(context, row), { version: row.version });
  },
});
