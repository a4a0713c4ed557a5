import { allocationList } from '../../../storage/invoicing/allocation-list.js';
import { defineList } from '../../contract/define-list.js';
import { pathId, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { allocationJson } from './detail.js';
import { allocationSchema } from './schema.js';

export const listAllocationsOperation = defineList({
  id: 'listAllocations',
  path: '/v1/clients/{id}/allocations',
  area: 'invoices',
  summary: 'List which invoices a client’s payments have settled',
  description: 'Newest first. Also what credit notes have settled, and what was refunded.',
  scope: 'payments:read',
  params: z.strictObject({ id: pathId }),
  filters: {
    invoiceId: reference.optional(),
    paymentEntryId: reference.optional().openapi({ description: 'The `entryId` of a payment' }),
  },
  sorts: ['at'],
  order: '-at',
  page: 'A page of allocations',
  item: allocationSchema,
  require: ({ params, scope, now }) => requireAccount({ scope, now }, params.id),
  rows: (q, { params, filter }) => allocationList(q, params.id, filter),
  toJson: allocationJson,
  csv: {
    id: 'exportAllocations',
    name: 'allocations',
    what: 'allocations',
    params: { id: 'clientId' },
    columns: {
      at: { header: 'Time', value: ({ at }) => at },
      amount: { header: 'Amount', value: ({ amount }) => ({ number: amount }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      paymentId: { header: 'Payment ID', value: ({ paymentId }) => paymentId },
      creditNoteNo: { header: 'Credit note', value: ({ creditNoteNo }) => creditNoteNo },
      invoiceNo: { header: 'Invoice', value: ({ invoiceNo }) => invoiceNo },
      refundId: { header: 'Refund ID', value: ({ refundId }) => refundId },
    },
  },
});
