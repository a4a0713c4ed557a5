import { defineSharedDeletion } from '../../resellers/shared-operations.js';
import { paymentTermsApi } from './schema.js';

export const deletePaymentTermsOperation = defineSharedDeletion(paymentTermsApi, 'deletePaymentTerms');
