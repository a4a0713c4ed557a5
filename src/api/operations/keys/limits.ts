import { moneyOf } from '../../../domain/money.js';
import type { KeyCap } from '../../../storage/api-keys.js';
import type { Caller } from '../../context.js';
import { problemAt } from '../../problem.js';
import { allows } from '../../scopes.js';
import type { KeyBody } from './schema.js';

/** Nobody hands out more than they have: no other scopes, no higher maximum increase. */

/** @throws ApiProblem `scope_missing` naming the first scope that the caller does not have */
export function requireOwnScopes(caller: Caller, body: KeyBody): void {
  body.scopes.forEach((scope, index) => {
    if (scope === '*' ? caller.scopes.has('*') : allows(caller.scopes, scope)) return;
    throw problemAt('scope_missing', `#/scopes/${index}`, `your key does not have the scope ${scope} itself`);
  });
}

/**
 * The new key's bounds: as asked for, and where nothing was asked for the caller's own.
 *
 * @throws ApiProblem `credit_above_maximum`
 */
export function boundedCap(caller: Caller, asked: KeyBody['maximumIncrease']): KeyCap {
  const own = caller.cap;
  const amount = asked?.amount ?? null;
  const percent = asked?.percent ?? own.maxPercent;
  const days = asked?.days ?? own.maxDays;
  if (amount && own.maxAmount !== null) {
    const above = amount.currency !== own.currency || moneyOf(amount.amount) > moneyOf(own.maxAmount);
    if (above) throw aboveOwn('amount', `${own.maxAmount} ${own.currency ?? ''}`);
  }
  if (percent !== null && own.maxPercent !== null && moneyOf(percent) > moneyOf(own.maxPercent)) {
    throw aboveOwn('percent', `${own.maxPercent} %`);
  }
  if (days !== null && own.maxDays !== null && days > own.maxDays) throw aboveOwn('days', `${own.maxDays} days`);
  return {
    maxAmount: amount ? amount.amount : own.maxAmount,
    currency: amount ? amount.currency : own.currency,
    maxPercent: percent,
    maxDays: days,
  };
}

function aboveOwn(field: string, most: string): ReturnType<typeof problemAt> {
  return problemAt(
    'credit_above_maximum',
    `#/maximumIncrease/${field}`,
    `a key may be given at most your own maximum increase, ${most}`,
  );
}
