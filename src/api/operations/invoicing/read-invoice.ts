import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { readDetail } from './detail.js';
import { invoiceDetailSchema, invoiceParams } from './schema.js';

export const readInvoiceOperation = defineOperation({
  id: 'readInvoice',
  method: 'get',
  path: '/v1/invoices/{id}',
  area: 'invoices',
  summary: 'Get an invoice with its lines and allocations',
  description: 'A draft is shown as it would be if it were issued now.',
  scope: 'payments:read',
  request: { params: invoiceParams },
  responses: { 200: { description: 'The invoice', schema: invoiceDetailSchema } },
  async handler({ params, scope, now }) {
    const detail = await readDetail(scope, params.id, now);
    return ok(detail, { version: detail.version });
  },
});
