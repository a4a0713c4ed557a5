import { DomainError } from '../../../../domain/errors.js';
import { findPaymentGateway } from '../../../../storage/payments/payment-gateways.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { gatewayJson, gatewayParams, gatewaySchema } from './schema.js';

export const readPaymentGatewayOperation = defineOperation({
  id: 'readPaymentGateway',
  method: 'get',
  path: '/v1/payment-gateways/{id}',
  area: 'payment-gateways',
  summary: 'Get a payment gateway',
  scope: 'webhooks:read',
  request: { params: gatewayParams },
  responses: { 200: { description: 'The payment gateway', schema: gatewaySchema } },
  async handler({ params, scope, context }) {
    const row = await scope.read((q) => findPaymentGateway(q, scope.resellerId, params.id));
    if (!row) throw new DomainError('not_found', `there is no payment gateway ${params.id}`, '/path/id');
    return ok(gatewayJson(context, row), { version: row.version });
  },
});
