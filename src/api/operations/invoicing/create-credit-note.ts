import { moneyOf } from '../../../domain/money.js';
import { createCreditNote } from '../../../services/invoicing/create-credit-note.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { line, money } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryId } from '../ledger/shared.js';
import { invoiceJson, invoiceParams, invoiceSchema } from './schema.js';

export const createCreditNoteOperation = defineOperation({
  id: 'createCreditNote',
  method: 'post',
  path: '/v1/invoices/{id}/credit-notes',
  area: 'invoices',
  summary: 'Issue a credit note',
  description:
    'Raises the live and the fixed balance by the amount, which includes tax. It settles this invoice first, then others, ' +
    'the oldest first; the rest is unallocated. It is no refill, and can’t be voided. Credit notes have their own sequence of numbers.',
  scope: 'payments:write',
  request: {
    params: invoiceParams,
    body: z.strictObject({
      id: entryId,
      amount: money({ least: 'more_than_zero' }).openapi({
        description: 'With tax, in the currency’s minor units; up to the total without earlier credit notes',
      }),
      description: line(500).openapi({ description: 'Why; printed on the credit note', example: 'Outage on 3 March' }),
    }),
  },
  example: { id: 'cn-2026-0007', amount: '11.90', description: 'Outage on 3 March' },
  responses: {
    201: { description: 'The credit note', schema: invoiceSchema },
    200: { description: 'Issued earlier, with the same body: nothing changed', schema: invoiceSchema },
  },
  problems: ['client_deleted', 'invoice_state', 'credit_note_exceeds_invoice', 'conflict'],
  async handler({ params, body, requester, now, context }) {
    const { row, replayed } = await createCreditNote(requester, params.id, {
      externalId: body.id,
      amount: moneyOf(body.amount),
      description: body.description,
    });
    if (replayed) return ok(invoiceJson(row, now));
    context.live.touch([row.clientId]);
    return created(`/v1/invoices/${row.id}`, invoiceJson(row, now), { version: row.version });
  },
});
