import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { ApiKeyRow, KeyOwner } from '../../storage/access/api-keys.js';
import type { CreditCap } from '../../storage/credit/credit-cap.js';
import type { SessionLimits, SessionRow } from '../../storage/access/sessions.js';
import type { KeyCaller, UserCaller } from '../context.js';
import { csrfTokenOf } from './csrf.js';
import { commonScopes } from './rights.js';
import { roles } from './roles.js';
import { isScope, type Scope } from './scopes.js';

/** A key that belongs to a user may do what both may at this moment: a role taken away is taken from the keys too. */
export function keyCaller(row: ApiKeyRow, owner: KeyOwner | null, requestId: string): KeyCaller {
  const own: ReadonlySet<Scope> = new Set(row.scopes.filter(isScope));
  const cap = { maxAmount: row.maxAmount, currency: row.currency, maxPercent: row.maxPercent, maxDays: row.maxDays };
  const id = `key:${row.id}`;
  return {
    kind: 'key',
    id,
    keyId: row.id,
    ownerId: row.ownerId,
    name: row.name,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    isOperator: row.isOperator,
    scopes: owner ? commonScopes(own, new Set(roles[owner.role].scopes)) : own,
    actor: { id, source: 'api', requestId },
    cap: owner ? narrowerCap(cap, owner.cap) : cap,
  };
}

/** @param token of the cookie, which the CSRF token is bound to */
export function userCaller(row: SessionRow, token: string, limits: SessionLimits, requestId: string): UserCaller {
  const { userId, name, email, role, resellerId, resellerName, isOperator, locale, timezone, preferences, cap } = row;
  const id = `user:${userId}`;
  const expiresAt = new Date(Math.min(row.expiresAt.getTime(), row.lastSeenAt.getTime() + limits.idleMs));
  return {
    kind: 'user',
    ...{ id, userId, name, email, role, resellerId, resellerName, isOperator, locale, timezone, preferences, cap },
    scopes: new Set(roles[role].scopes),
    actor: { id, source: 'web', requestId },
    session: { id: row.id, csrfToken: csrfTokenOf(token), expiresAt },
  };
}

function narrowerCap(key: CreditCap, owner: CreditCap): CreditCap {
  return {
    ...narrowerAmount(key, owner),
    maxPercent: least(key.maxPercent, owner.maxPercent, moneyOf),
    maxDays: least(key.maxDays, owner.maxDays, (days) => days),
  };
}

/** Of two amounts in different currencies nobody can say which is less: then nothing is lent in amounts. */
function narrowerAmount(key: CreditCap, owner: CreditCap): Pick<CreditCap, 'maxAmount' | 'currency'> {
  if (key.maxAmount === null) return { maxAmount: owner.maxAmount, currency: owner.currency };
  const { currency } = key;
  if (owner.maxAmount !== null && owner.currency !== currency) return { maxAmount: formatMoney(0n), currency };
  return { maxAmount: least(key.maxAmount, owner.maxAmount, moneyOf), currency };
}

function least<T>(a: T | null, b: T | null, measure: (value: T) => Micros | number): T | null {
  if (a === null || b === null) return a ?? b;
  return measure(a) <= measure(b) ? a : b;
}
