import type { Operation } from '../../../contract/operation.js';
import { createPaymentTermsOperation } from './create-payment-terms.js';
import { deletePaymentTermsOperation } from './delete-payment-terms.js';
import { listPaymentTermsOperation } from './list-payment-terms.js';
import { readPaymentTermsOperation } from './read-payment-terms.js';
import { updatePaymentTermsOperation } from './update-payment-terms.js';

export const paymentTermsOperations: readonly Operation[] = [
  listPaymentTermsOperation,
  createPaymentTermsOperation,
  readPaymentTermsOperation,
  updatePaymentTermsOperation,
  deletePaymentTermsOperation,
];
