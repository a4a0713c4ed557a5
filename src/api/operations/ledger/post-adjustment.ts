import { defineOperation } from '../../contract/operation.js';
import { money, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { postOne, postProblems, postResponses } from './post.js';
import { entryFields, newEntry } from './shared.js';

export const postAdjustmentOperation = defineOperation({
  id: 'postAdjustment',
  method: 'post',
  path: '/v1/clients/{id}/adjustments',
  area: 'ledger',
  summary: 'Record a correction of the balance',
  description:
    '`amount` is signed: negative takes away. It is neither a refill nor a charge. The id is one among the client’s ' +
    'adjustments.',
  scope: 'payments:write',
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject({ ...entryFields, amount: money() }) },
  example: { id: 'corr-12', amount: '-3.50', currency: 'USD', note: 'call billed twice' },
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newEntry('adjustment', params.id, body, body.amount, caller);
    return postOne(input, entry, { location: null, clientPointer: '/path/id' });
  },
});
