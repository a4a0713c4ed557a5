import type { Fragment } from 'postgres';
import type { Queries, Sql } from './database.js';

/**
 * The notification ledger: one row for every mail of every rule, claimed before it is handed to the SMTP server. The
 * key (client, rule, episode, number) comes from business facts, so it also holds when a workflow is reset, started
 * anew or run twice. `attempts` fences: only the latest attempt may go on to hand the mail over.
 */

export type NotificationStatus =
  'claimed' | 'sending' | 'handing_over' | 'retrying' | 'accepted' | 'failed' | 'uncertain';

export type MailKind =
  'low_balance' | 'low_funds_warning' | 'company_balance' | 'credit_granted' | 'credit_expiring' | 'credit_reverted';

export interface NotificationKey {
  readonly clientId: string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
}

/** What is kept of a mail as it is sent. */
export interface NewNotification extends NotificationKey {
  readonly kind: MailKind;
  readonly max: number | null;
  readonly checkAtMs: number;
  readonly recipients: readonly string[];
  readonly available: string | null;
  readonly currency: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly template: string;
  readonly locale: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
}

export interface NotificationRow {
  readonly id: string;
  readonly rule: string;
  readonly status: NotificationStatus;
  readonly attempts: number;
  readonly recipients: string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
}

export async function findNotification(sql: Queries, key: NotificationKey): Promise<NotificationRow | null> {
  const [row] = await sql<NotificationRow[]>`
    select ${columns(sql)} from notifications
    where client_id = ${key.clientId} and rule = ${key.rule} and episode = ${key.episode} and number = ${key.number}`;
  return row ?? null;
}

export async function readNotification(sql: Queries, id: string): Promise<NotificationRow | null> {
  const [row] = await sql<NotificationRow[]>`select ${columns(sql)} from notifications where id = ${id}`;
  return row ?? null;
}

/**
 * Claims a key for a mail as it is to be sent now. A key whose mail failed before is claimed again with the new
 * content; one whose mail is on its way, accepted or uncertain is left as it is and returned.
 */
export async function claimNotification(sql: Sql, mail: NewNotification): Promise<NotificationRow> {
  return sql.begin(async (tx) => {
    const [row] = await tx<NotificationRow[]>`
      insert into notifications
        (client_id, kind, rule, episode, number, max, status, check_at, recipients, available, currency, variables,
         template, locale, subject, html, text, message_id)
      values (${mail.clientId}, ${mail.kind}, ${mail.rule}, ${mail.episode}, ${mail.number}, ${mail.max}, 'claimed',
        ${new Date(mail.checkAtMs)}, ${mail.recipients as string[]}, ${mail.available}, ${mail.currency},
        ${tx.json(JSON.parse(JSON.stringify(mail.variables)))}, ${mail.template}, ${mail.locale}, ${mail.subject},
        ${mail.html}, ${mail.text}, ${mail.messageId})
      on conflict (client_id, rule, episode, number) do update set
        max = excluded.max, status = 'claimed', check_at = excluded.check_at, recipients = excluded.recipients,
        available = excluded.available, currency = excluded.currency, variables = excluded.variables,
        template = excluded.template, locale = excluded.locale, subject = excluded.subject, html = excluded.html,
        text = excluded.text, claimed_at = now(), ended_at = null, next_attempt_at = null
      where notifications.status = 'failed'
      returning ${columns(tx)}`;
    if (row) return row;
    const other = await findNotification(tx, mail);
    if (!other) throw new Error('a notification that stands in the way has vanished');
    return other;
  });
}

/** Begins an attempt and fences off the ones before; null when the mail is no longer to be sent. */
export async function beginAttempt(sql: Sql, id: string, requestedBy: string | null = null): Promise<number | null> {
  return sql.begin(async (tx) => {
    const [row] = await tx<{ attempts: number }[]>`
      update notifications set attempts = attempts + 1, status = 'sending', ended_at = null, next_attempt_at = null
      where id = ${id} and status in ('claimed', 'sending', 'retrying')
      returning attempts`;
    if (!row) return null;
    await tx`
      update notification_attempts set ended_at = now(), outcome = 'interrupted'
      where notification_id = ${id} and ended_at is null`;
    await tx`
      insert into notification_attempts (notification_id, attempt, started_at, requested_by)
      values (${id}, ${row.attempts}, now(), ${requestedBy})`;
    return row.attempts;
  });
}

