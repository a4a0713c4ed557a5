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

/**
 * A user or key of a manager grants what it was given: without an amount and a percentage, nothing.
 *
 * @param given what was asked for; absent parts of `cap` are the creator's
 */
export function managerCap(cap: CreditCap, given: boolean): CreditCap {
  return given ? cap : { ...cap, maxAmount: null, currency: null, maxPercent: '0' };
}

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

/**
 * What bounds a user: the own maximum, else that of the role, else that of the installation. Of `users u`, under the names
 * that are given.
 */
export function userCapColumns(q: Queries, names: Readonly<Record<keyof CreditCap, string>>): Fragment {
  const isOwn = q`(u.max_credit_amount is not null or u.max_credit_percent is not null or u.max_credit_days is not null)`;
  const of = (own: Fragment, path: string, type: Fragment): Fragment =>
    q`case when ${isOwn} then ${own} else (default_maximum(u.role) #>> ${path}::text[])::${type} end`;
  return q`
    ${of(q`u.max_credit_amount`, '{amount,amount}', q`numeric(18, 6)`)} as ${q(names.maxAmount)},
    ${of(q`u.max_credit_currency`, '{amount,currency}', q`text`)} as ${q(names.currency)},
    ${of(q`u.max_credit_percent`, '{percent}', q`numeric(7, 4)`)} as ${q(names.maxPercent)},
    ${of(q`u.max_credit_days`, '{days}', q`integer`)} as ${q(names.maxDays)}`;
}

/** The same under the names of `CreditCap`. */
export function ownCapColumns(q: Queries): Fragment {
  return userCapColumns(q, {
    maxAmount: 'maxAmount',
    currency: 'currency',
    maxPercent: 'maxPercent',
    maxDays: 'maxDays',
  });
}
