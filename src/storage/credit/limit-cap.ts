import type { Fragment } from 'postgres';
import type { MaximumAmount } from '../../domain/credit/maximum-amount.js';
import type { Queries } from '../system/database.js';

/** The highest permanent credit limit to which a key or a user may raise a client's; null: no maximum. */
export interface LimitCap {
  /** decimal string in `limitCurrency` */
  readonly maxLimit: string | null;
  readonly limitCurrency: string | null;
}

export const noLimitCap: LimitCap = { maxLimit: null, limitCurrency: null };

export function limitOf({ maxLimit, limitCurrency }: LimitCap): MaximumAmount {
  return { amount: maxLimit, currency: limitCurrency };
}

/** Its columns of `users u` or `api_keys k`. */
export function limitCapColumns(q: Queries, table: Fragment): Fragment {
  return q`${table}.max_limit_amount as "maxLimit", ${table}.max_limit_currency as "limitCurrency"`;
}
