import { hourMs } from '../../../domain/durations.js';
import { availableOf } from '../../../domain/ledger/balance.js';
import { formatMoney, moneyOf, type Micros } from '../../../domain/money.js';
import { chargedAmount, inFlightStatuses } from '../../../domain/payments/card-payments.js';
import { decideCharge } from '../../../domain/payments/decide-charge.js';
import { lockPayer, type Payer } from '../../../storage/payments/auto-payments.js';
import {
  findOpenPayment,
  lockCardPayment,
  markCharging,
  markOutcome,
  postpone,
  readChargesOf,
  type CardPaymentRow,
} from '../../../storage/payments/card-payments.js';
import { readSealedGateway } from '../../../storage/payments/payment-gateways.js';
import { currentRate } from '../../../storage/rates/current-rate.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { raisePaymentProblem } from './payment-events.js';

/** True: everything of the charge is fixed and written, and the gateway must be asked now. */
export type Prepared = boolean;

/**
 * Decides at its time whether a payment that waits is charged, put off, or canceled, under the lock that all payments of the
 * client take. The row is its own record.
 */
export function prepareCharge(requester: Requester, row: CardPaymentRow): Promise<Prepared> {
  const { scope, now } = requester;
  return change<Prepared>(requester, async (tx) => {
    const payer = await lockPayer(tx, scope.resellerId, row.clientId, now);
    const payment = await lockCardPayment(tx, row.id);
    if (!payer || payment?.status !== 'waiting' || payment.notBefore.getTime() > now) return unrecorded(false);
    const decision = decideCharge(await factsOf(tx, payer, payment, now), now);
    switch (decision.kind) {
      case 'cancel':
        await markOutcome(tx, payment.id, { status: 'cancelled', at: new Date(now), reason: decision.reason });
        return unrecorded(false);
      case 'wait':
        await postpone(tx, payment.id, new Date(decision.until), decision.reason);
        return unrecorded(false);
      case 'charge':
        return unrecorded(await fixCharge(tx, payer, payment, decision.amount, now));
    }
  });
}

async function factsOf(
  tx: Transaction,
  payer: Payer,
  payment: CardPaymentRow,
  now: number,
): Promise<Parameters<typeof decideCharge>[0]> {
  const { clientId, timezone, creditLimit, temporaryCredit, live } = payer;
  const charges = await readChargesOf(tx, clientId, { at: new Date(now), timezone, exceptId: payment.id });
  const balance = live !== null && {
    live: moneyOf(live),
    creditLimit: moneyOf(creditLimit),
    temporaryCredit: moneyOf(temporaryCredit),
  };
  return {
    ...payer,
    ...charges,
    nextMonthAt: charges.nextMonthAt.getTime(),
    origin: payment.origin,
    amount: payment.amount,
    available: balance ? availableOf(balance) : null,
    isFrozen: payer.frozenAt !== null,
    cardExpires: payer.card?.expires ?? null,
    isOtherInFlight:
      (await findOpenPayment(tx, clientId, { statuses: inFlightStatuses, exceptId: payment.id })) !== null,
  };
}

async function fixCharge(
  tx: Transaction,
  payer: Payer,
  payment: CardPaymentRow,
  amount: Micros,
  now: number,
): Promise<Prepared> {
  const { card, currency } = payer;
  const gateway = card && (await readSealedGateway(tx, card.gatewayId));
  if (!card || !gateway?.active) {
    await raisePaymentProblem(tx, payment, payer.name, 'no_gateway', now);
    await postpone(tx, payment.id, new Date(now + hourMs), 'no_gateway');
    return false;
  }
  const rate = await currentRate(tx, currency, gateway.currency, now);
  if (rate === null) {
    await raisePaymentProblem(tx, payment, payer.name, 'no_rate', now, `${currency} to ${gateway.currency}`);
    await postpone(tx, payment.id, new Date(now + hourMs), 'no_rate');
    return false;
  }
  const { customerProfileId, paymentProfileId, last4 } = card;
  await markCharging(tx, payment.id, {
    gatewayId: gateway.id,
    amount: formatMoney(amount),
    chargedAmount: formatMoney(chargedAmount(amount, rate, gateway.currency)),
    chargedCurrency: gateway.currency,
    rate,
    customerProfileId,
    paymentProfileId,
    cardLast4: last4,
    at: new Date(now),
  });
  return true;
}
