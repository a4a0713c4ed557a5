import type { PanelLinkKind } from '../../domain/access/account-links.js';
import type { PanelEmailKind } from '../../domain/notifications/mail-kinds.js';
import { isToken, tokenHashOf } from '../access/tokens.js';
import type { Queries, Transaction } from '../system/database.js';

/** Emails about the client panel and the links in them: rows of `account_emails` with a client. */

interface NewPanelEmail {
  readonly clientId: string;
  readonly kind: PanelEmailKind;
  readonly recipient: string;
  readonly emailChangeId?: string;
  /** ms since 1970 */
  readonly at: number;
}

export async function enqueuePanelEmail(tx: Transaction, email: NewPanelEmail): Promise<void> {
  const { clientId, kind, recipient, emailChangeId = null, at } = email;
  const change = kind === 'panel_password_changed' ? 'password' : null;
  await tx`
    insert into account_emails (client_id, kind, recipient, email_change_id, change, requested_at, next_attempt_at)
    values (${clientId}, ${kind}, ${recipient}, ${emailChangeId}, ${change}, ${new Date(at)}, ${new Date(at)})`;
}

/** True where a link of this kind was requested within the last minute and still waits to be used. */
export async function wasRequestedJustNow(
  tx: Transaction,
  clientId: string,
  kind: PanelLinkKind,
  at: Date,
): Promise<boolean> {
  const found = await tx`
    select 1 from account_emails
    where client_id = ${clientId} and kind = ${kind} and used_at is null and revoked_at is null
      and requested_at > ${at}::timestamptz - interval '1 minute'`;
  return found.length > 0;
}

export interface PanelLink {
  readonly id: string;
  readonly kind: PanelLinkKind;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly recipient: string;
  readonly clientId: string;
  readonly resellerId: string;
  readonly clientName: string;
  readonly login: string;
  readonly isOpen: boolean;
  /** what it confirms; null: it sets a password */
  readonly emailChangeId: string | null;
  readonly oldEmail: string | null;
  readonly newEmail: string | null;
}

/** Null also for what is no token. */
export async function findPanelLink(q: Queries, token: string): Promise<PanelLink | null> {
  if (!isToken(token)) return null;
  const [row] = await q<PanelLink[]>`
    select e.id, e.kind, e.expires_at as "expiresAt", e.used_at as "usedAt", e.revoked_at as "revokedAt", e.recipient,
      e.client_id as "clientId", c.reseller_id as "resellerId", c.name as "clientName", c.panel_login as login,
      c.client_panel and c.status <> 'deleted' as "isOpen", e.email_change_id as "emailChangeId",
      b.old_email as "oldEmail", b.new_email as "newEmail"
    from account_emails e join clients c on c.id = e.client_id
      left join billing_email_changes b on b.id = e.email_change_id
    where e.token_hash = ${tokenHashOf(token)}`;
  return row ?? null;
}

/** Locked with its client, so that of two uses at once one waits for the other. */
export async function lockPanelLink(tx: Transaction, token: string): Promise<PanelLink | null> {
  if (!isToken(token)) return null;
  await tx`
    select 1 from account_emails e join clients c on c.id = e.client_id
    where e.token_hash = ${tokenHashOf(token)} for update`;
  return findPanelLink(tx, token);
}

/** Ends the links of a client, also those of emails that are not sent yet. */
export async function revokePanelLinks(
  tx: Transaction,
  clientId: string,
  kinds: readonly PanelLinkKind[],
): Promise<void> {
  await tx`
    update account_emails
    set revoked_at = now(), status = case when status = 'pending' then 'failed' else status end,
      ended_at = coalesce(ended_at, now())
    where client_id = ${clientId} and kind = any (${[...kinds]}) and used_at is null and revoked_at is null`;
}
