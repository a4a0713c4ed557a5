import type { Fragment } from 'postgres';
import type { MaximumAmount } from '../../domain/credit/maximum-amount.js';
import type { Queries } from '../system/database.js';

/** The maximum possible increase of a key or a user (docs/manuals.md#maximum-possible-increase); null: no maximum. */
export interface CreditCap {
  /** decimal string in `currency` */
  readonly maxAmount: string | null;
  readonly currency: string | null;
  /** of the permanent limit */
  readonly maxPercent: string | null;
  readonly maxDays: number | null;
}

export const noCap: CreditCap = { maxAmount: null, currency: null, maxPercent: null, maxDays: null };

/** The amount in it. */
export function increaseOf({ maxAmount, currency }: CreditCap): MaximumAmount {
  return { amount: maxAmount, currency };
}

/** Its columns of `users u` or `api_keys k`. */
export function capColumns(q: Queries, table: Fragment): Fragment {
  return q`
    ${table}.max_credit_amount as "maxAmount", ${table}.max_credit_currency as currency,
    ${table}.max_credit_percent as "maxPercent", ${table}.max_credit_days as "maxDays"`;
}
