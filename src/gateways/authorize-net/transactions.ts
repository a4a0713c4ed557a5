import { z } from 'zod';
import {
  GatewayUnavailable,
  type Decline,
  type GatewayTransaction,
  type TransactionState,
} from '../../domain/payments/gateway.js';

/** Transactions, as Authorize.net answers them. */

const errors = z.array(z.object({ errorCode: z.string(), errorText: z.string() })).optional();

export const chargeResponse = z.object({
  transactionResponse: z.object({ responseCode: z.string(), transId: z.string().optional(), errors }).optional(),
});

export const listResponse = z.object({
  transactions: z.array(z.object({ transId: z.string().min(1), invoiceNumber: z.string().optional() })).optional(),
});

export const detailsResponse = z.object({
  transaction: z.object({
    transId: z.string().min(1),
    transactionStatus: z.string(),
    responseCode: z.coerce.number(),
    responseReasonCode: z.coerce.number().optional(),
    responseReasonDescription: z.string().optional(),
    authAmount: z.coerce.string().optional(),
    settleAmount: z.coerce.string().optional(),
    order: z.object({ invoiceNumber: z.string().optional() }).optional(),
  }),
});

/** The reason code of a transaction that Authorize.net takes for a repeat of another one. */
const duplicate = '11';

/** Reason codes of a card that must not be charged again: to be picked up, invalid, or expired. */
const hardReasons = new Set(['4', '6', '8', '9', '37', '315', '316', '317']);

interface Asked {
  readonly key: string;
  readonly amount: string;
  readonly currency: string;
}

/** @throws GatewayUnavailable where the answer leaves open what was done */
export function transactionOfCharge(
  { transactionResponse: made }: z.output<typeof chargeResponse>,
  { key, amount, currency }: Asked,
): GatewayTransaction {
  if (!made) throw new GatewayUnavailable('the answer of the gateway has no transaction');
  const [error] = made.errors ?? [];
  if (error?.errorCode === duplicate) throw new GatewayUnavailable('the gateway has this transaction already');
  const state = stateOfCode(made.responseCode);
  // A transaction that was never made has the id 0.
  const id = made.transId && made.transId !== '0' ? made.transId : null;
  if (id === null && state !== 'declined') throw new GatewayUnavailable('the answer of the gateway has no transaction');
  const decline =
    state === 'declined' ? declineOf(error?.errorCode ?? made.responseCode, error?.errorText ?? '') : null;
  return { id: id ?? '', key, state, amount, currency, decline };
}

export function transactionOfDetails({ transaction }: z.output<typeof detailsResponse>): GatewayTransaction {
  const { transId, transactionStatus, responseCode, responseReasonCode, responseReasonDescription } = transaction;
  const state = stateOfStatus(transactionStatus) ?? stateOfCode(String(responseCode));
  return {
    id: transId,
    key: transaction.order?.invoiceNumber ?? null,
    state,
    amount: transaction.settleAmount ?? transaction.authAmount ?? '0',
    currency: null,
    decline:
      state === 'declined'
        ? declineOf(String(responseReasonCode ?? responseCode), responseReasonDescription ?? '')
        : null,
  };
}

/** 1 approved · 2 declined · 3 error · 4 held for review */
function stateOfCode(code: string): TransactionState {
  if (code === '1') return 'approved';
  if (code === '4') return 'held';
  return 'declined';
}

/** What happened to a transaction after its answer; null: its code decides. */
function stateOfStatus(status: string): TransactionState | null {
  switch (status) {
    case 'FDSPendingReview':
    case 'FDSAuthorizedPendingReview':
    case 'underReview':
      return 'held';
    case 'chargeback':
      return 'charged_back';
    case 'chargebackReversal':
      return 'reinstated';
    case 'returnedItem':
      return 'returned';
    case 'voided':
      return 'voided';
    case 'declined':
    case 'expired':
    case 'communicationError':
    case 'generalError':
    case 'failedReview':
    case 'settlementError':
      return 'declined';
    case 'authorizedPendingCapture':
    case 'capturedPendingSettlement':
    case 'settledSuccessfully':
    case 'approvedReview':
      return 'approved';
    default:
      return null;
  }
}

function declineOf(code: string, message: string): Decline {
  return { code, message: message.slice(0, 500), isHard: hardReasons.has(code) };
}
