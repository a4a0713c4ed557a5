import { ownCapColumns, type CreditCap } from '../credit/credit-cap.js';
import { limitCapColumns, type LimitCap } from '../credit/limit-cap.js';
import type { Queries, Sql } from '../system/database.js';
import type { UserRole } from '../../domain/access/roles.js';
import type { UserLocale } from './users.js';
import { createToken, isToken, tokenHashOf } from './tokens.js';

/** Sessions of users: each has a cookie that holds its token (tokens.ts). */

/** How long a session lasts; both hold. */
export interface SessionLimits {
  /** after the last request */
  readonly idleMs: number;
  /** after the login */
  readonly absoluteMs: number;
}

interface SessionOrigin {
  readonly address: string;
  readonly agent: string | null;
}

/** Of a session that began at the OpenID Connect provider. */
export interface OpenIdOrigin {
  /** of the session there; null: it names none */
  readonly sessionId: string | null;
}

/** A session that may be used now, with its user. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** began at the OpenID Connect provider */
  readonly isOpenId: boolean;
  readonly name: string;
  readonly email: string;
  readonly role: UserRole;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly isOperator: boolean;
  /** its reseller is a manager (domain/resellers/manager-limits.ts) */
  readonly isManager: boolean;
  readonly locale: UserLocale | null;
  readonly timezone: string | null;
  readonly preferences: Readonly<Record<string, unknown>>;
  readonly cap: CreditCap;
  readonly limitCap: LimitCap;
}

/** Begins a session. The returned token is the only copy of it. */
export async function createSession(
  q: Queries,
  userId: string,
  origin: SessionOrigin & { readonly openId?: OpenIdOrigin | null },
  limits: SessionLimits,
  nowMs: number,
): Promise<{ readonly id: string; readonly token: string }> {
  const token = createToken();
  const now = new Date(nowMs);
  const [row] = await q<{ id: string }[]>`
    insert into sessions (user_id, token_hash, address, agent, created_at, last_seen_at, expires_at, is_openid, openid_session)
    values (${userId}, ${tokenHashOf(token)}, ${origin.address.slice(0, 64)}, ${origin.agent?.slice(0, 300) ?? null}, ${now}, ${now},
      ${new Date(nowMs + limits.absoluteMs)}, ${Boolean(origin.openId)}, ${origin.openId?.sessionId?.slice(0, 255) ?? null})
    returning id`;
  if (!row) throw new Error('a session was not inserted');
  return { id: row.id, token };
}

interface FoundSession extends Omit<SessionRow, 'cap' | 'limitCap'>, CreditCap, LimitCap {}

/** Finds the session of a cookie, unless it or its user has ended, and notes that it was seen. */
export async function findSession(
  sql: Sql,
  token: string,
  limits: SessionLimits,
  nowMs: number,
): Promise<SessionRow | null> {
  if (!isToken(token)) return null;
  const [found] = await sql<FoundSession[]>`
    select s.id, s.user_id as "userId", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
      s.is_openid as "isOpenId", u.name, u.email, u.role, u.reseller_id as "resellerId", r.name as "resellerName",
      r.kind = 'operator' as "isOperator", r.kind = 'manager' as "isManager", u.locale, u.timezone,
      u.preferences, ${ownCapColumns(sql)}, ${limitCapColumns(sql, sql`u`)}
    from sessions s join users u on u.id = s.user_id join resellers r on r.id = u.reseller_id
    where s.token_hash = ${tokenHashOf(token)} and u.status = 'active' and s.expires_at > ${new Date(nowMs)}
      and s.last_seen_at > ${new Date(nowMs - limits.idleMs)}`;
  if (!found) return null;
  const { maxAmount, currency, maxPercent, maxDays, maxLimit, limitCurrency, ...row } = found;
  const lastSeenAt = await noteSeen(sql, row, nowMs);
  return {
    ...row,
    lastSeenAt,
    cap: { maxAmount, currency, maxPercent, maxDays },
    limitCap: { maxLimit, limitCurrency },
  };
}

const noteEveryMs = 60_000;

/** At most once a minute, so that a page that asks much does not write at every request. */
async function noteSeen(sql: Sql, row: Pick<SessionRow, 'id' | 'lastSeenAt'>, nowMs: number): Promise<Date> {
  if (nowMs - row.lastSeenAt.getTime() < noteEveryMs) return row.lastSeenAt;
  await sql`
    update sessions set last_seen_at = ${new Date(nowMs)}
    where id = ${row.id} and last_seen_at <= ${new Date(nowMs - noteEveryMs)}`;
  return new Date(nowMs);
}

interface SessionView extends SessionOrigin {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

/** Those of one user that can still be used, the last seen first. */
export async function listSessions(
  q: Queries,
  userId: string,
  limits: SessionLimits,
  nowMs: number,
): Promise<SessionView[]> {
  return q<SessionView[]>`
    select id, address, agent, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt"
    from sessions
    where user_id = ${userId} and expires_at > ${new Date(nowMs)} and last_seen_at > ${new Date(nowMs - limits.idleMs)}
    order by last_seen_at desc, id desc limit 200`;
}

/** Ends one session of a user; false where there is none. */
export async function deleteSession(q: Queries, userId: string, id: string): Promise<boolean> {
  const ended = await q`delete from sessions where id = ${id} and user_id = ${userId}`;
  return ended.count > 0;
}

/** Ends the session of a cookie, for any user. */
export async function endSessionOf(q: Queries, token: string): Promise<void> {
  await q`delete from sessions where token_hash = ${tokenHashOf(token)}`;
}

/** Ends all sessions of a user, but for the one that is to stay. */
export async function endSessions(q: Queries, userId: string, but: string | null): Promise<number> {
  const ended = await q`delete from sessions where user_id = ${userId} and (${but}::bigint is null or id <> ${but})`;
  return ended.count;
}
