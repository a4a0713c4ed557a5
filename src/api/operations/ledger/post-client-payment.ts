import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { paymentDescription, paymentExample, paymentFields, paymentLocation } from './payment-fields.js';
import { postOne, postProblems, postResponses } from './post.js';
import { newEntry } from './shared.js';

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
    const entry = newEntry('payment', params.id, body, body.amount, caller);
    return postOne(input, entry, { location: paymentLocation(body.id), clientPointer: '/path/id' });
  },
});
