import { DomainError } from '../errors.js';
import { applyPatch, type Patch } from '../patch.js';

/** When a client is invoiced, and how long after that it must have paid (docs/concepts.md#payment-terms). */

export const paymentModes = ['every', 'on'] as const;
type PaymentMode = (typeof paymentModes)[number];

export const longestInterval = 366;
/** The last day that every month has. */
const lastDay = 28;
export const maxReminders = 10;

export interface PaymentTermsFields {
  readonly resellerId: string;
  readonly name: string;
  readonly mode: PaymentMode;
  /** mode `every`: days between invoices; else null */
  readonly days: number | null;
  /** mode `on`: day of the month; else null */
  readonly day: number | null;
  /** days from the issue of an invoice until it is due; 0: at once */
  readonly graceDays: number;
  /** days before the due date on which the client is reminded, in ascending order */
  readonly remindBefore: readonly number[];
  /** days after it */
  readonly remindAfter: readonly number[];
}

/**
 * The terms as they are kept: a day that some months do not have becomes the last one that all have, reminders are in
 * order and each once.
 *
 * @throws DomainError `invalid` where the number of the mode is missing, or that of the other mode is given
 */
export function settledTerms(fields: PaymentTermsFields): PaymentTermsFields {
  const { mode, days, day } = fields;
  if (mode === 'every') {
    if (days === null) throw new DomainError('invalid', 'must be given: an invoice every so many days', '/days');
    if (day !== null) throw new DomainError('invalid', 'must be null: with mode "every", set `days`', '/day');
  } else {
    if (day === null) throw new DomainError('invalid', 'must be given: the day of the month, 1 to 31', '/day');
    if (days !== null) throw new DomainError('invalid', 'must be null: with mode "on", set `day`', '/days');
  }
  return {
    ...fields,
    day: day === null ? null : Math.min(day, lastDay),
    remindBefore: inOrder(fields.remindBefore),
    remindAfter: inOrder(fields.remindAfter),
  };
}

/** The terms after a change. Another mode drops the number of the one before. @throws DomainError `invalid` */
export function changedTerms(before: PaymentTermsFields, patch: Patch<PaymentTermsFields>): PaymentTermsFields {
  const isSwitched = patch.mode !== undefined && patch.mode !== before.mode;
  return settledTerms(applyPatch(isSwitched ? { ...before, days: null, day: null } : before, patch));
}

/** A day that was asked for is in no month that is shorter: it is lowered. */
export function isLowered(askedDay: number | null | undefined): boolean {
  return typeof askedDay === 'number' && askedDay > lastDay;
}

function inOrder(days: readonly number[]): readonly number[] {
  return [...new Set(days)].sort((one, other) => one - other);
}
