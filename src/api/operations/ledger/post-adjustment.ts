import { defineOperation } from '../../contract/operation.js';
import { money, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { postOne, postProblems, postResponses } from './post.js';
import { accountField, entryFields, newEntry } from './shared.js';

export const postAdjustmentOperation = defineOperation({
  id: 'postAdjustment',
  method: 'post',
  path: '/v1/clients/{id}/adjustments',
  area: 'ledger',
  summary: 'Record an adjustment',
  description:
    '`amount` is signed: a negative one lowers the balance. An adjustment is neither a refill nor a charge. The ' +
    'id is unique among the client’s adjustments.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ ...entryFields, accountId: accountField, amount: money() }),
  },
  example: { id: 'corr-12', amount: '-3.50', currency: 'USD', note: 'call billed twice' },
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newEntry('adjustment', params.id, body, body.amount, caller);
    return postOne(input, entry, '/path/id');
  },
});