/** All data is out but its end. False: a later attempt has taken over, and this one must not complete the mail. */
export async function markHandingOver(sql: Queries, id: string, attempt: number): Promise<boolean> {
  const rows = await sql`
    update notifications set status = 'handing_over' where id = ${id} and attempts = ${attempt} and status = 'sending'
    returning id`;
  return rows.length === 1;
}

export interface AttemptEnd {
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted';
  readonly code: number | null;
  readonly reply: string;
  readonly accepted?: readonly string[];
  readonly nextAttemptAtMs?: number;
}

const underway: readonly NotificationStatus[] = ['claimed', 'sending', 'retrying', 'handing_over'];

const statusAfter: Record<AttemptEnd['outcome'], NotificationStatus> = {
  accepted: 'accepted',
  refused: 'retrying',
  refused_for_good: 'failed',
  uncertain: 'uncertain',
  interrupted: 'uncertain',
};

/**
 * Records how an attempt ended. The attempt that learns that its mail was accepted says so even where a later one,
 * finding it between the end of the data and the reply, had called it uncertain.
 */
export async function endAttempt(sql: Sql, id: string, attempt: number, end: AttemptEnd): Promise<void> {
  const status = statusAfter[end.outcome];
  const ended = status === 'accepted' || status === 'failed' || status === 'uncertain';
  await sql.begin(async (tx) => {
    await tx`
      update notification_attempts set ended_at = now(), outcome = ${end.outcome}, code = ${end.code}, reply = ${end.reply.slice(0, 1000)}
      where notification_id = ${id} and attempt = ${attempt}`;
    await tx`
      update notifications set
        status = ${status === 'failed' || status === 'uncertain' ? orBefore(tx, tx`${status}::text`) : tx`${status}`},
        accepted = case when ${status} = 'accepted' then ${(end.accepted ?? []) as string[]} else accepted end,
        ended_at = ${ended ? tx`now()` : null},
        next_attempt_at = ${end.nextAttemptAtMs === undefined ? null : new Date(end.nextAttemptAtMs)}
      where id = ${id} and attempts = ${attempt} and status in ('sending', 'handing_over', 'uncertain')`;
  });
}

/** What became of a mail that was to be given up. */
export interface GivenUp {
  readonly rule: string;
  /** how the mail stands now */
  readonly status: NotificationStatus;
  /** how this call ended its delivery; null: it had ended before */
  readonly ended: 'failed' | 'uncertain' | null;
}

/**
 * Gives up a mail that was not handed over in its time; a later check may claim the same number again. One whose data
 * was out already may have arrived, and is uncertain instead; should its attempt still hear that it was accepted, it
 * says so. Null: there is no such mail.
 */
export async function giveUpNotification(sql: Sql, id: string, why: string): Promise<GivenUp | null> {
  return sql.begin(async (tx) => {
    const [row] = await tx<Pick<NotificationRow, 'rule' | 'status'>[]>`
      select rule, status from notifications where id = ${id} for update`;
    if (!row) return null;
    if (!underway.includes(row.status)) return { ...row, ended: null };
    const ended = row.status === 'handing_over' ? 'uncertain' : 'failed';
    const [now] = await tx<{ status: NotificationStatus }[]>`
      update notifications set
        status = ${orBefore(tx, tx`${ended}::text`)}, attempts = attempts + ${ended === 'failed' ? 1 : 0},
        ended_at = now(), next_attempt_at = null
      where id = ${id}
      returning status`;
    await tx`
      update notification_attempts set ended_at = now(), outcome = 'interrupted', reply = ${why}
      where notification_id = ${id} and ended_at is null`;
    return { rule: row.rule, status: now?.status ?? ended, ended };
  });
}

/**
 * Makes an ended mail ready to be sent once more by hand, under the same Message-ID; true also when it was ready
 * already. Should it not be accepted this time it is again what it was.
 */
export async function reopenNotification(sql: Queries, id: string): Promise<boolean> {
  const rows = await sql`
    update notifications set
      before_resend = case when status = 'claimed' then before_resend else status end,
      status = 'claimed', ended_at = null
    where id = ${id} and (status in ('failed', 'uncertain', 'accepted') or (status = 'claimed' and before_resend is not null))
    returning id`;
  return rows.length === 1;
}

/** A mail that may have been accepted before is not made less by a resend that did not work. */
function orBefore(tx: Queries, status: Fragment): Fragment {
  return tx`case when before_resend in ('accepted', 'uncertain') then before_resend else ${status} end`;
}

function columns(sql: Queries): ReturnType<Queries> {
  return sql`id, rule, status, attempts, recipients, subject, html, text, message_id as "messageId"`;
}
