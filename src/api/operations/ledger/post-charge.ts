import { defineOperation } from '../../contract/operation.js';
import { money, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { postOne, postProblems, postResponses } from './post.js';
import { accountField, entryFields, newEntry } from './shared.js';

export const postChargeOperation = defineOperation({
  id: 'postCharge',
  method: 'post',
  path: '/v1/clients/{id}/charges',
  area: 'ledger',
  summary: 'Record a charge',
  description:
    '`amount` is above 0, with up to 6 decimals. A charge ends inactivity. The id is unique among the client’s ' +
    'charges.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ ...entryFields, accountId: accountField, amount: money({ least: 'more_than_zero' }) }),
  },
  example: { id: 'cdr-88412', amount: '0.012500', currency: 'USD', at: '2026-03-01T10:00:00Z' },
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newEntry('charge', params.id, body, body.amount, caller);
    return postOne(input, entry, '/path/id');
  },
});
