import { commonScopes, isScope, type Scope } from '../../domain/access/scopes.js';
import { roles } from '../../domain/access/roles.js';
import { narrowerMaximum } from '../../domain/credit/maximum-amount.js';
import { moneyOf, type Micros } from '../../domain/money.js';
import { findKeyForUse, keyErrorOf, type OwnedKey } from '../../storage/access/api-keys.js';
import { findActiveUser } from '../../storage/access/users.js';
import { increaseOf, type CreditCap } from '../../storage/credit/credit-cap.js';
import { limitOf, type LimitCap } from '../../storage/credit/limit-cap.js';
import type { Queries } from '../../storage/system/database.js';

/** What a key or a user may do. */
export interface Rights {
  readonly scopes: ReadonlySet<Scope>;
  /** the maximum possible increase (docs/manuals.md#maximum-possible-increase) */
  readonly cap: CreditCap;
  /** the highest permanent credit limit to which it may raise a client's */
  readonly limitCap: LimitCap;
}

/** The rights of an actor with the subtree that it sees. */
export interface ActorRights extends Rights {
  readonly resellerId: string;
  readonly isOperator: boolean;
}

/** A key that belongs to a user may do what both may at this moment: a role taken away is taken from the keys too. */
export function keyRights({ row, owner }: OwnedKey): Rights {
  const scopes: ReadonlySet<Scope> = new Set(row.scopes.filter(isScope));
  const { maxAmount, currency, maxPercent, maxDays, maxLimit, limitCurrency } = row;
  const own = { scopes, cap: { maxAmount, currency, maxPercent, maxDays }, limitCap: { maxLimit, limitCurrency } };
  if (!owner) return own;
  return {
    scopes: commonScopes(scopes, new Set(roles[owner.role].scopes)),
    cap: narrowerCap(own.cap, owner.cap),
    limitCap: narrowerLimit(own.limitCap, owner.limitCap),
  };
}

/**
 * Reads what an actor may do now, for work that it began earlier.
 *
 * @param actorId `user:3`, `key:7`
 * @returns a text instead where the user or key can no longer do anything
 */
export async function readRightsNow(q: Queries, actorId: string, nowMs: number): Promise<ActorRights | string> {
  const [kind, id = ''] = actorId.split(':');
  if (kind === 'user') return (await readUserRights(q, id)) ?? 'the user who started it is disabled or deleted';
  if (kind === 'key') return readKeyRights(q, id, nowMs);
  throw new TypeError(`${actorId} is neither a user nor a key`);
}

async function readUserRights(q: Queries, id: string): Promise<ActorRights | null> {
  const user = await findActiveUser(q, id);
  if (!user) return null;
  const { role, resellerId, isOperator, cap, limitCap } = user;
  return { resellerId, isOperator, scopes: new Set(roles[role].scopes), cap, limitCap };
}

async function readKeyRights(q: Queries, id: string, nowMs: number): Promise<ActorRights | string> {
  const found = await findKeyForUse(q, id);
  const fault = found ? keyErrorOf(found.row, nowMs) : 'unknown';
  if (!found || fault) return `the API key that started it cannot be used any more (${fault ?? 'unknown'})`;
  const { resellerId, isOperator } = found.row;
  return { resellerId, isOperator, ...keyRights(found) };
}

function narrowerCap(key: CreditCap, owner: CreditCap): CreditCap {
  const { amount, currency } = narrowerMaximum(increaseOf(key), increaseOf(owner));
  return {
    maxAmount: amount,
    currency,
    maxPercent: least(key.maxPercent, owner.maxPercent, moneyOf),
    maxDays: least(key.maxDays, owner.maxDays, (days) => days),
  };
}

function narrowerLimit(key: LimitCap, owner: LimitCap): LimitCap {
  const { amount, currency } = narrowerMaximum(limitOf(key), limitOf(owner));
  return { maxLimit: amount, limitCurrency: currency };
}

function least<T>(a: T | null, b: T | null, measure: (value: T) => Micros | number): T | null {
  if (a === null || b === null) return a ?? b;
  return measure(a) <= measure(b) ? a : b;
}
