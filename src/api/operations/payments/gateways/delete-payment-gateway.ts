import { deletePaymentGateway } from '../../../../services/payments/gateways/delete-payment-gateway.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { gatewayJson, gatewayParams } from './schema.js';

export const deletePaymentGatewayOperation = defineOperation({
  id: 'deletePaymentGateway',
  method: 'delete',
  path: '/v1/payment-gateways/{id}',
  area: 'payment-gateways',
  summary: 'Delete a payment gateway',
  description: 'Payments that it made stay recorded. While clients have their cards at it, disable it instead.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: gatewayParams },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, requester, context, ifMatch }) {
    await deletePaymentGateway(requester, params.id, (row) =>
      requireVersion(ifMatch, row.version, gatewayJson(context, row)),
    );
    return noContent();
  },
});
