import { createToken, isToken, tokenHashOf } from '../access/tokens.js';
import type { SessionLimits } from '../access/sessions.js';
import type { Queries, Sql } from '../system/database.js';

/** Sessions of the client panel, apart from those of staff: neither cookie is known to the other side. */

interface SessionOrigin {
  readonly address: string;
  readonly agent: string | null;
}

/** A session that may be used now, with its client. */
export interface PanelSessionRow {
  readonly id: string;
  readonly clientId: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly name: string;
  readonly login: string;
  readonly status: 'active' | 'stop';
  readonly resellerId: string;
  readonly resellerName: string;
  readonly currency: string;
  readonly locale: string;
  readonly timezone: string;
}

/** Begins a session. The returned token is the only copy of it. */
export async function createPanelSession(
  q: Queries,
  clientId: string,
  origin: SessionOrigin,
  limits: SessionLimits,
  nowMs: number,
): Promise<string> {
  const token = createToken();
  const now = new Date(nowMs);
  await q`
    insert into panel_sessions (client_id, token_hash, address, agent, created_at, last_seen_at, expires_at)
    values (${clientId}, ${tokenHashOf(token)}, ${origin.address.slice(0, 64)}, ${origin.agent?.slice(0, 300) ?? null},
      ${now}, ${now}, ${new Date(nowMs + limits.absoluteMs)})`;
  return token;
}

/** Finds the session of a cookie, unless it has ended or the panel was switched off, and notes that it was seen. */
export async function findPanelSession(
  sql: Sql,
  token: string,
  limits: SessionLimits,
  nowMs: number,
): Promise<PanelSessionRow | null> {
  if (!isToken(token)) return null;
  const [row] = await sql<PanelSessionRow[]>`
    select s.id, s.client_id as "clientId", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt", c.name,
      c.panel_login as login, c.status, c.reseller_id as "resellerId", r.name as "resellerName", c.currency, c.locale, c.timezone
    from panel_sessions s join clients c on c.id = s.client_id join resellers r on r.id = c.reseller_id
    where s.token_hash = ${tokenHashOf(token)} and c.client_panel and c.status <> 'deleted'
      and s.expires_at > ${new Date(nowMs)} and s.last_seen_at > ${new Date(nowMs - limits.idleMs)}`;
  if (!row) return null;
  return { ...row, lastSeenAt: await noteSeen(sql, row, nowMs) };
}

const noteEveryMs = 60_000;

/** At most once a minute, so that a page that asks much does not write at every request. */
async function noteSeen(sql: Sql, row: Pick<PanelSessionRow, 'id' | 'lastSeenAt'>, nowMs: number): Promise<Date> {
  if (nowMs - row.lastSeenAt.getTime() < noteEveryMs) return row.lastSeenAt;
  await sql`
    update panel_sessions set last_seen_at = ${new Date(nowMs)}
    where id = ${row.id} and last_seen_at <= ${new Date(nowMs - noteEveryMs)}`;
  return new Date(nowMs);
}

/** Ends one session; it is no fault where it has ended before. */
export async function deletePanelSession(q: Queries, clientId: string, id: string): Promise<void> {
  await q`delete from panel_sessions where id = ${id} and client_id = ${clientId}`;
}

/** Ends the session of a cookie, of any client. */
export async function endPanelSessionOf(q: Queries, token: string): Promise<void> {
  await q`delete from panel_sessions where token_hash = ${tokenHashOf(token)}`;
}

/** Ends all sessions of a client, but for the one that is to stay. */
export async function endPanelSessions(q: Queries, clientId: string, but: string | null): Promise<number> {
  const ended = await q`
    delete from panel_sessions where client_id = ${clientId} and (${but}::bigint is null or id <> ${but})`;
  return ended.count;
}
