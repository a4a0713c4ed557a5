import type { Fragment } from 'postgres';
import type { UserRole } from '../../domain/access/roles.js';
import { DomainError } from '../../domain/errors.js';
import { capColumns, ownCapColumns, type CreditCap } from '../credit/credit-cap.js';
import { limitCapColumns, type LimitCap } from '../credit/limit-cap.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';

export const userStatuses = ['active', 'disabled'] as const;
export type UserStatus = (typeof userStatuses)[number];

/** Languages of the web page. */
export const userLocales = ['en', 'uk'] as const;
export type UserLocale = (typeof userLocales)[number];

/** An email that invites the user to set a password. Times are texts, as JSON of the database has them. */
interface InvitationRow {
  readonly status: 'pending' | 'accepted' | 'uncertain' | 'failed';
  readonly requestedAt: string;
  /** of its link; null: not sent yet */
  readonly expiresAt: string | null;
}

/** Users of a reseller: profiles can notify them (docs/manuals.md#user-notification). With a password, they can log in. */
export interface UserRow extends CreditCap, LimitCap {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  /** of a manager */
  readonly isManager: boolean;
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly status: UserStatus;
  readonly hasPassword: boolean;
  /** logs in with an authenticator app, too */
  readonly hasSecondFactor: boolean;
  /** the newest one that was neither used nor revoked; null: none */
  readonly invitation: InvitationRow | null;
  /** null: as the browser says */
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly lastLoginAt: Date | null;
  /** profiles that notify this user */
  readonly profiles: number;
  readonly version: number;
  readonly createdAt: Date;
}

function columns(q: Queries): Fragment {
  return q`
    u.id, u.reseller_id as "resellerId", r.name as "resellerName", r.kind = 'manager' as "isManager", u.name, u.email, u.role, u.status,
    u.password_hash is not null as "hasPassword",
    exists (select 1 from second_factors f where f.user_id = u.id and f.secret is not null) as "hasSecondFactor",
    (select jsonb_build_object('status', e.status, 'requestedAt', e.requested_at, 'expiresAt', e.expires_at)
      from account_emails e
      where e.user_id = u.id and e.kind = 'user_invitation' and e.used_at is null and e.revoked_at is null
      order by e.id desc limit 1) as invitation, u.locale, u.timezone, u.preferences, ${capColumns(q, q`u`)},
    ${limitCapColumns(q, q`u`)},
    u.last_login_at as "lastLoginAt", u.version, u.created_at as "createdAt",
    (select count(distinct k.profile_id)::int from profile_rules k where k.user_ids @> array[u.id]) as profiles`;
}

export async function findUser(q: Queries, withinId: string, id: string): Promise<UserRow | null> {
  const [row] = await q<UserRow[]>`
    select ${columns(q)} from users u join resellers r on r.id = u.reseller_id
    where u.id = ${id} and ${visibleReseller(q, q`u.reseller_id`, withinId)}`;
  return row ?? null;
}

/** What an active user may do, read for the system itself; null: deleted or disabled. */
export async function findActiveUser(
  q: Queries,
  id: string,
): Promise<{
  readonly role: UserRole;
  readonly resellerId: string;
  readonly isOperator: boolean;
  readonly cap: CreditCap;
  readonly limitCap: LimitCap;
} | null> {
  const [row] = await q<(CreditCap & LimitCap & { role: UserRole; resellerId: string; isOperator: boolean })[]>`
    select u.role, u.reseller_id as "resellerId", r.kind = 'operator' as "isOperator", ${ownCapColumns(q)},
      ${limitCapColumns(q, q`u`)}
    from users u join resellers r on r.id = u.reseller_id where u.id = ${id} and u.status = 'active'`;
  if (!row) return null;
  const { role, resellerId, isOperator, maxLimit, limitCurrency, ...cap } = row;
  return { role, resellerId, isOperator, cap, limitCap: { maxLimit, limitCurrency } };
}

export async function lockUser(tx: Transaction, withinId: string, id: string): Promise<UserRow | null> {
  await tx`select 1 from users where id = ${id} for update`;
  return findUser(tx, withinId, id);
}

type UserSort = 'id' | 'name' | 'email' | 'createdAt' | 'lastLoginAt';

interface UserFilter {
  readonly resellerId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** null: any */
  readonly role: readonly UserRole[] | null;
  readonly status: UserStatus | null;
}

export function userList(q: Queries, withinId: string, filter: UserFilter): ListQuery<UserRow, UserSort> {
  const wanted = q`
    r.path @> array[${withinId}::bigint]
    and (${filter.resellerId}::bigint is null or r.path @> array[${filter.resellerId}::bigint])
    and (${filter.name}::text is null or starts_with(lower(u.name), lower(${filter.name})))
    and (${filter.email}::text is null or lower(u.email) = lower(${filter.email}))
    and (${filter.role === null} or u.role = any (${[...(filter.role ?? [])]}))
    and (${filter.status}::text is null or u.status = ${filter.status})`;
  return {
    columns: {
      id: { expression: q`u.id`, type: 'bigint' },
      name: { expression: q`lower(u.name)`, type: 'text' },
      email: { expression: q`lower(u.email)`, type: 'text' },
      createdAt: { expression: q`u.created_at`, type: 'timestamptz' },
      lastLoginAt: { expression: q`coalesce(u.last_login_at, '-infinity')`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from users u join resellers r on r.id = u.reseller_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from users u join resellers r on r.id = u.reseller_id where ${wanted}`,
  };
}

/**
 * Makes sure that users exist. Within a transaction, they cannot be deleted until it ends.
 *
 * @param known ids that were there before, which stay allowed
 * @throws DomainError `not_found` naming the first id that is no user within the subtree
 */
export async function requireUsers(
  q: Queries,
  withinId: string,
  ids: readonly string[],
  known: readonly string[],
  pointer: string,
): Promise<void> {
  const asked = ids.filter((id) => !known.includes(id));
  if (asked.length === 0) return;
  const found = await q<{ id: string }[]>`
    select u.id from users u
    where u.id = any (${asked}::bigint[]) and ${visibleReseller(q, q`u.reseller_id`, withinId)}
    for share of u`;
  const missing = asked.find((id) => !found.some((row) => row.id === id));
  if (missing === undefined) return;
  throw new DomainError('not_found', `there is no user ${missing}`, `${pointer}/${ids.indexOf(missing)}`);
}
