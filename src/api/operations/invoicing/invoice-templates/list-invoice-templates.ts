import { invoiceTemplateTable } from '../../../../storage/invoicing/invoice-templates.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { invoiceTemplateJson, invoiceTemplateSchema } from './schema.js';

export const listInvoiceTemplatesOperation = defineList({
  id: 'listInvoiceTemplates',
  path: '/v1/invoice-templates',
  area: 'invoice-templates',
  summary: 'List invoice templates',
  scope: 'profiles:read',
  filters: sharedFilters,
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of invoice templates',
  item: invoiceTemplateSchema,
  rows: (q, { filter, caller }) => sharedList(q, invoiceTemplateTable, caller.resellerId, filter),
  toJson: (row) => invoiceTemplateJson(row),
  csv: {
    id: 'exportInvoiceTemplates',
    name: 'invoice-templates',
    what: 'invoice templates',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      language: { header: 'Language', value: ({ language }) => language },
      columns: { header: 'Columns', value: ({ columns }) => columns.join(' ') },
      sellerDetails: { header: 'Company details', value: ({ sellerDetails }) => sellerDetails },
      notes: { header: 'Notes', value: ({ notes }) => notes },
      subject: { header: 'Email subject', value: ({ subject }) => subject },
      logo: { header: 'Logo', value: ({ logo }) => (logo ? `${logo.width} x ${logo.height}` : null) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
