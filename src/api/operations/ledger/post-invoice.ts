import { defineOperation } from '../../contract/operation.js';
import { money, pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { postOne, postProblems, postResponses } from './post.js';
import { entryFields, newEntry } from './shared.js';

export const postInvoiceOperation = defineOperation({
  id: 'postInvoice',
  method: 'post',
  path: '/v1/clients/{id}/invoices',
  area: 'ledger',
  summary: 'Record an invoice that was issued',
  description:
    '`amount` is what is invoiced, above zero. It lowers the fixed balance (payments less issued invoices) and moves no ' +
    'other, so no rule hears of it. The id is one among the client’s invoices.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ ...entryFields, amount: money({ least: 'more_than_zero' }) }),
  },
  example: { id: 'inv-2026-0031', amount: '240.00', currency: 'USD', at: '2026-03-01T00:00:00Z' },
  responses: postResponses,
  problems: postProblems,
  async handler(input) {
    const { params, body, caller } = input;
    const entry = newEntry('invoice', params.id, body, body.amount, caller);
    return postOne(input, entry, { location: null, clientPointer: '/path/id' });
  },
});
