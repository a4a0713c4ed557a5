import { dayMs, hourMs } from '../durations.js';
import { DomainError } from '../errors.js';
import { digitsError, exceedsDigits, moneyWithCurrency, percentOf, type Micros } from '../money.js';
import { toSecond } from '../monitoring/schedule.js';
import { creditLimitDigits } from './limit-digits.js';

/**
 * Temporary credit (docs/manuals.md#temporary-credit): an amount, or a percentage of a positive permanent limit, from
 * one moment until another; both amount and days are bounded by the granter's own maximum, the "Maximum possible
 * increase".
 */

export const grantStatuses = ['scheduled', 'active', 'reverted', 'cancelled'] as const;
export type GrantStatus = (typeof grantStatuses)[number];

/** How much temporary credit one user or key may grant; null: no bound. Amounts are in the client's currency. */
export interface GrantCap {
  readonly maxAmount: Micros | null;
  /** millionths of a percent of the permanent limit */
  readonly maxPercent: Micros | null;
  readonly maxDays: number | null;
}

/** A client's permanent credit limit. */
export interface CreditLimit {
  readonly amount: Micros;
  readonly currency: string;
  /** of a prepaid client: what is granted is an amount, not a share of it */
  readonly isPrepaid?: boolean;
}

export interface GrantRequest {
  readonly amount: Micros | null;
  /** millionths of a percent */
  readonly percent: Micros | null;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The largest amount that may be granted to a client with this permanent limit; null: no bound. */
export function maximumAmount(cap: GrantCap, creditLimit: Micros): Micros | null {
  const share = cap.maxPercent === null ? null : percentOf(creditLimit > 0n ? creditLimit : 0n, cap.maxPercent);
  if (share === null) return cap.maxAmount;
  return cap.maxAmount === null || share < cap.maxAmount ? share : cap.maxAmount;
}

/** The latest end of a grant that begins at `fromMs`; null: no bound. */
export function maximumUntil(cap: GrantCap, fromMs: number): number | null {
  return cap.maxDays === null ? null : fromMs + cap.maxDays * dayMs;
}

/**
 * The amount of a grant, once it is known to be allowed.
 *
 * @throws DomainError those of {@link requestedIncrease} and {@link requireWithinMaximum}
 */
export function grantAmount(request: GrantRequest, limit: CreditLimit, cap: GrantCap, nowMs: number): Micros {
  const amount = requestedIncrease(request, limit, nowMs);
  requireWithinMaximum(amount, request, limit, cap);
  return amount;
}

/**
 * The amount that is asked for; a percentage is one of the permanent limit now.
 *
 * @throws DomainError `invalid` (neither or both of amount and percent, an end that is not after the beginning or is
 * past, more digits than a limit has), `credit_limit_not_positive` (a percentage of nothing), `client_prepaid` (a percentage)
 */
export function requestedIncrease(request: GrantRequest, limit: CreditLimit, nowMs: number): Micros {
  const amount = requestedAmount(request, limit);
  if (exceedsDigits(amount, creditLimitDigits)) {
    throw new DomainError('invalid', digitsError(creditLimitDigits), request.percent === null ? '/amount' : '/percent');
  }
  if (amount <= 0n) throw new DomainError('invalid', 'the amount must be above 0', '/amount');
  if (request.untilMs <= request.fromMs) {
    throw new DomainError('invalid', 'validUntil must be later than the start of the credit', '/validUntil');
  }
  if (request.untilMs <= nowMs) throw new DomainError('invalid', 'validUntil must be in the future', '/validUntil');
  return amount;
}

type Span = Pick<GrantRequest, 'percent' | 'fromMs' | 'untilMs'>;

/** What helps where credit is above the maximum of the one who grants, changes, or approves it. */
export type AboveMaximumRemedy =
  | 'request approval'
  | 'let a user with a higher maximum change it'
  | 'approve less, or let a user with a higher maximum approve it';

/** @throws DomainError `credit_above_maximum` */
export function requireWithinMaximum(
  amount: Micros,
  request: Span,
  limit: CreditLimit,
  cap: GrantCap,
  remedy: AboveMaximumRemedy = 'request approval',
): void {
  const most = maximumAmount(cap, limit.amount);
  if (most !== null && amount > most) {
    throw new DomainError(
      'credit_above_maximum',
      `${moneyWithCurrency(amount, limit.currency)} is above your maximum possible increase of ${moneyWithCurrency(most, limit.currency)}: ${remedy}`,
      request.percent === null ? '/amount' : '/percent',
    );
  }
  const latest = maximumUntil(cap, request.fromMs);
  if (latest !== null && request.untilMs > latest) {
    throw new DomainError(
      'credit_above_maximum',
      `your maximum is ${cap.maxDays} days: validUntil must be ${new Date(latest).toISOString()} or earlier, or ${remedy}`,
      '/validUntil',
    );
  }
}

/** Whether it may be granted without another user's approval. */
export function isWithinMaximum(amount: Micros, request: Span, limit: CreditLimit, cap: GrantCap): boolean {
  const most = maximumAmount(cap, limit.amount);
  const latest = maximumUntil(cap, request.fromMs);
  return (most === null || amount <= most) && (latest === null || request.untilMs <= latest);
}

function requestedAmount(request: GrantRequest, { amount: creditLimit, isPrepaid = false }: CreditLimit): Micros {
  if ((request.amount === null) === (request.percent === null)) {
    throw new DomainError('invalid', 'must be sent as either amount or percent', '/amount');
  }
  if (request.amount !== null) return request.amount;
  if (isPrepaid) {
    throw new DomainError(
      'client_prepaid',
      'the client is prepaid: send an amount instead of a percentage',
      '/percent',
    );
  }
  if (creditLimit <= 0n) {
    throw new DomainError(
      'credit_limit_not_positive',
      'a percentage requires a positive permanent credit limit: send an amount instead',
      '/percent',
    );
  }
  return percentOf(creditLimit, request.percent as Micros);
}

/** When the client is warned of the end; null: the grant is too short for a warning to be of use. */
export function warningInstant(fromMs: number, untilMs: number, warningHours: number): number | null {
  const at = toSecond(untilMs - warningHours * hourMs);
  return warningHours > 0 && at > fromMs ? at : null;
}

/** The temporary credit that counts at an instant: from its beginning, up to but not at its end. */
export function temporaryCreditAt(
  grant: { readonly amount: Micros; readonly fromMs: number; readonly untilMs: number } | null,
  instantMs: number,
): Micros {
  return grant && grant.fromMs <= instantMs && instantMs < grant.untilMs ? grant.amount : 0n;
}
