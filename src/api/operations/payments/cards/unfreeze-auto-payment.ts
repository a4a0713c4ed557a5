import { unfreezeAutoPayment } from '../../../../services/payments/charges/unfreeze-auto-payment.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { autoPaymentJson } from './auto-payment.js';
import { autoPaymentSchema, clientParams } from './schema.js';

export const unfreezeAutoPaymentOperation = defineOperation({
  id: 'unfreezeAutoPayment',
  method: 'post',
  path: '/v1/clients/{id}/auto-payment/unfreeze',
  area: 'card-payments',
  summary: 'Unfreeze the auto payment of a client',
  description: 'A client that is low is charged at once. After `unknown`, look the payment up at the gateway first.',
  scope: 'payments:write',
  request: { params: clientParams, body: z.strictObject({ reason }) },
  example: { reason: 'the bank lifted the block' },
  responses: { 200: { description: 'The auto payment', schema: autoPaymentSchema } },
  problems: ['client_deleted', 'auto_payment_not_frozen', 'auto_payment_no_card'],
  async handler({ params, body, requester, scope, now }) {
    await unfreezeAutoPayment(requester, params.id, { reason: body.reason });
    return ok(await autoPaymentJson(scope, params.id, now));
  },
});
