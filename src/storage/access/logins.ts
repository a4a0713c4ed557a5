import type { Queries } from '../system/database.js';
import type { UserRole } from '../../domain/access/roles.js';

/** Who may log in, and when they last did. */

export interface LoginRow {
  readonly id: string;
  readonly resellerId: string;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly status: 'active' | 'disabled';
  readonly role: UserRole;
  readonly hasSecondFactor: boolean;
}

export async function findLogin(q: Queries, email: string): Promise<LoginRow | null> {
  const [row] = await q<LoginRow[]>`
    select id, reseller_id as "resellerId", email, password_hash as "passwordHash", status, role,
      exists (select 1 from second_factors f where f.user_id = users.id and f.secret is not null) as "hasSecondFactor"
    from users where lower(email) = lower(${email})`;
  return row ?? null;
}

/** True when any user has a password. */
export async function hasLogins(q: Queries): Promise<boolean> {
  const found = await q`select 1 from users where password_hash is not null limit 1`;
  return found.length > 0;
}

export async function readPasswordHash(q: Queries, userId: string): Promise<string | null> {
  const [row] = await q<{ hash: string | null }[]>`select password_hash as hash from users where id = ${userId}`;
  return row?.hash ?? null;
}

export async function recordLogin(q: Queries, userId: string, nowMs: number): Promise<void> {
  await q`update users set last_login_at = ${new Date(nowMs)} where id = ${userId}`;
}
