import type { TemplateKind } from '../../domain/notifications/mail-kinds.js';
import type { Queries, Sql, Transaction } from '../system/database.js';

/** Tests of templates, as a queue that the worker empties. */

export interface NewTestEmail {
  readonly userId: string;
  /** names the request */
  readonly requestId: string;
  readonly requestedAt: Date;
  readonly kind: TemplateKind;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export async function insertTestEmail(tx: Transaction, email: NewTestEmail): Promise<void> {
  await tx`
    insert into test_emails (user_id, request_id, requested_at, kind, subject, html, text)
    values (${email.userId}, ${email.requestId}, ${email.requestedAt}, ${email.kind}, ${email.subject}, ${email.html}, ${email.text})`;
}

/** Tests of one user wait for each other, until the transaction ends. */
export async function lockTestEmails(tx: Transaction, userId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`test emails ${userId}`}, 0))`;
}

export async function isTestRequested(q: Queries, requestId: string): Promise<boolean> {
  const rows = await q`select 1 from test_emails where request_id = ${requestId}`;
  return rows.length > 0;
}

/** The instants of the newest tests of a user after an instant, the newest first. */
export async function readRecentTests(q: Queries, userId: string, after: Date, limit: number): Promise<Date[]> {
  const rows = await q<{ at: Date }[]>`
    select requested_at as at from test_emails where user_id = ${userId} and requested_at > ${after}
    order by requested_at desc limit ${limit}`;
  return rows.map(({ at }) => at);
}

/** A test that the worker has claimed. */
export interface TestEmail {
  readonly id: string;
  /** of the user, as it is now */
  readonly email: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** names the claim */
  readonly attempts: number;
}

/** Longer than one SMTP dialogue can take: then the worker that claimed the email has died. */
const leaseMinutes = 15;
/** A test that comes late is of no use. */
const maxAttempts = 3;

/** Claims the test that has waited longest; null: none is due. Those of disabled users and those that are late end. */
export async function claimTestEmail(sql: Sql): Promise<TestEmail | null> {
  await sql`
    update test_emails e set status = 'failed', ended_at = now()
    from users u where u.id = e.user_id and (u.status = 'disabled' or e.attempts >= ${maxAttempts})
      and e.status = 'pending' and e.next_attempt_at <= now()`;
  const [claimed] = await sql<TestEmail[]>`
    update test_emails e
    set attempts = e.attempts + 1, next_attempt_at = now() + ${leaseMinutes} * interval '1 minute'
    from users u
    where u.id = e.user_id and e.id = (
      select id from test_emails where status = 'pending' and next_attempt_at <= now()
      order by id limit 1 for update skip locked)
    returning e.id, u.email, e.subject, e.html, e.text, e.attempts`;
  return claimed ?? null;
}

export async function endTestEmail(
  q: Queries,
  { id, attempts }: TestEmail,
  status: 'accepted' | 'uncertain' | 'failed',
): Promise<void> {
  await q`
    update test_emails set status = ${status}, ended_at = now()
    where id = ${id} and attempts = ${attempts} and status = 'pending'`;
}

/** The server refused it for now. */
export async function postponeTestEmail(q: Queries, { id, attempts }: TestEmail, minutes: number): Promise<void> {
  await q`
    update test_emails set next_attempt_at = now() + ${minutes} * interval '1 minute'
    where id = ${id} and attempts = ${attempts} and status = 'pending'`;
}
