import { sharedList } from '../../../../storage/resellers/shared-records.js';
import { defineList } from '../../../contract/define-list.js';
import { sharedFileOf, sharedListOf } from '../../resellers/shared-lists.js';
import { sharedFilters } from '../../resellers/shared-records.js';
import { paymentTermsApi } from './schema.js';

export const listPaymentTermsOperation = defineList({
  ...sharedListOf(paymentTermsApi),
  id: 'listPaymentTerms',
  filters: sharedFilters,
  rows: (q, { filter, caller }) => sharedList(q, paymentTermsApi.kind.stored, caller.resellerId, filter),
  csv: sharedFileOf(paymentTermsApi, 'exportPaymentTerms', {
    label: { header: 'Terms', value: ({ label }) => label },
    mode: { header: 'Mode', value: ({ mode }) => mode },
    days: { header: 'Every days', value: ({ days }) => ({ number: days }) },
    day: { header: 'On day', value: ({ day }) => ({ number: day }) },
    graceDays: { header: 'Grace period (days)', value: ({ graceDays }) => ({ number: graceDays }) },
    remindBefore: { header: 'Remind before (days)', value: ({ remindBefore }) => remindBefore.join(', ') },
    remindAfter: { header: 'Remind after (days)', value: ({ remindAfter }) => remindAfter.join(', ') },
  }),
});
