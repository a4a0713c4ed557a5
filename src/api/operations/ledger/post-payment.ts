import { defineOperation } from '../../contract/operation.js';
import { money, pathId, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { postOne, postProblems, postResponses } from './post.js';
import { entryFields, newEntry } from './shared.js';

const description =
  'A refill. Counts of the client’s rules start over (see the profile’s `resetOn`). The id is one in the whole ' +
  'installation: the same id with the same body answers the same. Accepted also while Temporal is down; the monitor is ' +
  'told as soon as it can be.';

const fields = { ...entryFields, amount: money({ least: 'more_than_zero' }) };
const example = { id: 'pay-2026-000117', amount: '100.00', currency: 'USD', at: '2026-03-01T10:00:00Z' };

function locationOf(id: string): string {
  return `/v1/payments/${encodeURIComponent(id)}`;
}

export const postPaymentOperation = defineOperation({
  id: 'postPayment',
  method: 'post',
  path: '/v1/payments',
  area: 'ledger',
  summary: 'Record a payment',
  description,
  scope: 'payments:write',
  request: { body: z.strictObject({ ...fields, clientId: reference }) },
  example: { ...example, clientId: '7' },
  responses: postResponses,
  problems: [...postProblems, 'not_found'],
  async handler(input) {
    const { body, caller } = input;
    const entry = newEntry('payment', body.clientId, body, body.amount, caller);
    return postOne(input, entry, { location: locationOf(body.id), clientPointer: '/clientId' });
  },
});

export const postClientPaymentOperation = defineOperation({
  id: 'postClientPayment',
  method: 'post',
  path: '/v1/clients/{id}/payments',
  area: 'ledger',
  summary: 'Record a payment of this client',
  description,
  scope: 'payments:write',
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject(fields) },
  example,
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newEntry('payment', params.id, body, body.amount, caller);
    return postOne(input, entry, { location: locationOf(body.id), clientPointer: '/path/id' });
  },
});
