import type { AccountChange } from '../../domain/access/account-links.js';
import type { AccountEmailKind, UserEmailKind } from '../../domain/notifications/mail-kinds.js';
import type { Queries, Sql, Transaction } from '../system/database.js';

/** Emails about accounts, as a queue that the worker empties. Their links: account-links.ts. */

interface NewAccountEmail {
  readonly userId: string;
  readonly kind: UserEmailKind;
  readonly change: AccountChange | null;
  /** ms since 1970 */
  readonly at: number;
}

export async function enqueueAccountEmail(
  tx: Transaction,
  { userId, kind, change, at }: NewAccountEmail,
): Promise<void> {
  await tx`
    insert into account_emails (user_id, kind, change, requested_at, next_attempt_at)
    values (${userId}, ${kind}, ${change}, ${new Date(at)}, ${new Date(at)})`;
}

/** An email that the worker has claimed, with what its text needs. */
export interface AccountEmail {
  readonly id: string;
  readonly kind: AccountEmailKind;
  readonly change: AccountChange | null;
  readonly requestedAt: Date;
  /** names the claim */
  readonly attempts: number;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly timezone: string;
  readonly resellerId: string;
  readonly resellerName: string;
  /** to the client panel; null: the email is about a user */
  readonly login: string | null;
  /** of the change that must be confirmed */
  readonly oldEmail: string | null;
  readonly newEmail: string | null;
}

/** Longer than one SMTP dialogue can take: then the worker that claimed the email has died. */
const leaseMinutes = 15;

/**
 * Claims the email that has waited longest. Emails to users who have been disabled since are dropped; those about a client
 * panel that was switched off have ended with it.
 *
 * @returns null: none is due
 */
export async function claimAccountEmail(sql: Sql): Promise<AccountEmail | null> {
  await sql`
    update account_emails e set status = 'failed', ended_at = now()
    from users u where u.id = e.user_id and u.status = 'disabled' and e.status = 'pending' and e.next_attempt_at <= now()`;
  const [claimed] = await sql<AccountEmail[]>`
    update account_emails e
    set attempts = e.attempts + 1, next_attempt_at = now() + ${leaseMinutes} * interval '1 minute'
    from account_emails due
      left join users u on u.id = due.user_id
      left join clients c on c.id = due.client_id
      left join billing_email_changes b on b.id = due.email_change_id
      join resellers r on r.id = coalesce(u.reseller_id, c.reseller_id)
    where due.id = e.id and e.id = (
      select id from account_emails where status = 'pending' and next_attempt_at <= now()
      order by id limit 1 for update skip locked)
    returning e.id, e.kind, e.change, e.requested_at as "requestedAt", e.attempts, coalesce(u.name, c.name) as name,
      coalesce(e.recipient, u.email) as email, coalesce(u.locale, c.locale, r.locale) as locale,
      coalesce(u.timezone, c.timezone, r.timezone) as timezone, r.id as "resellerId", r.name as "resellerName", c.panel_login as login,
      b.old_email as "oldEmail", b.new_email as "newEmail"`;
  return claimed ?? null;
}

export async function endAccountEmail(
  q: Queries,
  { id, attempts }: AccountEmail,
  status: 'accepted' | 'uncertain' | 'failed',
): Promise<void> {
  await q`
    update account_emails set status = ${status}, ended_at = now()
    where id = ${id} and attempts = ${attempts} and status = 'pending'`;
}

/** The server refused it for now. */
export async function postponeAccountEmail(q: Queries, { id, attempts }: AccountEmail, minutes: number): Promise<void> {
  await q`
    update account_emails set next_attempt_at = now() + ${minutes} * interval '1 minute'
    where id = ${id} and attempts = ${attempts} and status = 'pending'`;
}
