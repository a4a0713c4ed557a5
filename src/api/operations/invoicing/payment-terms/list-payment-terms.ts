import { paymentTermsTable } from '../../../../storage/invoicing/payment-terms.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { paymentTermsJson, paymentTermsSchema } from './schema.js';

export const listPaymentTermsOperation = defineList({
  id: 'listPaymentTerms',
  path: '/v1/payment-terms',
  area: 'payment-terms',
  summary: 'List payment terms',
  scope: 'profiles:read',
  filters: sharedFilters,
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of payment terms',
  item: paymentTermsSchema,
  rows: (q, { filter, caller }) => sharedList(q, paymentTermsTable, caller.resellerId, filter),
  toJson: (row) => paymentTermsJson(row),
  csv: {
    id: 'exportPaymentTerms',
    name: 'payment-terms',
    what: 'payment terms',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      label: { header: 'Terms', value: ({ label }) => label },
      mode: { header: 'Mode', value: ({ mode }) => mode },
      days: { header: 'Every days', value: ({ days }) => ({ number: days }) },
      day: { header: 'On day', value: ({ day }) => ({ number: day }) },
      graceDays: { header: 'Grace period (days)', value: ({ graceDays }) => ({ number: graceDays }) },
      remindBefore: { header: 'Remind before (days)', value: ({ remindBefore }) => remindBefore.join(', ') },
      remindAfter: { header: 'Remind after (days)', value: ({ remindAfter }) => remindAfter.join(', ') },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
