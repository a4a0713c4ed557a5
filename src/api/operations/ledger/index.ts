import type { Operation } from '../../contract/operation.js';
import { postAdjustmentBatch, postChargeBatch, postInvoiceBatch, postPaymentBatch } from './batches.js';
import { listEntries } from './list-entries.js';
import { postAdjustment } from './post-adjustment.js';
import { postCharge } from './post-charge.js';
import { postInvoice } from './post-invoice.js';
import { postClientPayment, postPayment } from './post-payment.js';
import { postTransfer } from './post-transfer.js';
import { readBalanceHistory } from './read-balance-history.js';
import { readBalances } from './read-balances.js';
import { readPayment } from './read-payment.js';

export const ledgerOperations: readonly Operation[] = [
  postPayment,
  postPaymentBatch,
  readPayment,
  postClientPayment,
  postCharge,
  postChargeBatch,
  postAdjustment,
  postAdjustmentBatch,
  postInvoice,
  postInvoiceBatch,
  postTransfer,
  listEntries,
  readBalances,
  readBalanceHistory,
];
