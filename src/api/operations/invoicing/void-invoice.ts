import { voidInvoice } from '../../../services/invoicing/void-invoice.js';
import { voidedLines } from '../../../storage/invoicing/invoices.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { invoiceJson, invoiceParams, invoiceSchema } from './schema.js';

export const voidInvoiceOperation = defineOperation({
  id: 'voidInvoice',
  method: 'post',
  path: '/v1/invoices/{id}/void',
  area: 'invoices',
  summary: 'Void an invoice',
  description:
    'It keeps its number. What had settled it settles other invoices, the oldest first, or is unallocated; its tax is ' +
    'posted back. `lines` says where its lines go: `next` (default) puts them on the next invoice, `draft` on a ' +
    'new draft, `never` on none. An older invoice can only be replaced (`draft`). One that is void already is returned ' +
    'as it is.',
  scope: 'payments:write',
  request: {
    params: invoiceParams,
    body: z.strictObject({ reason, lines: z.enum(voidedLines).default('next') }),
  },
  example: { reason: 'wrong tax rate', lines: 'draft' },
  responses: {
    200: {
      description: 'The void invoice',
      schema: z.strictObject({
        invoice: invoiceSchema,
        draftId: idText.nullable().openapi({ description: 'The draft with its lines; null: none was wanted' }),
      }),
    },
  },
  problems: ['client_deleted', 'invoice_state', 'invoice_has_credit_notes', 'invoice_not_latest', 'conflict'],
  async handler({ params, body, requester, now, context }) {
    const { row, draft } = await voidInvoice(requester, params.id, body);
    context.live.touch([row.clientId]);
    return ok({ invoice: invoiceJson(row, now), draftId: draft?.id ?? null }, { version: row.version });
  },
});
