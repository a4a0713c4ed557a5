import { dayMs, hourMs, minuteMs } from '../durations.js';
import { convert, formatMoneyFor, moneyOf, rateOf, roundFor, type Micros } from '../money.js';

/** A card payment is one charge of a client's card: its states, its amount, and when it is tried again. */

/** `auto`: the monitor decided it · `by_hand`: the client or a user asked for it. */
export const cardPaymentOrigins = ['auto', 'by_hand'] as const;
export type CardPaymentOrigin = (typeof cardPaymentOrigins)[number];

/**
 * `waiting`: decided, not charged yet · `charging`: the gateway was asked, and its answer is not known · `held`: a person at
 * the gateway reviews it · `approved`, `declined`: ended · `unknown`: no look-up could say how it ended · `cancelled`: it was
 * never charged.
 *
 * `waiting` → `charging` → `approved`, `declined`, `held`, `unknown`; `held` → `approved`, `declined`, `unknown`; `waiting` →
 * `cancelled`. A late message of the gateway ends one that is `unknown`.
 */
export const cardPaymentStatuses = [
  'waiting',
  'charging',
  'held',
  'approved',
  'declined',
  'unknown',
  'cancelled',
] as const;
export type CardPaymentStatus = (typeof cardPaymentStatuses)[number];

/** Those that may still take an amount from the card. */
export const inFlightStatuses: readonly CardPaymentStatus[] = ['charging', 'held'];

/** Why a card payment was never charged, or waits. */
export const cardPaymentReasons = [
  'no_longer_low',
  'switched_off',
  'no_card',
  'card_expired',
  'frozen',
  'client_stopped',
  'superseded',
  'no_gateway',
  'gateway_refused',
  'no_rate',
  'other_in_flight',
  'daily_limit',
  'monthly_limit',
] as const;
export type CardPaymentReason = (typeof cardPaymentReasons)[number];

/** `fixed`: the extra amount · `cover`: what is missing up to the threshold, and the extra amount on top. */
export const amountModes = ['fixed', 'cover'] as const;
export type AmountMode = (typeof amountModes)[number];

export const freezeReasons = ['declined', 'hard_decline', 'chargeback', 'unknown', 'staff'] as const;
export type FreezeReason = (typeof freezeReasons)[number];

/** Bounds of one card payment, in millionths of the client's currency. */
export const minCardPayment = moneyOf('1.00');
export const maxCardPayment = moneyOf('100000.00');

/** Declines in a row after which automatic payments are frozen. */
const maxDeclines = 4;

/** A look-up that finds nothing is repeated after this long, before the charge is. */
export const lookUpAgainMs = 5 * minuteMs;
/** Look-ups of a transaction under review. */
export const heldLookUpMs = hourMs;
/** An event says that a transaction is still under review. */
export const heldEventMs = 72 * hourMs;
/** From then on it is looked up once a day, and not forever. */
export const heldLateLookUpMs = dayMs;
export const heldEndMs = 30 * dayMs;
/** A gateway that gives no answer so long leaves a charge unknown. */
export const unknownAfterMs = 72 * hourMs;
/** Times that one charge may be sent under its key. */
export const maxSends = 2;

/** The key of an automatic payment: fixed before the gateway is asked. */
export function autoPaymentKey(clientId: string, episode: number, number: number): string {
  return `ap/${clientId}/${episode}/${number}`;
}

export function manualPaymentKey(clientId: string, number: string): string {
  return `pn/${clientId}/${number}`;
}

/** The client in a key of ours; null: the key is none. */
export function clientIdInKey(key: string): string | null {
  return /^(?:ap\/([1-9]\d*)\/\d+\/\d+|pn\/([1-9]\d*)\/\d+)$/.exec(key)?.slice(1).find(Boolean) ?? null;
}

/** What is charged automatically, in the client's currency. */
export function automaticAmount(
  { mode, extraAmount }: { readonly mode: AmountMode; readonly extraAmount: Micros },
  { threshold, available }: { readonly threshold: Micros; readonly available: Micros },
  currency: string,
): Micros {
  const gap = mode === 'cover' && threshold > available ? threshold - available : 0n;
  // Up to whole coins: what is covered must reach the threshold.
  const amount = roundFor(gap, currency);
  return (amount < gap ? roundFor(gap + coin(currency), currency) : amount) + roundFor(extraAmount, currency);
}

function coin(currency: string): Micros {
  const decimals = formatMoneyFor(0n, currency).split('.')[1]?.length ?? 0;
  return 10n ** BigInt(6 - decimals);
}

/** The amount in the gateway's currency, in its coins. */
export function chargedAmount(amount: Micros, rate: string, currency: string): Micros {
  return roundFor(convert(amount, rateOf(rate)), currency);
}

/**
 * When a declined automatic payment is tried again, in ms: 24 hours, 72 hours, and 7 days after the first decline; null: not
 * any more.
 *
 * @param declines in a row, this one included
 */
export function retryAt(declines: number, firstDeclinedAt: number): number | null {
  const delay = [dayMs, 3 * dayMs, 7 * dayMs][declines - 1];
  return delay === undefined ? null : firstDeclinedAt + delay;
}

/** Why a decline ends automatic payments until someone acts; null: it does not. */
export function freezeAfter({ isHard }: { readonly isHard: boolean }, declines: number): FreezeReason | null {
  if (isHard) return 'hard_decline';
  return declines >= maxDeclines ? 'declined' : null;
}

/** True when the card's last month is over, by UTC. */
export function isCardExpired(expires: string, nowMs: number): boolean {
  return new Date(nowMs).toISOString().slice(0, 7) > expires;
}
