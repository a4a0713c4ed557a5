import { sharedList } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFileOf, sharedListOf } from '../../resellers/shared-lists.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { customerClassApi } from './schema.js';

export const listCustomerClassesOperation = defineList({
  ...sharedListOf(customerClassApi),
  id: 'listCustomerClasses',
  filters: sharedFilters,
  rows: (q, { filter, caller }) => sharedList(q, customerClassApi.kind.stored, caller.resellerId, filter),
  csv: sharedFileOf(customerClassApi, 'exportCustomerClasses', {
    transfersAllowed: { header: 'Transfers allowed', value: ({ transfersAllowed }) => transfersAllowed },
  }),
});
