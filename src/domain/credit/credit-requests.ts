import { hourMs } from '../durations.js';
import { DomainError } from '../errors.js';
import { moneyWithCurrency, type Micros } from '../money.js';
import { toSecond } from '../monitoring/schedule.js';

/**
 * Credit above the maximum of who asks for it (docs/concepts.md#credit-requests): pending until another user decides,
 * it is withdrawn, or it expires. `approved` is a decision that is being carried out; then it is `granted`, or `refused`
 * where it could not be.
 */

export const creditRequestKinds = ['temporary', 'permanent'] as const;
export type CreditRequestKind = (typeof creditRequestKinds)[number];

export const creditRequestStatuses = ['pending', 'approved', 'granted', 'refused', 'expired', 'withdrawn'] as const;
export type CreditRequestStatus = (typeof creditRequestStatuses)[number];

/** When a request ends undecided: after so many hours, or when the credit would have ended. */
export function requestExpiry(atMs: number, hours: number, untilMs: number | null): number {
  const at = toSecond(atMs + hours * hourMs);
  return untilMs !== null && untilMs < at ? untilMs : at;
}

/** What was asked for, or is approved of it. */
interface CreditTerms {
  readonly amount: Micros;
  /** null: a permanent limit */
  readonly untilMs: number | null;
}

/**
 * Returns what is approved: all of the request, a smaller amount, or an earlier end.
 *
 * @throws DomainError `invalid` for more than was asked for
 */
export function approvedTerms(
  asked: CreditTerms & { readonly currency: string },
  approved: { readonly amount: Micros | null; readonly untilMs: number | null },
): CreditTerms {
  if (approved.amount !== null && approved.amount > asked.amount) {
    const most = moneyWithCurrency(asked.amount, asked.currency);
    throw new DomainError('invalid', `must be up to the amount of the request, ${most}`, '/amount');
  }
  if (approved.untilMs !== null && (asked.untilMs === null || approved.untilMs > asked.untilMs)) {
    const end = asked.untilMs === null ? null : new Date(asked.untilMs).toISOString();
    const detail =
      end === null ? 'must not be sent: a permanent limit has no end' : `must be ${end} or earlier, as requested`;
    throw new DomainError('invalid', detail, '/validUntil');
  }
  return { amount: approved.amount ?? asked.amount, untilMs: approved.untilMs ?? asked.untilMs };
}
