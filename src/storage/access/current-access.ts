import type { UserRole } from '../../domain/access/roles.js';
import type { Queries } from '../system/database.js';

/** What callers of open streams may do now. What has ended has no row. */

interface KeyAccess {
  readonly id: string;
  readonly resellerId: string;
  readonly scopes: readonly string[];
  readonly ownerRole: UserRole | null;
}

export async function readKeyAccess(
  q: Queries,
  ids: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, KeyAccess>> {
  const rows = await q<KeyAccess[]>`
    select k.id, k.reseller_id as "resellerId", k.scopes, u.role as "ownerRole"
    from api_keys k left join users u on u.id = k.owner_id
    where k.id = any (${[...ids]}::bigint[]) and k.revoked_at is null
      and (k.expires_at is null or k.expires_at > ${new Date(nowMs)}) and u.status is distinct from 'disabled'`;
  return new Map(rows.map((row) => [row.id, row]));
}

interface SessionAccess {
  readonly id: string;
  readonly resellerId: string;
  readonly role: UserRole;
}

export async function readSessionAccess(
  q: Queries,
  ids: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, SessionAccess>> {
  const rows = await q<SessionAccess[]>`
    select s.id, u.reseller_id as "resellerId", u.role from sessions s join users u on u.id = s.user_id
    where s.id = any (${[...ids]}::bigint[]) and s.expires_at > ${new Date(nowMs)} and u.status = 'active'`;
  return new Map(rows.map((row) => [row.id, row]));
}
