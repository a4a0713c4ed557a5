import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Fragment } from 'postgres';
import { capColumns, noCap, userCapColumns, type CreditCap } from '../credit/credit-cap.js';
import { limitCapColumns, noLimitCap, type LimitCap } from '../credit/limit-cap.js';
import type { Queries, Sql, Transaction } from '../system/database.js';
import { visibleReseller } from '../system/tenancy.js';
import type { UserRole } from '../../domain/access/roles.js';

/**
 * Keys of programs that call the API: `lw_<environment>_<prefix>_<secret>`. The prefix finds the row; of the secret,
 * 192 random bits, only the SHA-256 is kept, which is enough for a secret that can't be guessed.
 */

export const keyEnvironments = ['live', 'test'] as const;
type KeyEnvironment = (typeof keyEnvironments)[number];

const keyPattern = /^lw_(?:live|test)_([0-9a-f]{12})_([0-9a-f]{48})$/;

/** The key is known and may not be used (any more). */
export type KeyRejection = 'malformed' | 'unknown' | 'revoked' | 'expired' | 'suspended';

export interface NewApiKey {
  readonly resellerId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** an actor, such as `key:7` or `system` */
  readonly createdBy: string;
  readonly environment?: KeyEnvironment;
  readonly expiresAt?: Date | null;
  readonly cap?: CreditCap;
  readonly limitCap?: LimitCap;
  /** the user whose key it is; null: a key of the company */
  readonly ownerId?: string | null;
}

