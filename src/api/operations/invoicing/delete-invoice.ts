import { deleteInvoice } from '../../../services/invoicing/delete-invoice.js';
import { noContent } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { invoiceParams } from './schema.js';

export const deleteInvoiceOperation = defineOperation({
  id: 'deleteInvoice',
  method: 'delete',
  path: '/v1/invoices/{id}',
  area: 'invoices',
  summary: 'Delete a draft',
  description: 'Its charges go with the next invoice. An issued invoice is never deleted: void it.',
  scope: 'payments:write',
  request: { params: invoiceParams },
  responses: { 204: { description: 'Deleted' } },
  problems: ['client_deleted', 'invoice_state', 'in_use'],
  async handler({ params, requester }) {
    await deleteInvoice(requester, params.id);
    return noContent();
  },
});
