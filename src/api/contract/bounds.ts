import { moneyOf } from '../../domain/money.js';
import type { CreditCap } from '../../storage/credit/credit-cap.js';
import type { UserRole } from '../../storage/access/users.js';
import type { Caller } from '../context.js';
import type { MaximumIncrease } from '../access/maximum-increase.js';
import { ApiProblem, problemAt } from '../http/problem.js';
import { firstScopeAbove } from '../access/rights.js';
import { roles } from '../access/roles.js';
import type { Scope } from '../access/scopes.js';

/** Nobody hands out more than they have: no other scopes, no higher maximum increase. */

/** @throws ApiProblem `scope_missing` naming the first scope that the caller does not have */
export function requireOwnScopes(caller: Caller, scopes: readonly Scope[]): void {
  const above = firstScopeAbove(caller.scopes, scopes);
  if (above === null) return;
  const detail = `${whose(caller)} does not have the scope ${above} itself`;
  throw problemAt('scope_missing', `#/scopes/${scopes.indexOf(above)}`, detail);
}

/** @throws ApiProblem `scope_missing` where the role may do what the caller may not */
export function requireOwnRole(caller: Caller, role: UserRole, pointer: string): void {
  const above = firstScopeAbove(caller.scopes, roles[role].scopes);
  if (above === null) return;
  const detail = `the role ${role} has the scope ${above}, which ${whose(caller)} does not have`;
  throw problemAt('scope_missing', pointer, detail);
}

/**
 * Bounds for somebody else: as asked for, and where nothing was asked for one's own.
 *
 * @throws ApiProblem `credit_above_maximum`
 */
export function boundedCap(own: CreditCap, asked: MaximumIncrease | null | undefined): CreditCap {
  const cap: CreditCap = {
    maxAmount: asked?.amount ? asked.amount.amount : own.maxAmount,
    currency: asked?.amount ? asked.amount.currency : own.currency,
    maxPercent: asked?.percent ?? own.maxPercent,
    maxDays: asked?.days ?? own.maxDays,
  };
  const above = firstAbove(own, cap);
  if (above === null) return cap;
  throw problemAt(
    'credit_above_maximum',
    `#/maximumIncrease/${above.field}`,
    `may be at most your own maximum increase, ${above.most}`,
  );
}

/** @throws ApiProblem `credit_above_maximum` where somebody may lend more than one may oneself */
export function requireWithinCap(own: CreditCap, cap: CreditCap): void {
  const above = firstAbove(own, cap);
  if (above === null) return;
  throw new ApiProblem('credit_above_maximum', `this user may lend more than you, who may lend at most ${above.most}`);
}

/** The first bound that is wider than one's own; null: none is. */
function firstAbove(own: CreditCap, cap: CreditCap): { readonly field: string; readonly most: string } | null {
  if (own.maxAmount !== null && isAmountAbove(own, cap)) {
    return { field: 'amount', most: `${own.maxAmount} ${own.currency ?? ''}` };
  }
  if (own.maxPercent !== null && (cap.maxPercent === null || moneyOf(cap.maxPercent) > moneyOf(own.maxPercent))) {
    return { field: 'percent', most: `${own.maxPercent} %` };
  }
  if (own.maxDays !== null && (cap.maxDays === null || cap.maxDays > own.maxDays)) {
    return { field: 'days', most: `${own.maxDays} days` };
  }
  return null;
}

function isAmountAbove(own: CreditCap, cap: CreditCap): boolean {
  if (own.maxAmount === null) return false;
  return cap.maxAmount === null || cap.currency !== own.currency || moneyOf(cap.maxAmount) > moneyOf(own.maxAmount);
}

function whose(caller: Caller): string {
  return caller.kind === 'key' ? 'your key' : 'your role';
}
