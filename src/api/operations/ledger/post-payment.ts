import { defineOperation } from '../../contract/operation.js';
import { reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { paymentDescription, paymentExample, paymentFields, paymentLocation } from './payment-fields.js';
import { postOne, postProblems, postResponses } from './post.js';
import { newEntry } from './shared.js';

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
    const entry = newEntry('payment', body.clientId, body, body.amount, caller);
    return postOne(input, entry, { location: paymentLocation(body.id), clientPointer: '/clientId' });
  },
});
