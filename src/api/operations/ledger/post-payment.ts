import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { newPayment, paymentDescription, paymentExample, paymentFields } from './payment-fields.js';
import { postOne, postProblems, postResponses } from './post.js';

export const postPaymentOperation = defineOperation({
  id: 'postPayment',
  method: 'post',
  path: '/v1/payments',
  area: 'ledger',
  summary: 'Record a payment',
  description: paymentDescription,
  scope: 'payments:write',
  request: { body: z.strictObject({ ...paymentFields, clientId: reference }) },
  example: { ...paymentExample, clientId: '7' },
  responses: postResponses,
  problems: [...postProblems, 'not_found'],
  async handler(input) {
    const { body, caller } = input;
    const entry = newPayment(body.clientId, body, caller);
    return postOne(input, entry, '/clientId');
  },
});
