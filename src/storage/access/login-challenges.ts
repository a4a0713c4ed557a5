import { minuteMs } from '../../domain/durations.js';
import type { Queries, Transaction } from '../system/database.js';
import type { UserRole } from '../../domain/access/roles.js';
import { createToken, isToken, tokenHashOf } from './tokens.js';

/** Logins between password and second step (tokens.ts). */

const lifetimeMs = 10 * minuteMs;

/** The returned token is the only copy of it. */
export async function createChallenge(
  q: Queries,
  userId: string,
  nowMs: number,
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = createToken();
  const expiresAt = new Date(nowMs + lifetimeMs);
  await q`
    insert into login_challenges (token_hash, user_id, created_at, expires_at)
    values (${tokenHashOf(token)}, ${userId}, ${new Date(nowMs)}, ${expiresAt})`;
  return { token, expiresAt };
}

/** The user who has shown the password. */
export interface ChallengedUser {
  readonly id: string;
  readonly resellerId: string;
  readonly email: string;
  readonly name: string;
  readonly role: UserRole;
}

/** Null: unknown, expired, completed, or its user was disabled. */
export async function findChallenge(q: Queries, token: string, nowMs: number): Promise<ChallengedUser | null> {
  if (!isToken(token)) return null;
  const [user] = await q<ChallengedUser[]>`
    select u.id, u.reseller_id as "resellerId", u.email, u.name, u.role
    from login_challenges c join users u on u.id = c.user_id
    where c.token_hash = ${tokenHashOf(token)} and c.expires_at > ${new Date(nowMs)} and u.status = 'active'`;
  return user ?? null;
}

/** Completes a login: false where another request has done so. */
export async function deleteChallenge(tx: Transaction, token: string): Promise<boolean> {
  const deleted = await tx`delete from login_challenges where token_hash = ${tokenHashOf(token)}`;
  return deleted.count > 0;
}

export async function deleteChallengesOf(tx: Transaction, userId: string): Promise<void> {
  await tx`delete from login_challenges where user_id = ${userId}`;
}
