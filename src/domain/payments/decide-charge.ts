import { dayMs, hourMs, minuteMs } from '../durations.js';
import { moneyOf, type Micros } from '../money.js';
import type { BalanceModel } from '../monitoring/rules.js';
import { thresholdOfClient, type ThresholdChain } from './auto-payment-threshold.js';
import {
  automaticAmount,
  isCardExpired,
  maxCardPayment,
  type AmountMode,
  type CardPaymentOrigin,
  type CardPaymentReason,
} from './card-payments.js';

/** What is decided at the moment at which a card payment is due, just before the gateway is asked. */

export interface ChargeFacts extends ThresholdChain {
  readonly origin: CardPaymentOrigin;
  /** of `by_hand`; null: it is computed */
  readonly amount: string | null;
  readonly status: 'active' | 'stop' | 'deleted';
  readonly currency: string;
  readonly balanceModel: BalanceModel;
  /** null: unknown */
  readonly available: Micros | null;
  readonly profileRate: string | null;
  readonly isOn: boolean;
  readonly isFrozen: boolean;
  readonly extraAmount: string | null;
  readonly amountMode: AmountMode;
  /** the last month of the card; null: there is none */
  readonly cardExpires: string | null;
  /** another payment of the client may still take an amount */
  readonly isOtherInFlight: boolean;
  readonly maxPerDay: number;
  /** when automatic charges of the last 24 hours were sent, oldest first */
  readonly sentTimes: readonly Date[];
  readonly maxAmountPerMonth: string | null;
  readonly amountThisMonth: string;
  /** when the next month begins in the client's time zone */
  readonly nextMonthAt: number;
}

export type ChargeDecision =
  | { readonly kind: 'charge'; readonly amount: Micros }
  /** `reason` null: the balance is not known now */
  | { readonly kind: 'wait'; readonly until: number; readonly reason: CardPaymentReason | null }
  | { readonly kind: 'cancel'; readonly reason: CardPaymentReason };

/** A payment that waits for a rate, a balance, or another payment is decided again so soon. */
const soonMs = minuteMs;

export function decideCharge(facts: ChargeFacts, now: number): ChargeDecision {
  const refusal = refusalOf(facts, now);
  if (refusal) return { kind: 'cancel', reason: refusal };
  if (facts.isOtherInFlight) return { kind: 'wait', until: now + soonMs, reason: 'other_in_flight' };
  if (facts.origin === 'by_hand') return { kind: 'charge', amount: moneyOf(facts.amount ?? '0') };
  return decideAutomatic(facts, now);
}

function refusalOf(facts: ChargeFacts, now: number): CardPaymentReason | null {
  if (facts.status === 'deleted') return 'client_stopped';
  if (facts.cardExpires === null) return 'no_card';
  if (isCardExpired(facts.cardExpires, now)) return 'card_expired';
  if (facts.origin === 'by_hand') return null;
  if (facts.status === 'stop') return 'client_stopped';
  if (!facts.isOn || facts.extraAmount === null) return 'switched_off';
  if (facts.isFrozen) return 'frozen';
  return facts.balanceModel === 'unlimited' ? 'no_longer_low' : null;
}

function decideAutomatic(facts: ChargeFacts, now: number): ChargeDecision {
  const { available, sentTimes, maxPerDay, maxAmountPerMonth, amountMode, currency } = facts;
  const threshold = thresholdOfClient(facts);
  if (threshold === null) return { kind: 'cancel', reason: 'switched_off' };
  if (threshold === 'no_rate') return { kind: 'wait', until: now + hourMs, reason: 'no_rate' };
  if (available === null) return { kind: 'wait', until: now + soonMs, reason: null };
  if (available >= threshold) return { kind: 'cancel', reason: 'no_longer_low' };
  const freeing = sentTimes.at(-maxPerDay);
  if (freeing) return { kind: 'wait', until: freeing.getTime() + dayMs, reason: 'daily_limit' };
  const extraAmount = moneyOf(facts.extraAmount ?? '0');
  const computed = automaticAmount({ mode: amountMode, extraAmount }, { threshold, available }, currency);
  const amount = computed > maxCardPayment ? maxCardPayment : computed;
  if (maxAmountPerMonth !== null && moneyOf(facts.amountThisMonth) + amount > moneyOf(maxAmountPerMonth)) {
    return { kind: 'wait', until: facts.nextMonthAt, reason: 'monthly_limit' };
  }
  return { kind: 'charge', amount };
}
