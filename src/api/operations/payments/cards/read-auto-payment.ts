import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { autoPaymentJson } from './auto-payment.js';
import { autoPaymentSchema, clientParams } from './schema.js';

export const readAutoPaymentOperation = defineOperation({
  id: 'readAutoPayment',
  method: 'get',
  path: '/v1/clients/{id}/auto-payment',
  area: 'card-payments',
  summary: 'Get the auto payment of a client',
  description: 'Its card, its state, and what is charged. Settings are fields of the client.',
  scope: 'payments:read',
  request: { params: clientParams },
  responses: { 200: { description: 'The auto payment', schema: autoPaymentSchema } },
  async handler({ params, scope, now }) {
    return ok(await autoPaymentJson(scope, params.id, now));
  },
});
