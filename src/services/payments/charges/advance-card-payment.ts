import type { AdvanceCardPaymentResult } from '../../../contract/card-payments.js';
import { hourMs, minuteMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import {
  heldEndMs,
  heldEventMs,
  heldLateLookUpMs,
  heldLookUpMs,
  lookUpAgainMs,
  maxSends,
  unknownAfterMs,
} from '../../../domain/payments/card-payments.js';
import { GatewayRefusal, type GatewayTransaction, type PaymentGateway } from '../../../domain/payments/gateway.js';
import { lockPayer } from '../../../storage/payments/auto-payments.js';
import {
  lockCardPayment,
  markHeldReported,
  markOutcome,
  markSentAgain,
  readCardPayment,
  scheduleLookUp,
  type CardPaymentRow,
} from '../../../storage/payments/card-payments.js';
import { readSealedGateway } from '../../../storage/payments/payment-gateways.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { openGateway, type GatewayAccess } from '../gateways/gateway-access.js';
import { applyTransaction, type LockedPayment } from './apply-transaction.js';
import { freezePayments } from './freeze-payments.js';
import { raisePaymentProblem } from './payment-events.js';
import { prepareCharge } from './prepare-charge.js';

/** The first look-up after a lost answer: the gateway may still be at it. */
const firstLookUpMs = minuteMs / 2;
/** After a look-up that failed. */
const failedLookUpMs = 5 * minuteMs;

/**
 * Does what is due of a card payment: decides at its time whether it is charged, charges it, or looks up how it ended. Each
 * step is written before and after the gateway is asked, so that a step whose worker died is a look-up the next time, and
 * never a second charge.
 *
 * @param access null: no key opens the secrets of gateways
 * @throws whatever keeps the database from answering: the step is made again
 */
export async function advanceCardPayment(
  requester: Requester,
  access: GatewayAccess | null,
  id: string,
): Promise<AdvanceCardPaymentResult> {
  const payment = await requester.scope.read((q) => readCardPayment(q, id));
  if (payment && access && payment.endedAt === null) await step(requester, access, payment);
  const after = await requester.scope.read((q) => readCardPayment(q, id));
  return {
    waitMs: after && waitOf(after, access !== null, requester.now),
    notice: after?.notice ?? null,
    clientId: after?.clientId ?? '',
  };
}

function waitOf({ status, notBefore, lookUpAt }: CardPaymentRow, hasAccess: boolean, now: number): number | null {
  if (status === 'waiting') return hasAccess ? Math.max(0, notBefore.getTime() - now) : hourMs;
  if (status === 'charging' || status === 'held') {
    return hasAccess ? Math.max(1000, (lookUpAt?.getTime() ?? now) - now) : hourMs;
  }
  return null;
}

async function step(requester: Requester, access: GatewayAccess, payment: CardPaymentRow): Promise<void> {
  const { now } = requester;
  if (payment.status === 'waiting') {
    if (payment.notBefore.getTime() <= now && (await prepareCharge(requester, payment))) {
      await send(requester, access, payment.id);
    }
    return;
  }
  if (payment.lookUpAt === null || payment.lookUpAt.getTime() <= now) await lookUp(requester, access, payment);
}

/** Asks the gateway for the charge that is written. */
async function send(requester: Requester, access: GatewayAccess, id: string): Promise<void> {
  const payment = await requester.scope.read((q) => readCardPayment(q, id));
  if (payment?.status !== 'charging') return;
  const { key, chargedAmount, chargedCurrency } = payment;
  const lookUpAt = new Date(requester.now + firstLookUpMs);
  await ask(requester, access, payment, { failedAt: lookUpAt, isCharge: true }, (gateway) =>
    gateway.charge({
      key,
      amount: chargedAmount ?? '0',
      currency: chargedCurrency ?? '',
      card: cardOf(payment),
    }),
  );
}

/** A charge whose answer was lost, or that is under review. */
async function lookUp(requester: Requester, access: GatewayAccess, payment: CardPaymentRow): Promise<void> {
  const { now } = requester;
  const age = now - (payment.sentAt?.getTime() ?? now);
  const { key, transactionId } = payment;
  const failedAt = new Date(now + (age < hourMs ? failedLookUpMs : hourMs));
  if (payment.status === 'held' && age >= heldEventMs) await reportHeld(requester, payment);
  if (age >= (payment.status === 'held' ? heldEndMs : unknownAfterMs)) return giveUp(requester, payment);
  await ask(requester, access, payment, { failedAt, isCharge: false }, (gateway) =>
    gateway.lookUp({ key, transactionId, card: cardOf(payment) }),
  );
}

interface AskOptions {
  /** when to look it up if there is no answer */
  readonly failedAt: Date;
  /** a refusal says that nothing was charged */
  readonly isCharge: boolean;
}

async function ask(
  requester: Requester,
  access: GatewayAccess,
  payment: CardPaymentRow,
  { failedAt, isCharge }: AskOptions,
  question: (gateway: PaymentGateway) => Promise<GatewayTransaction | null>,
): Promise<void> {
  let found: GatewayTransaction | null;
  try {
    found = await question(await gatewayOf(requester, access, payment));
  } catch (error) {
    const failure = error instanceof Error ? error.message.slice(0, 500) : '';
    const isRefused = error instanceof GatewayRefusal || error instanceof DomainError;
    // A repeated charge that is refused says nothing of the first one.
    if (isCharge && isRefused && payment.sends <= 1) return refuse(requester, payment, failure);
    await write(requester, payment, (tx, { payment: { misses } }) =>
      scheduleLookUp(tx, payment.id, { at: failedAt, misses, failure }),
    );
    return;
  }
  if (found) {
    const transaction = found;
    await write(requester, payment, (tx, locked) => applyTransaction(tx, requester, locked, transaction));
    if (transaction.state === 'held') await afterHeld(requester, payment);
    return;
  }
  await missed(requester, access, payment);
}

/** Not found: looked up once more after 5 minutes, then sent again under the same key, once. */
async function missed(requester: Requester, access: GatewayAccess, payment: CardPaymentRow): Promise<void> {
  const { now } = requester;
  if (payment.status === 'held') {
    const at = new Date(now + heldLookUpMs);
    return write(requester, payment, (tx) => scheduleLookUp(tx, payment.id, { at, misses: 0, failure: null }));
  }
  const misses = payment.misses + 1;
  if (misses < 2) {
    const at = new Date(now + lookUpAgainMs);
    return write(requester, payment, (tx) => scheduleLookUp(tx, payment.id, { at, misses, failure: null }));
  }
  if (payment.sends >= maxSends) return giveUp(requester, payment);
  await write(requester, payment, (tx) => markSentAgain(tx, payment.id));
  await send(requester, access, payment.id);
}

/** Reviews that last are looked up once a day. */
async function afterHeld(requester: Requester, { id, sentAt }: CardPaymentRow): Promise<void> {
  const { now } = requester;
  if (sentAt === null || now - sentAt.getTime() < heldEventMs) return;
  const at = new Date(now + heldLateLookUpMs);
  const payment = await requester.scope.read((q) => readCardPayment(q, id));
  if (payment) await write(requester, payment, (tx) => scheduleLookUp(tx, id, { at, misses: 0, failure: null }));
}

async function reportHeld(requester: Requester, payment: CardPaymentRow): Promise<void> {
  if (payment.heldReported) return;
  await write(requester, payment, async (tx, { payer }) => {
    await raisePaymentProblem(tx, payment, payer.name, 'held', requester.now);
    await markHeldReported(tx, payment.id);
  });
}

/** No look-up could say how it ended: nothing more is charged before a person has looked. */
async function giveUp(requester: Requester, payment: CardPaymentRow): Promise<void> {
  await write(requester, payment, async (tx, { payer }) => {
    await markOutcome(tx, payment.id, { status: 'unknown', at: new Date(requester.now) });
    await raisePaymentProblem(tx, payment, payer.name, 'unknown', requester.now, payment.key);
    await freezePayments(tx, requester, payer, null, 'unknown');
  });
}

async function refuse(requester: Requester, payment: CardPaymentRow, failure: string): Promise<void> {
  await write(requester, payment, async (tx, { payer }) => {
    const at = new Date(requester.now);
    await markOutcome(tx, payment.id, { status: 'cancelled', at, reason: 'gateway_refused', failure });
    await raisePaymentProblem(tx, payment, payer.name, 'gateway_refused', requester.now, failure);
  });
}

/** One transaction about a payment that is not over, with its locks. One that a webhook has ended stays as it is. */
async function write(
  requester: Requester,
  { id, clientId }: CardPaymentRow,
  work: (tx: Transaction, locked: LockedPayment) => Promise<void>,
): Promise<void> {
  const { scope, now } = requester;
  await change(requester, async (tx) => {
    const payer = await lockPayer(tx, scope.resellerId, clientId, now);
    const payment = await lockCardPayment(tx, id);
    if (payer && payment?.endedAt === null) await work(tx, { payer, payment });
    return unrecorded(undefined);
  });
}

async function gatewayOf(
  { scope }: Requester,
  access: GatewayAccess,
  { gatewayId }: CardPaymentRow,
): Promise<PaymentGateway> {
  const gateway = gatewayId === null ? null : await scope.read((q) => readSealedGateway(q, gatewayId));
  if (!gateway) throw new DomainError('no_gateway', 'the payment gateway is gone');
  return openGateway(access, gateway);
}

function cardOf({ customerProfileId, paymentProfileId }: CardPaymentRow): {
  readonly customerProfileId: string;
  readonly paymentProfileId: string;
} {
  return { customerProfileId: customerProfileId ?? '', paymentProfileId: paymentProfileId ?? '' };
}
