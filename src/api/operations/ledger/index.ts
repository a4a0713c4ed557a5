import type { Operation } from '../../contract/operation.js';
import { postAdjustmentBatch, postChargeBatch, postInvoiceBatch, postPaymentBatch } from './batches.js';
import { listEntriesOperation } from './list-entries.js';
import { postAdjustmentOperation } from './post-adjustment.js';
import { postChargeOperation } from './post-charge.js';
import { postInvoiceOperation } from './post-invoice.js';
import { postPaymentOperation } from './post-payment.js';
import { postClientPaymentOperation } from './post-client-payment.js';
import { postTransferOperation } from './post-transfer.js';
import { readBalanceHistoryOperation } from './read-balance-history.js';
import { readBalancesOperation } from './read-balances.js';
import { readPaymentOperation } from './read-payment.js';

export const ledgerOperations: readonly Operation[] = [
  postPaymentOperation,
  postPaymentBatch,
  readPaymentOperation,
  postClientPaymentOperation,
  postChargeOperation,
  postChargeBatch,
  postAdjustmentOperation,
  postAdjustmentBatch,
  postInvoiceOperation,
  postInvoiceBatch,
  postTransferOperation,
  listEntriesOperation,
  readBalancesOperation,
  readBalanceHistoryOperation,
];
