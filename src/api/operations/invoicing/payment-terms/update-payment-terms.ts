import { updatePaymentTerms } from '../../../../services/invoicing/setup/payment-terms.js';
import { defineSharedChange } from '../../resellers/shared-operations.js';
import { paymentTermsApi, paymentTermsPatch, writtenTerms } from './schema.js';

export const updatePaymentTermsOperation = defineSharedChange(paymentTermsApi, {
  id: 'updatePaymentTerms',
  description:
    'They apply to the next invoices of all clients that use them; issued invoices keep their due dates. Another ' +
    '`mode` drops the number of the one before.',
  body: paymentTermsPatch,
  example: { graceDays: 14 },
  answer: writtenTerms,
  change: updatePaymentTerms,
});
