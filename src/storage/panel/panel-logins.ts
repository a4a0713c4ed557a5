import type { Queries, Transaction } from '../system/database.js';

/** Who may log in to the client panel. The login is a field of the client; the password is kept apart. */

export interface PanelLoginRow {
  readonly clientId: string;
  readonly resellerId: string;
  readonly name: string;
  readonly login: string;
  readonly billingEmail: string | null;
  /** null: none is set yet */
  readonly passwordHash: string | null;
  readonly isOpen: boolean;
}

/** By the login as it was typed, without case. */
export async function findPanelLogin(q: Queries, login: string): Promise<PanelLoginRow | null> {
  const [row] = await q<PanelLoginRow[]>`
    select c.id as "clientId", c.reseller_id as "resellerId", c.name, c.panel_login as login,
      c.billing_email as "billingEmail", p.password_hash as "passwordHash", c.client_panel and c.status <> 'deleted' as "isOpen"
    from clients c left join panel_passwords p on p.client_id = c.id
    where lower(c.panel_login) = lower(${login})`;
  return row ?? null;
}

export async function readPanelPasswordHash(q: Queries, clientId: string): Promise<string | null> {
  const [row] = await q<{ hash: string }[]>`
    select password_hash as hash from panel_passwords where client_id = ${clientId}`;
  return row?.hash ?? null;
}

export async function storePanelPassword(tx: Transaction, clientId: string, hash: string, at: Date): Promise<void> {
  await tx`
    insert into panel_passwords as known (client_id, password_hash, set_at) values (${clientId}, ${hash}, ${at})
    on conflict (client_id) do update set password_hash = excluded.password_hash, set_at = excluded.set_at`;
}

export async function recordPanelLogin(tx: Transaction, clientId: string, at: Date): Promise<void> {
  await tx`update panel_passwords set last_login_at = ${at} where client_id = ${clientId}`;
}

/** What staff see of a client's access to the panel. */
export interface PanelAccessRow {
  readonly passwordSetAt: Date | null;
  readonly lastLoginAt: Date | null;
  readonly sessions: number;
  /** of the newest invitation that was not used: how its email is doing; null: there is none */
  readonly invitationStatus: 'pending' | 'accepted' | 'uncertain' | 'failed' | null;
  readonly invitedAt: Date | null;
  readonly invitationExpiresAt: Date | null;
}

export async function readPanelAccess(q: Queries, clientId: string): Promise<PanelAccessRow> {
  const [row] = await q<PanelAccessRow[]>`
    select p.set_at as "passwordSetAt", p.last_login_at as "lastLoginAt",
      (select count(*)::int from panel_sessions s where s.client_id = c.id and s.expires_at > now()) as sessions,
      i.status as "invitationStatus", i.requested_at as "invitedAt", i.expires_at as "invitationExpiresAt"
    from clients c left join panel_passwords p on p.client_id = c.id
    left join lateral (
      select e.status, e.requested_at, e.expires_at from account_emails e
      where e.client_id = c.id and e.kind = 'panel_invitation' and e.used_at is null and e.revoked_at is null
      order by e.id desc limit 1) i on true
    where c.id = ${clientId}`;
  if (!row) throw new TypeError('a client that was just read has a row');
  return row;
}
