import { createInvoice } from '../../../services/invoicing/create-invoice.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { readDetail } from './detail.js';
import { day, draftFields, invoiceDetailSchema, typedLinesInput } from './schema.js';

export const createInvoiceOperation = defineOperation({
  id: 'createInvoice',
  method: 'post',
  path: '/v1/clients/{id}/invoices',
  area: 'invoices',
  summary: 'Create an invoice of a client',
  description:
    'A draft, or with `issue` an issued invoice, of all charges and adjustments before `periodEnd` that no earlier ' +
    'invoice has. An issued invoice lowers the fixed balance by its total, and the live balance by tax that is added. ' +
    'Send an `Idempotency-Key`, so that a repeated request creates no other invoice.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({
      periodEnd: draftFields.periodEnd.optional(),
      description: draftFields.description.optional(),
      review: draftFields.review.default(false),
      lines: draftFields.lines.default([]),
      issue: z.boolean().default(false).openapi({ description: 'Issue it at once' }),
      issuedOn: day
        .optional()
        .openapi({ description: 'With `issue`: the invoice date; default: now. Not in the future' }),
    }),
  },
  example: {
    periodEnd: '2026-03-31T21:00:00Z',
    description: 'March',
    lines: [{ description: 'Number porting', amount: '15.00' }],
  },
  responses: {
    201: { description: 'The invoice', schema: invoiceDetailSchema },
    200: { description: 'Created earlier by the same request', schema: invoiceDetailSchema },
  },
  problems: ['client_deleted', 'invoice_empty', 'conflict'],
  async handler({ params, body, requester, scope, dedupeId, now, context }) {
    const { periodEnd = null, description = null, issuedOn = null, lines, ...more } = body;
    const { row, replayed } = await createInvoice(requester, params.id, {
      ...{ periodEnd, description, issuedOn, ...more },
      lines: typedLinesInput(lines),
      requestId: dedupeId,
    });
    if (body.issue) context.live.touch([row.clientId]);
    const detail = await readDetail(scope, row.id, now);
    const options = { version: detail.version };
    return replayed ? ok(detail, options) : created(`/v1/invoices/${row.id}`, detail, options);
  },
});
