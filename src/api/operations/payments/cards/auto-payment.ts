import { DomainError } from '../../../../domain/errors.js';
import { availableOf } from '../../../../domain/ledger/balance.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { thresholdOfClient } from '../../../../domain/payments/auto-payment-threshold.js';
import { automaticAmount } from '../../../../domain/payments/card-payments.js';
import { readAutoPayment, type AutoPaymentState } from '../../../../storage/payments/auto-payment-state.js';
import { findPayer, type Payer } from '../../../../storage/payments/auto-payments.js';
import { findOpenPayment } from '../../../../storage/payments/card-payments.js';
import { gatewayOfClient } from '../../../../storage/payments/payment-gateways.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { timeOrNull, timeText } from '../../../contract/schemas.js';
import type { z } from '../../../contract/zod.js';
import { plain, type autoPaymentSchema, type cardSchema } from './schema.js';

/** The card and the state of a client's automatic payments. @throws DomainError `not_found` */
export async function autoPaymentJson(
  scope: Scope,
  clientId: string,
  now: number,
): Promise<z.input<typeof autoPaymentSchema>> {
  const { payer, state, waiting, gateway } = await scope.read(async (q) => ({
    payer: await findPayer(q, scope.resellerId, clientId, now),
    state: (await readAutoPayment(q, clientId)).state,
    waiting: await findOpenPayment(q, clientId, { origin: 'auto' }),
    gateway: await gatewayOfClient(q, clientId),
  }));
  if (!payer) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
  const threshold = thresholdOfClient(payer);
  return {
    clientId,
    state: state as AutoPaymentState,
    currency: payer.currency,
    threshold: typeof threshold === 'bigint' ? formatMoney(threshold) : null,
    extraAmount: plain(payer.extraAmount),
    amountMode: payer.amountMode,
    liftsClient: liftsClient(payer),
    card: payer.card && cardJson(payer.card),
    frozenAt: timeOrNull(payer.frozenAt),
    frozenReason: payer.frozenReason,
    declines: payer.declines,
    nextAttemptAt: waiting?.status === 'waiting' ? timeText(waiting.notBefore) : null,
    hasGateway: gateway !== null,
  };
}

export function cardJson({
  brand,
  last4,
  expires,
  registeredAt,
}: NonNullable<Payer['card']>): z.input<typeof cardSchema> {
  return { brand, last4, expires, registeredAt: timeText(registeredAt) };
}

function liftsClient(payer: Payer): boolean | null {
  const { live, creditLimit, temporaryCredit, extraAmount, amountMode: mode, currency } = payer;
  const threshold = thresholdOfClient(payer);
  if (live === null || extraAmount === null || typeof threshold !== 'bigint') return null;
  const balance = {
    live: moneyOf(live),
    creditLimit: moneyOf(creditLimit),
    temporaryCredit: moneyOf(temporaryCredit),
  };
  const available = availableOf(balance);
  if (available >= threshold) return null;
  const amount = automaticAmount({ mode, extraAmount: moneyOf(extraAmount) }, { threshold, available }, currency);
  return available + amount >= threshold;
}
