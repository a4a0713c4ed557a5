import { formatMoney, moneyOf } from '../money.js';

/** The most that a key or a user may give, a decimal string in `currency`; null: no maximum. */
export interface MaximumAmount {
  readonly amount: string | null;
  readonly currency: string | null;
}

/** Whether `given` allows more than `own`. Amounts in different currencies can't be compared: they count as more. */
export function allowsMore(given: MaximumAmount, own: MaximumAmount): boolean {
  if (own.amount === null) return false;
  return given.amount === null || given.currency !== own.currency || moneyOf(given.amount) > moneyOf(own.amount);
}

/** What both of them allow: of amounts in different currencies, which can't be compared, nothing. */
export function narrowerMaximum(key: MaximumAmount, owner: MaximumAmount): MaximumAmount {
  if (key.amount === null) return owner;
  if (owner.amount === null) return key;
  if (owner.currency !== key.currency) return { amount: formatMoney(0n), currency: key.currency };
  return moneyOf(owner.amount) < moneyOf(key.amount) ? owner : key;
}
