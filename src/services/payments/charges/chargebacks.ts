import { moneyOf } from '../../../domain/money.js';
import type { GatewayTransaction } from '../../../domain/payments/gateway.js';
import { postEntry } from '../../../storage/ledger/ledger.js';
import { findPaymentCredit } from '../../../storage/invoicing/settlement.js';
import { findReversalToReinstate, isReversed, linkReinstatement } from '../../../storage/payments/reinstatements.js';
import type { CardPaymentRow } from '../../../storage/payments/card-payments.js';
import type { Transaction } from '../../../storage/system/database.js';
import { scopeWithin } from '../../../storage/system/scope.js';
import { reversePayment } from '../../invoicing/reverse-payment.js';
import type { Requester } from '../../change.js';

/** Amounts that a bank withdraws, and that come back after a dispute. Each counts once. */

/** What names the reversal of a transaction within its client. */
function reversalId({ id, state }: Pick<GatewayTransaction, 'id' | 'state'>): string {
  return `${state === 'returned' ? 'returned' : 'chargeback'}:${id}`;
}

/**
 * Reverses what is left of the payment, unless it was reversed for this already.
 *
 * @returns true: it was reversed now
 */
export async function recordChargeback(
  tx: Transaction,
  requester: Requester,
  payment: CardPaymentRow,
  transaction: GatewayTransaction,
): Promise<boolean> {
  if (payment.entryId === null) return false;
  const externalId = reversalId(transaction);
  if (await isReversed(tx, payment.entryId, externalId)) return false;
  const credit = await findPaymentCredit(tx, payment.entryId);
  const rest = credit?.amount ?? 0n;
  if (rest <= 0n) return false;
  const { replayed } = await reversePayment(
    { ...requester, scope: scopeWithin(requester.scope, tx) },
    { id: payment.entryId, clientId: payment.clientId, currency: payment.currency },
    {
      externalId,
      amount: rest,
      reason: transaction.state === 'returned' ? 'bounced' : 'chargeback',
      note: `transaction ${transaction.id}`,
    },
  );
  return !replayed;
}

/** Gives back what a chargeback took: an adjustment that is linked to the reversal, no refill. */
export async function recordReinstatement(
  tx: Transaction,
  { actor }: Requester,
  payment: CardPaymentRow,
  transaction: GatewayTransaction,
): Promise<void> {
  if (payment.entryId === null) return;
  const reversal = await findReversalToReinstate(
    tx,
    payment.entryId,
    reversalId({ ...transaction, state: 'charged_back' }),
  );
  if (!reversal) return;
  const { id } = await postEntry(tx, {
    clientId: payment.clientId,
    kind: 'adjustment',
    externalId: `reinstated:${transaction.id}`,
    amount: -moneyOf(reversal.amount),
    currency: payment.currency,
    source: actor.id,
    note: `reinstated: transaction ${transaction.id}`,
  });
  await linkReinstatement(tx, reversal.id, id);
}
