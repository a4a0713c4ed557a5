import { defineSharedRead } from '../../resellers/shared-operations.js';
import { paymentTermsApi } from './schema.js';

export const readPaymentTermsOperation = defineSharedRead(paymentTermsApi, 'readPaymentTerms');