export interface ApiKeyRow extends CreditCap, LimitCap {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly isOperator: boolean;
  /** its reseller is a manager (domain/resellers/manager-limits.ts) */
  readonly isManager: boolean;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  /** of the owner: such a key is refused while its owner is disabled */
  readonly ownerStatus: 'active' | 'disabled' | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Adds a key. The returned text is the only copy of it. */
export async function insertApiKey(
  tx: Transaction,
  input: NewApiKey,
): Promise<{ readonly id: string; readonly key: string }> {
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(24).toString('hex');
  const cap = input.cap ?? noCap;
  const { maxLimit, limitCurrency } = input.limitCap ?? noLimitCap;
  const [row] = await tx<{ id: string }[]>`
    insert into api_keys
      (reseller_id, name, prefix, secret_hash, scopes, max_credit_amount, max_credit_currency, max_credit_percent,
       max_credit_days, max_limit_amount, max_limit_currency, owner_id, created_by, expires_at)
    values (${input.resellerId}, ${input.name}, ${prefix}, ${hashOf(secret)}, ${[...input.scopes]}, ${cap.maxAmount},
      ${cap.currency}, ${cap.maxPercent}, ${cap.maxDays}, ${maxLimit}, ${limitCurrency},
      ${input.ownerId ?? null}, ${input.createdBy}, ${input.expiresAt ?? null})
    returning id`;
  if (!row) throw new Error('a key was not inserted');
  return { id: row.id, key: `lw_${input.environment ?? 'live'}_${prefix}_${secret}` };
}

/** What bounds a key that belongs to a user: what that user may do at this moment. */
export interface KeyOwner {
  readonly role: UserRole;
  readonly cap: CreditCap;
  readonly limitCap: LimitCap;
}

/** A key with what its owner may do now; null: it belongs to no user. */
export interface OwnedKey {
  readonly row: ApiKeyRow;
  readonly owner: KeyOwner | null;
}

interface FoundKey extends ApiKeyRow {
  readonly secretHash: Buffer;
  readonly ownerRole: UserRole | null;
  readonly ownerAmount: string | null;
  readonly ownerCurrency: string | null;
  readonly ownerPercent: string | null;
  readonly ownerDays: number | null;
  readonly ownerLimit: string | null;
  readonly ownerLimitCurrency: string | null;
}

/**
 * Finds the row of a key that may be used now. The reason for a refusal is returned only to a caller that knows its
 * secret.
 */
export async function authenticateKey(
  sql: Sql,
  key: string,
  nowMs: number,
): Promise<OwnedKey | { readonly fault: KeyRejection }> {
  const [, prefix, secret] = keyPattern.exec(key) ?? [];
  if (prefix === undefined || secret === undefined) return { fault: 'malformed' };
  const found = await findKeyWhere(sql, sql`k.prefix = ${prefix}`);
  // Compared in any case, so that an unknown prefix takes as long as a wrong secret.
  const equal = timingSafeEqual(hashOf(secret), found?.secretHash ?? noHash);
  if (!found || !equal) return { fault: 'unknown' };
  const fault = keyErrorOf(found, nowMs);
  if (fault) return { fault };
  await noteUse(sql, found, nowMs);
  return { row: found, owner: ownerOf(found) };
}

/** A key of the subtree with its owner, locked against others who would revoke it; null: there is none. */
export async function lockApiKey(tx: Transaction, withinId: string, id: string): Promise<OwnedKey | null> {
  const [found] = await tx<FoundKey[]>`
    select ${keyColumns(tx)}, ${ownerColumns(tx)} from ${keyTables(tx)}
    where k.id = ${id} and ${visibleReseller(tx, tx`k.reseller_id`, withinId)} for update of k`;
  return found ? { row: found, owner: ownerOf(found) } : null;
}

function ownerColumns(q: Queries): ReturnType<Queries> {
  const names = {
    maxAmount: 'ownerAmount',
    currency: 'ownerCurrency',
    maxPercent: 'ownerPercent',
    maxDays: 'ownerDays',
  };
  return q`
    u.role as "ownerRole", ${userCapColumns(q, names)}, u.max_limit_amount as "ownerLimit",
    u.max_limit_currency as "ownerLimitCurrency"`;
}

/** Why a key cannot be used at an instant; null: it can. */
export function keyErrorOf(
  row: Pick<ApiKeyRow, 'revokedAt' | 'expiresAt' | 'ownerStatus'>,
  nowMs: number,
): 'revoked' | 'expired' | 'suspended' | null {
  if (row.revokedAt) return 'revoked';
  if (row.expiresAt && row.expiresAt.getTime() <= nowMs) return 'expired';
  return row.ownerStatus === 'disabled' ? 'suspended' : null;
}

/** A key with what bounds it, whether it can be used or not; null: there is none. */
export async function findKeyForUse(q: Queries, id: string): Promise<OwnedKey | null> {
  const found = await findKeyWhere(q, q`k.id = ${id}`);
  return found && { row: found, owner: ownerOf(found) };
}

async function findKeyWhere(q: Queries, wanted: Fragment): Promise<FoundKey | null> {
  const [found] = await q<FoundKey[]>`
    select ${keyColumns(q)}, k.secret_hash as "secretHash", ${ownerColumns(q)}
    from ${keyTables(q)}
    where ${wanted}`;
  return found ?? null;
}

function ownerOf(found: FoundKey): KeyOwner | null {
  if (found.ownerRole === null) return null;
  const { ownerRole, ownerAmount, ownerCurrency, ownerPercent, ownerDays, ownerLimit, ownerLimitCurrency } = found;
  const cap = { maxAmount: ownerAmount, currency: ownerCurrency, maxPercent: ownerPercent, maxDays: ownerDays };
  return { role: ownerRole, cap, limitCap: { maxLimit: ownerLimit, limitCurrency: ownerLimitCurrency } };
}

const noHash = Buffer.alloc(32);
const noteEveryMs = 60_000;

/** At most once a minute, so that a busy key does not write at every request. */
async function noteUse(sql: Sql, row: ApiKeyRow, nowMs: number): Promise<void> {
  if (row.lastUsedAt && nowMs - row.lastUsedAt.getTime() < noteEveryMs) return;
  await sql`
    update api_keys set last_used_at = ${new Date(nowMs)}
    where id = ${row.id} and (last_used_at is null or last_used_at <= ${new Date(nowMs - noteEveryMs)})`;
}

export function keyColumns(q: Queries): ReturnType<Queries> {
  return q`
    k.id, k.reseller_id as "resellerId", r.name as "resellerName", r.kind = 'operator' as "isOperator",
    r.kind = 'manager' as "isManager", k.name, k.prefix,
    k.scopes, ${capColumns(q, q`k`)}, ${limitCapColumns(q, q`k`)}, k.owner_id as "ownerId", u.name as "ownerName", u.status as "ownerStatus",
    k.created_by as "createdBy", k.created_at as "createdAt", k.expires_at as "expiresAt",
    k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt"`;
}

/** What `keyColumns` are columns of. */
export function keyTables(q: Queries): ReturnType<Queries> {
  return q`api_keys k join resellers r on r.id = k.reseller_id left join users u on u.id = k.owner_id`;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
