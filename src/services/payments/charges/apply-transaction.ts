import { DomainError } from '../../../domain/errors.js';
import { moneyOf, shareFor, type Micros } from '../../../domain/money.js';
import { autoPaymentKey, freezeAfter, heldLookUpMs, retryAt } from '../../../domain/payments/card-payments.js';
import type { Decline, GatewayTransaction } from '../../../domain/payments/gateway.js';
import { postEntry } from '../../../storage/ledger/ledger.js';
import { clearDeclines, countDecline, type Payer } from '../../../storage/payments/auto-payments.js';
import {
  insertAutoPayment,
  markOutcome,
  nextPaymentNumber,
  setNotice,
  type CardPaymentRow,
} from '../../../storage/payments/card-payments.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import { freezePayments } from './freeze-payments.js';
import { raisePaymentProblem } from './payment-events.js';
import { recordChargeback, recordReinstatement } from './chargebacks.js';

/** A payment with its client, both locked. */
export interface LockedPayment {
  readonly payer: Payer;
  readonly payment: CardPaymentRow;
}

/**
 * Records the state of a transaction at the gateway: an answer, a look-up, and a webhook all end here. What is recorded
 * already is not recorded again, in whatever order they come.
 *
 * Call it in a transaction that has locked the payer, then the payment.
 */
export async function applyTransaction(
  tx: Transaction,
  requester: Requester,
  locked: LockedPayment,
  transaction: GatewayTransaction,
): Promise<void> {
  switch (transaction.state) {
    case 'approved':
      await approve(tx, requester, locked, transaction);
      return;
    case 'held':
      return hold(tx, requester, locked, transaction);
    case 'declined':
      return decline(tx, requester, locked, transaction, transaction.decline ?? unsaid);
    case 'voided':
      return decline(tx, requester, locked, transaction, voided);
    case 'charged_back':
    case 'returned': {
      const payment = await approve(tx, requester, locked, transaction);
      const isNew = await recordChargeback(tx, requester, payment, transaction);
      // The reversal itself freezes after a chargeback.
      if (isNew && transaction.state === 'returned') {
        await freezePayments(tx, requester, locked.payer, payment, 'chargeback');
      } else if (isNew && locked.payer.frozenAt === null) await setNotice(tx, payment.id, 'auto_payment_frozen');
      return;
    }
    case 'reinstated': {
      const payment = await approve(tx, requester, locked, transaction);
      await recordReinstatement(tx, requester, payment, transaction);
    }
  }
}

const unsaid: Decline = { code: 'declined', message: '', isHard: false };
const voided: Decline = { code: 'voided', message: 'The transaction was voided.', isHard: false };

/** An amount that counts once: the same transaction is the same payment of the ledger. */
async function approve(
  tx: Transaction,
  { now }: Requester,
  { payer, payment }: LockedPayment,
  transaction: GatewayTransaction,
): Promise<CardPaymentRow> {
  if (payment.status === 'approved') return payment;
  const at = new Date(now);
  const entryId = await bookPayment(tx, payer, payment, transaction, now);
  const after = await markOutcome(tx, payment.id, { status: 'approved', at, transactionId: transaction.id, entryId });
  if (payment.origin !== 'auto') return after;
  await clearDeclines(tx, payer.clientId);
  if (payer.sendsReceipt) await setNotice(tx, payment.id, 'auto_payment_succeeded');
  return after;
}

/** @returns the entry of the ledger; null: it was refused, which an event says */
async function bookPayment(
  tx: Transaction,
  payer: Payer,
  payment: CardPaymentRow,
  transaction: GatewayTransaction,
  now: number,
): Promise<string | null> {
  try {
    const { id } = await postEntry(tx, {
      clientId: payment.clientId,
      kind: 'payment',
      externalId: transaction.id,
      amount: bookedAmount(payment, transaction),
      currency: payment.currency,
      source: `gateway:${payment.gatewayId ?? ''}`,
    });
    return id;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await raisePaymentProblem(
      tx,
      payment,
      payer.name,
      'not_recorded',
      now,
      `transaction ${transaction.id}: ${error.message}`,
    );
    return null;
  }
}

/** In the client's currency: what was asked for, or the share of it that the gateway charged. */
function bookedAmount(payment: CardPaymentRow, transaction: GatewayTransaction): Micros {
  const asked = moneyOf(payment.amount ?? '0');
  const [wanted, charged] = [moneyOf(payment.chargedAmount ?? '0'), moneyOf(transaction.amount)];
  if (charged <= 0n || charged === wanted || wanted <= 0n) return asked;
  return shareFor(asked, charged, wanted, payment.currency);
}

async function hold(
  tx: Transaction,
  { now }: Requester,
  { payment }: LockedPayment,
  { id }: GatewayTransaction,
): Promise<void> {
  if (payment.status !== 'charging' && payment.status !== 'held') return;
  const lookUpAt = new Date(now + heldLookUpMs);
  await markOutcome(tx, payment.id, { status: 'held', at: new Date(now), transactionId: id, lookUpAt });
}

async function decline(
  tx: Transaction,
  requester: Requester,
  { payer, payment }: LockedPayment,
  { id }: GatewayTransaction,
  reason: Decline,
): Promise<void> {
  // One that was approved and is voided later is a refund that people make and record.
  if (payment.status !== 'charging' && payment.status !== 'held' && payment.status !== 'unknown') return;
  const at = new Date(requester.now);
  await markOutcome(tx, payment.id, { status: 'declined', at, transactionId: id || null, decline: reason });
  if (payment.origin === 'auto') await followDecline(tx, requester, payer, payment, reason);
}

/** Declined softly: tried again while the client is low. Declined for good, or too often: frozen. */
async function followDecline(
  tx: Transaction,
  requester: Requester,
  payer: Payer,
  payment: CardPaymentRow,
  reason: Decline,
): Promise<void> {
  const { now } = requester;
  const { clientId } = payment;
  const { declines, firstDeclinedAt } = await countDecline(tx, clientId, new Date(now));
  const frozen = freezeAfter(reason, declines);
  if (frozen) return freezePayments(tx, requester, payer, payment, frozen, reason.message);
  if (declines === 1) await setNotice(tx, payment.id, 'auto_payment_declined');
  const next = retryAt(declines, firstDeclinedAt.getTime());
  if (next === null) return;
  const episode = Number(payment.episode ?? 1);
  const number = await nextPaymentNumber(tx, clientId, episode);
  await insertAutoPayment(tx, {
    clientId,
    currency: payer.currency,
    requestedBy: 'system',
    decidedAt: new Date(now),
    notBefore: new Date(Math.max(next, now)),
    key: autoPaymentKey(clientId, episode, number),
    episode,
    number,
    decision: null,
    threshold: payment.threshold,
    available: payment.available,
  });
}
