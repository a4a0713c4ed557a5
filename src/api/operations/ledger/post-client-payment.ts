import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { newPayment, paymentDescription, paymentExample, paymentFields } from './payment-fields.js';
import { postOne, postProblems, postResponses } from './post.js';

export const postClientPaymentOperation = defineOperation({
  id: 'postClientPayment',
  method: 'post',
  path: '/v1/clients/{id}/payments',
  area: 'ledger',
  summary: 'Record a payment of this client',
  description: paymentDescription,
  scope: 'payments:write',
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject(paymentFields) },
  example: paymentExample,
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newPayment(params.id, body, caller);
    return postOne(input, entry, '/path/id');
  },
});
