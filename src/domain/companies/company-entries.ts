import { minuteMs } from '../durations.js';
import { DomainError } from '../errors.js';
import { moneyOf, type Micros } from '../money.js';
import { ledgerSides, type LedgerSide } from './company-balances.js';

/**
 * Entries of a company's ledger: a `payment` raises the balance, a `charge` lowers it, an `adjustment` corrects it, and a
 * `netting` moves both sides by the same amount, so that the mutual balance stays.
 */
export const companyEntryKinds = ['payment', 'charge', 'adjustment', 'netting'] as const;
export type CompanyEntryKind = (typeof companyEntryKinds)[number];

export interface NewCompanyEntry {
  readonly companyId: string;
  /** null: of a netting, which is of both */
  readonly side: LedgerSide | null;
  readonly kind: CompanyEntryKind;
  readonly externalId: string;
  /** decimal string as the caller writes it: a charge is above zero */
  readonly amount: string;
  readonly currency: string;
  /** ms since 1970; null: now */
  readonly occurredAt: number | null;
  readonly source: string;
  readonly note: string | null;
}

/** Longest time by which an entry may lie in the future: clocks differ. */
const futureToleranceMs = 5 * minuteMs;

/**
 * The sides that an entry is of, and its amount as it acts on their balances.
 *
 * @throws DomainError `invalid`, `currency_mismatch`
 */
export function entryEffect(
  entry: Pick<NewCompanyEntry, 'side' | 'kind' | 'amount' | 'currency' | 'occurredAt'>,
  currencies: Readonly<Record<LedgerSide, string>>,
  now: number,
): { readonly sides: readonly LedgerSide[]; readonly amount: Micros } {
  const { side, kind, currency, occurredAt } = entry;
  if ((side === null) !== (kind === 'netting')) {
    throw kind === 'netting'
      ? new DomainError('invalid', 'must be absent: a netting is of both sides', '/side')
      : new DomainError('invalid', 'is required: their or our', '/side');
  }
  const sides = side === null ? ledgerSides : [side];
  const other = sides.find((one) => currencies[one] !== currency);
  if (other !== undefined) {
    throw new DomainError(
      'currency_mismatch',
      `the ${other} balance is in ${currencies[other]}: send the amount in that currency`,
      '/currency',
    );
  }
  const amount = moneyOf(entry.amount);
  if (amount === 0n) throw new DomainError('invalid', 'must not be zero', '/amount');
  if (amount < 0n && (kind === 'payment' || kind === 'charge')) {
    throw new DomainError('invalid', `must be above zero: correct a ${kind} with an adjustment`, '/amount');
  }
  if (occurredAt !== null && occurredAt > now + futureToleranceMs) {
    throw new DomainError('invalid', 'must not be more than 5 minutes in the future', '/at');
  }
  return { sides, amount: kind === 'charge' ? -amount : amount };
}
