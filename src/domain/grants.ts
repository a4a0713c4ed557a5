import { dayMs, hourMs } from './durations.js';
import { DomainError } from './errors.js';
import { formatCents, percentOf, type Micros } from './money.js';
import { toSecond } from './monitoring/schedule.js';

/**
 * Temporary credit (docs/manuals.md#temporary-credit): an amount, or a percentage of a positive permanent limit, from one moment until
 * another; both amount and days are bounded by the granter's own maximum, the "Maximum possible increase".
 */

export const grantStatuses = ['scheduled', 'active', 'reverted', 'cancelled'] as const;
export type GrantStatus = (typeof grantStatuses)[number];

/** What one granter may lend; null: no bound. Amounts are in the client's currency. */
export interface GrantCap {
  readonly maxAmount: Micros | null;
  /** millionths of a percent of the permanent limit */
  readonly maxPercent: Micros | null;
  readonly maxDays: number | null;
}

export interface GrantRequest {
  readonly amount: Micros | null;
  /** millionths of a percent */
  readonly percent: Micros | null;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The largest amount the granter may lend to a client with this permanent limit; null: no bound. */
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
 * @throws DomainError `invalid` (neither or both of amount and percent, an end that is not after the beginning or is
 * past), `credit_limit_not_positive` (a percentage of nothing), `credit_above_maximum`.
 */
export function grantAmount(request: GrantRequest, creditLimit: Micros, cap: GrantCap, nowMs: number): Micros {
  const amount = requestedAmount(request, creditLimit);
  if (amount <= 0n) throw new DomainError('invalid', 'the amount must be above 0', '/amount');
  if (request.untilMs <= request.fromMs) {
    throw new DomainError('invalid', 'validUntil must be later than the beginning of the credit', '/validUntil');
  }
  if (request.untilMs <= nowMs) throw new DomainError('invalid', 'validUntil is already past', '/validUntil');
  const most = maximumAmount(cap, creditLimit);
  if (most !== null && amount > most) {
    throw new DomainError(
      'credit_above_maximum',
      `${formatCents(amount)} is above your maximum possible increase of ${formatCents(most)}`,
      request.percent === null ? '/amount' : '/percent',
    );
  }
  const latest = maximumUntil(cap, request.fromMs);
  if (latest !== null && request.untilMs > latest) {
    throw new DomainError(
      'credit_above_maximum',
      `you may lend for at most ${cap.maxDays} days: validUntil can be ${new Date(latest).toISOString()} at the latest`,
      '/validUntil',
    );
  }
  return amount;
}

function requestedAmount(request: GrantRequest, creditLimit: Micros): Micros {
  if ((request.amount === null) === (request.percent === null)) {
    throw new DomainError('invalid', 'give either amount or percent', '/amount');
  }
  if (request.amount !== null) return request.amount;
  if (creditLimit <= 0n) {
    throw new DomainError(
      'credit_limit_not_positive',
      'a percentage needs a positive permanent credit limit; give an amount instead',
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
