import type { Operation } from '../../contract/operation.js';
import { postAdjustmentBatch, postChargeBatch, postPaymentBatch } from './batches.js';
import { listActivityOperation } from './list-activity.js';
import { listEntriesOperation } from './list-entries.js';
import { listPaymentsOperation } from './list-payments.js';
import { postAdjustmentOperation } from './post-adjustment.js';
import { postChargeOperation } from './post-charge.js';
import { postPaymentOperation } from './post-payment.js';
import { postClientPaymentOperation } from './post-client-payment.js';
import { readBalanceHistoryOperation } from './read-balance-history.js';
import { readBalancesOperation } from './read-balances.js';
import { readPaymentOperation } from './read-payment.js';

export const ledgerOperations: readonly Operation[] = [
  postPaymentOperation,
  postPaymentBatch,
  listPaymentsOperation,
  readPaymentOperation,
  postClientPaymentOperation,
  postChargeOperation,
  postChargeBatch,
  postAdjustmentOperation,
  postAdjustmentBatch,
  listEntriesOperation,
  listActivityOperation,
  readBalancesOperation,
  readBalanceHistoryOperation,
];
