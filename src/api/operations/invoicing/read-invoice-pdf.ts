import { invoiceFile, loadInvoice } from '../../../documents/load-invoice.js';
import { DomainError } from '../../../domain/errors.js';
import { findInvoice } from '../../../storage/invoicing/invoices.js';
import { content } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { invoiceParams } from './schema.js';

export const readInvoicePdfOperation = defineOperation({
  id: 'readInvoicePdf',
  method: 'get',
  path: '/v1/invoices/{id}/pdf',
  area: 'invoices',
  summary: 'Download the PDF of an invoice',
  description:
    'Of an issued or void invoice or a credit note, which the email has attached too. It shows client, reseller, and ' +
    'template as they were at the issue, and is the same file each time; after the invoice is voided, it is stamped.',
  scope: 'payments:read',
  request: { params: invoiceParams },
  responses: { 200: { description: 'The PDF', contentType: 'application/pdf' } },
  problems: ['invoice_state'],
  async handler({ params, scope }) {
    const document = await scope.readSnapshot(async (tx) => {
      const row = await findInvoice(tx, scope.resellerId, params.id);
      if (!row) throw new DomainError('not_found', `there is no invoice ${params.id}`, '/path/id');
      return loadInvoice(tx, params.id);
    });
    if (!document) throw new DomainError('invoice_state', 'the invoice is a draft: issue it first', '/path/id');
    const file = await invoiceFile(document);
    return content('application/pdf', file.content, {
      headers: { 'Content-Disposition': `attachment; filename="${file.name}"` },
    });
  },
});
