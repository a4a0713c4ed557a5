import { editInvoice } from '../../../services/invoicing/edit-invoice.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { patchShape } from '../../contract/patch-shape.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { readDetail } from './detail.js';
import { draftFields, invoiceDetailSchema, invoiceJson, invoiceParams, typedLinesInput } from './schema.js';

export const updateInvoiceOperation = defineOperation({
  id: 'updateInvoice',
  method: 'patch',
  path: '/v1/invoices/{id}',
  area: 'invoices',
  summary: 'Change a draft',
  description:
    '`lines` replaces all lines by hand. An issued invoice is never changed: void it, or issue a credit note.',
  scope: 'payments:write',
  needsIfMatch: true,
  request: { params: invoiceParams, body: z.strictObject(patchShape(draftFields)) },
  example: { description: 'March and porting' },
  responses: { 200: { description: 'The draft', schema: invoiceDetailSchema } },
  problems: ['client_deleted', 'invoice_state', 'conflict'],
  async handler({ params, body, requester, scope, ifMatch, now }) {
    const { lines, ...patch } = body;
    await editInvoice(requester, params.id, { patch, lines: lines && typedLinesInput(lines) }, (before) =>
      requireVersion(ifMatch, before.version, invoiceJson(before, now)),
    );
    const detail = await readDetail(scope, params.id, now);
    return ok(detail, { version: detail.version });
  },
});
