import { allowsMore } from '../../domain/credit/maximum-amount.js';
import { moneyOf, moneyWithCurrency } from '../../domain/money.js';
import { increaseOf, type CreditCap } from '../../storage/credit/credit-cap.js';
import { limitOf, type LimitCap } from '../../storage/credit/limit-cap.js';
import type { UserRole } from '../../domain/access/roles.js';
import type { Caller } from '../context.js';
import type { Rights } from '../../services/access/rights-now.js';
import type { MaximumCreditLimit } from '../access/maximum-credit-limit.js';
import type { MaximumIncrease } from '../access/maximum-increase.js';
import { ApiProblem, problemAt } from '../http/problem.js';
import { firstScopeAbove } from '../access/rights.js';
import { roles } from '../../domain/access/roles.js';
import type { Scope } from '../../domain/access/scopes.js';

/** Callers can't grant more than they have: no other scopes, no higher maximum increase. */

/** @throws ApiProblem `scope_missing` naming the first scope that the caller does not have */
export function requireOwnScopes(caller: Caller, scopes: readonly Scope[]): void {
  const above = firstScopeAbove(caller.scopes, scopes);
  if (above === null) return;
  const detail = `must not contain ${above}: ${whose(caller)} does not have this scope`;
  throw problemAt('scope_missing', `#/scopes/${scopes.indexOf(above)}`, detail);
}

/** @throws ApiProblem `scope_missing` where the role may do what the caller may not */
export function requireOwnRole(caller: Caller, role: UserRole, pointer: string): void {
  const above = firstScopeAbove(caller.scopes, roles[role].scopes);
  if (above === null) return;
  const detail = `the role ${role} has the scope ${above}, which ${whose(caller)} does not have: choose another role`;
  throw problemAt('scope_missing', pointer, detail);
}

/**
 * The maximum of another user or key: as requested, else the caller's own.
 *
 * @throws ApiProblem `credit_above_maximum`
 */
export function limitToOwnMaximum(own: CreditCap, asked: MaximumIncrease | null | undefined): CreditCap {
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
    `must be within your own maximum increase, ${above.most}`,
  );
}

/** Whether an amount or a percentage is asked for, without which a user or key of a manager grants nothing. */
export function namesIncrease(asked: MaximumIncrease | null | undefined): boolean {
  return Boolean(asked?.amount ?? asked?.percent);
}

/**
 * A maximum that others get by default: an absent part is no maximum.
 *
 * @throws ApiProblem `credit_above_maximum`
 */
export function requireWithinOwnMaximum(own: CreditCap, asked: MaximumIncrease | null | undefined, at: string): void {
  const cap: CreditCap = {
    maxAmount: asked?.amount?.amount ?? null,
    currency: asked?.amount?.currency ?? null,
    maxPercent: asked?.percent ?? null,
    maxDays: asked?.days ?? null,
  };
  const above = firstAbove(own, cap);
  if (above === null) return;
  const detail = `must be within your own maximum increase, ${above.most}`;
  throw problemAt('credit_above_maximum', asked ? `${at}/${above.field}` : at, detail);
}

/**
 * The highest permanent credit limit for another user or key: as requested, and by default the caller's.
 *
 * @throws ApiProblem `credit_above_maximum`
 */
export function limitToOwnCreditLimit(own: LimitCap, asked: MaximumCreditLimit): LimitCap {
  const cap: LimitCap = asked ? { maxLimit: asked.amount, limitCurrency: asked.currency } : own;
  if (!allowsMore(limitOf(cap), limitOf(own))) return cap;
  throw problemAt(
    'credit_above_maximum',
    '#/maximumCreditLimit',
    `must be up to your own maximum credit limit, ${limitText(own)}`,
  );
}

/**
 * A user or key with more rights than the caller is neither changed nor revoked by the caller.
 *
 * @param what in a sentence, such as `this user`
 * @throws ApiProblem `scope_missing`, `credit_above_maximum`
 */
export function requireNoMoreRights(caller: Caller, { scopes, cap, limitCap }: Rights, what: string): void {
  const above = firstScopeAbove(caller.scopes, [...scopes]);
  if (above !== null) {
    const detail = `${what} has the scope ${above}, which ${whose(caller)} does not have: ask a user with that scope`;
    throw problemAt('scope_missing', '#/path/id', detail);
  }
  const increase = firstAbove(caller.cap, cap);
  if (increase !== null) {
    throw new ApiProblem(
      'credit_above_maximum',
      `${what} may grant more temporary credit than you (your maximum: ${increase.most}): ask an administrator with a ` +
        'higher maximum',
    );
  }
  if (!allowsMore(limitOf(limitCap), limitOf(caller.limitCap))) return;
  throw new ApiProblem(
    'credit_above_maximum',
    `${what} may set a higher credit limit than you (your maximum: ${limitText(caller.limitCap)}): ask an ` +
      'administrator with a higher maximum',
  );
}

function limitText({ maxLimit, limitCurrency }: LimitCap): string {
  return moneyWithCurrency(moneyOf(maxLimit ?? '0'), limitCurrency ?? '');
}

/** The first part that exceeds the caller's own; null: none is. */
function firstAbove(own: CreditCap, cap: CreditCap): { readonly field: string; readonly most: string } | null {
  if (own.maxAmount !== null && allowsMore(increaseOf(cap), increaseOf(own))) {
    return { field: 'amount', most: moneyWithCurrency(moneyOf(own.maxAmount), own.currency ?? '') };
  }
  if (own.maxPercent !== null && (cap.maxPercent === null || moneyOf(cap.maxPercent) > moneyOf(own.maxPercent))) {
    return { field: 'percent', most: `${own.maxPercent}%` };
  }
  if (own.maxDays !== null && (cap.maxDays === null || cap.maxDays > own.maxDays)) {
    return { field: 'days', most: `${own.maxDays} days` };
  }
  return null;
}

function whose(caller: Caller): string {
  return caller.kind === 'key' ? 'your key' : 'your role';
}
