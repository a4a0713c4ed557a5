import { createPaymentTerms } from '../../../../services/invoicing/setup/payment-terms.js';
import { defineSharedCreation } from '../../resellers/shared-operations.js';
import { paymentTermsApi, paymentTermsBody, paymentTermsExample, writtenTerms } from './schema.js';

export const createPaymentTermsOperation = defineSharedCreation(paymentTermsApi, {
  id: 'createPaymentTerms',
  description: 'Day 29, 30, or 31 becomes 28, which every month has; `warnings` says so.',
  body: paymentTermsBody,
  example: paymentTermsExample,
  answer: writtenTerms,
  create: createPaymentTerms,
});
