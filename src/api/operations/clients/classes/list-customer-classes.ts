import { customerClassTable } from '../../../../storage/clients/customer-classes.js';
import { sharedList, sharedSorts } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { customerClassJson, customerClassSchema } from './schema.js';

export const listCustomerClassesOperation = defineList({
  id: 'listCustomerClasses',
  path: '/v1/customer-classes',
  area: 'customer-classes',
  summary: 'List customer classes',
  scope: 'profiles:read',
  filters: sharedFilters,
  sorts: sharedSorts,
  order: 'name',
  page: 'A page of customer classes',
  item: customerClassSchema,
  rows: (q, { filter, caller }) => sharedList(q, customerClassTable, caller.resellerId, filter),
  toJson: (row) => customerClassJson(row),
  csv: {
    id: 'exportCustomerClasses',
    name: 'customer-classes',
    what: 'customer classes',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      transfersAllowed: { header: 'Transfers allowed', value: ({ transfersAllowed }) => transfersAllowed },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  },
});
