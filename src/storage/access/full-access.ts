import type { Transaction } from '../system/database.js';

/**
 * Who may do everything in the whole installation: administrators of the operator who can log in, and keys of the
 * operator with every scope that belong to no user. A key of a user goes with its user.
 */

/**
 * Makes changes that would end full access wait for others who would: two administrators who remove each other see one
 * another. Callers hold the row that they change; no one here waits for the row of another.
 */
export async function lockFullAccess(tx: Transaction): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('full access', 0))`;
}

/** Whether an administrator of the operator can log in, but for this user. */
export async function hasOtherAdministrator(tx: Transaction, userId: string): Promise<boolean> {
  const found = await tx`
    select 1 from users u join resellers r on r.id = u.reseller_id
    where r.kind = 'operator' and u.role = 'admin' and u.status = 'active' and u.password_hash is not null
      and u.id <> ${userId}
    limit 1`;
  return found.length > 0;
}

/** Whether a key with every scope can be used, but for this key. */
export async function hasOtherFullKey(tx: Transaction, keyId: string, nowMs: number): Promise<boolean> {
  const found = await tx`
    select 1 from api_keys k join resellers r on r.id = k.reseller_id
    where r.kind = 'operator' and '*' = any (k.scopes) and k.owner_id is null and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${new Date(nowMs)}) and k.id <> ${keyId}
    limit 1`;
  return found.length > 0;
}
