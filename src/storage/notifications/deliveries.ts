import type { Fragment } from 'postgres';
import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import type { Queries } from '../system/database.js';
import type { DeliveryChannel } from './notifications.js';

/**
 * The life of one delivery. Each step is one statement, and the row says at each moment what a crash would leave: until
 * the end of the data is due, the message may be sent again; from then on until the server's reply is recorded, it may
 * have arrived. `attempts` fences: only the latest attempt may complete the message.
 */

/** Stored statuses; the migration describes each and their order. */
export type DeliveryStatus = 'claimed' | 'sending' | 'transmitted' | 'retrying' | DeliveryOutcome;

export interface DeliveryRow {
  readonly id: string;
  readonly rule: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly recipient: string;
  readonly locale: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
  readonly attached: AttachedFiles | null;
  /** null: an email */
  readonly channel: DeliveryChannel | null;
  /** how often a user resent it */
  readonly resends: number;
  /** of the client or the company, where a channel's message leads; null: nowhere */
  readonly link: string | null;
}

export async function readDelivery(sql: Queries, id: string): Promise<DeliveryRow | null> {
  const [row] = await sql<DeliveryRow[]>`
    select ${columns(sql)}
    from deliveries d join notifications n on n.id = d.notification_id where d.id = ${id}`;
  return row ?? null;
}

/**
 * Begins an attempt and fences off the ones before; `attempts` is its number. Null when the message is not to be sent now.
 */
export async function beginAttempt(
  sql: Queries,
  id: string,
  requestedBy: string | null = null,
): Promise<DeliveryRow | null> {
  const [row] = await sql<DeliveryRow[]>`
    with begun as (
      update deliveries set attempts = attempts + 1, status = 'sending', ended_at = null, next_attempt_at = null
      where id = ${id} and status in ('claimed', 'sending', 'retrying') and (not_before is null or not_before <= now())
      returning *
    ), closed as (
      update delivery_attempts a set ended_at = now(), outcome = 'interrupted'
      from begun where a.delivery_id = begun.id and a.ended_at is null
    ), opened as (
      insert into delivery_attempts (delivery_id, attempt, started_at, requested_by)
      select id, attempts, now(), ${requestedBy} from begun
    )
    select ${columns(sql)}
    from begun d join notifications n on n.id = d.notification_id`;
  return row ?? null;
}

function columns(sql: Queries): Fragment {
  return sql`
    d.id, n.rule, d.status, d.attempts, d.recipient, d.locale, d.subject, d.html, d.text, d.message_id as "messageId",
    ${attachedFiles(sql)}, ${channelJson(sql)} as channel, d.resends,
    nullif(coalesce(n.variables #>> '{links,client}', n.variables #>> '{links,company}'), '') as link`;
}

/** A `DeliveryChannel` of `deliveries d` as JSON, or null. */
export function channelJson(q: Queries): Fragment {
  return q`case when d.channel_id is not null then
    json_build_object('id', d.channel_id::text, 'name', d.channel_name, 'format', d.channel_format) end`;
}

/** All data is out but its end. False: a later attempt has taken over, and this one must not complete the message. */
export async function markTransmitted(sql: Queries, id: string, attempt: number): Promise<boolean> {
  const rows = await sql`
    update deliveries set status = 'transmitted' where id = ${id} and attempts = ${attempt} and status = 'sending'
    returning id`;
  return rows.length === 1;
}

export interface AttemptEnd {
  /** `refused` is for now */
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted';
  readonly code: number | null;
  readonly reply: string;
  /** where another one follows: when it is expected; null: unknown */
  readonly nextAttemptAtMs?: number | null;
  /** of `uncertain`: the receiver knows a repeated message, so that another attempt follows */
  readonly repeat?: boolean;
  /** of `refused`: the receiver asked to wait until then; null: it did not */
  readonly notBeforeMs?: number | null;
}

const statusAfter: Record<AttemptEnd['outcome'], DeliveryStatus> = {
  accepted: 'accepted',
  refused: 'retrying',
  refused_for_good: 'failed',
  uncertain: 'uncertain',
  interrupted: 'uncertain',
};

/**
 * Records how an attempt ended, and returns the status of the delivery. The attempt that receives an acceptance records
 * it even where the delivery was called uncertain before the reply came; any other late end changes nothing.
 */
export async function endAttempt(
  sql: Queries,
  id: string,
  attempt: number,
  end: AttemptEnd,
): Promise<DeliveryStatus | null> {
  const status = end.repeat ? 'retrying' : statusAfter[end.outcome];
  const hasEnded = status !== 'retrying';
  const next = dateOf(end.nextAttemptAtMs);
  const [row] = await sql<{ status: DeliveryStatus }[]>`
    with closed as (
      update delivery_attempts
      set ended_at = now(), outcome = ${end.outcome}, code = ${end.code}, reply = ${end.reply.slice(0, 1000)}
      where delivery_id = ${id} and attempt = ${attempt}
    )
    update deliveries set
      status = ${status === 'failed' || status === 'uncertain' ? orBefore(sql, sql`${status}::text`) : sql`${status}`},
      accepted_at = ${status === 'accepted' ? sql`now()` : sql`accepted_at`},
      ended_at = ${hasEnded ? sql`now()` : null}, next_attempt_at = ${next},
      not_before = ${dateOf(end.notBeforeMs)}
    where id = ${id} and attempts = ${attempt}
      and (status in ('sending', 'transmitted') or (status = 'uncertain' and ${status} = 'accepted'))
    returning status`;
  return row?.status ?? null;
}

function dateOf(ms: number | null | undefined): Date | null {
  return ms === null || ms === undefined ? null : new Date(ms);
}

/** A delivery that was pending, and how it was ended. */
export interface AbandonedDelivery {
  readonly id: string;
  readonly rule: string;
  readonly ended: 'failed' | 'uncertain';
}

/**
 * Ends the pending deliveries of a notification, except those that a person has resent, or one delivery. A message whose
 * data was out already may have arrived and is uncertain; should its attempt still receive an acceptance, that is
 * recorded. All others have failed, and their attempts are fenced off.
 */
export async function abandonPending(
  sql: Queries,
  of: { readonly notificationId: string } | { readonly deliveryId: string },
  why: string,
): Promise<AbandonedDelivery[]> {
  const wanted =
    'deliveryId' in of
      ? sql`d.id = ${of.deliveryId}`
      : sql`d.notification_id = ${of.notificationId} and d.before_resend is null`;
  return sql<AbandonedDelivery[]>`
    with pending as (
      select d.id, d.notification_id, case when d.status = 'transmitted' or ${mayHaveArrived(sql)} then 'uncertain' else 'failed' end as ended
      from deliveries d where ${wanted} and d.status in ('claimed', 'sending', 'transmitted', 'retrying')
      order by d.id for update
    ), closed as (
      update delivery_attempts a set ended_at = now(), outcome = 'interrupted', reply = ${why}
      from pending p where a.delivery_id = p.id and a.ended_at is null
    ), changed as (
      update deliveries d set
        status = ${orBefore(sql, sql`p.ended`)}, attempts = attempts + case when p.ended = 'failed' then 1 else 0 end,
        ended_at = now(), next_attempt_at = null
      from pending p where d.id = p.id
    )
    select p.id, n.rule, p.ended from pending p join notifications n on n.id = p.notification_id`;
}

/** A request to a channel was not answered, and none of the attempts after it was accepted. */
function mayHaveArrived(sql: Queries): Fragment {
  return sql`(d.channel_id is not null and exists (
    select 1 from delivery_attempts u where u.delivery_id = d.id and u.outcome = 'uncertain'))`;
}

/**
 * Makes an ended delivery ready to be resent under the same Message-ID; true also when it was ready already. Should the
 * resend not be accepted, the delivery is again what it was. False: it is pending, or there is none.
 */
export async function reopenDelivery(sql: Queries, id: string): Promise<boolean> {
  const rows = await sql`
    update deliveries set
      before_resend = case when status = 'claimed' then before_resend else status end,
      resends = resends + case when status = 'claimed' then 0 else 1 end, not_before = null,
      status = 'claimed', ended_at = null, bounced_at = null, bounce_status = null, bounce_detail = null
    where id = ${id}
      and (status in ('failed', 'uncertain', 'accepted') or (status = 'claimed' and before_resend is not null))
    returning id`;
  return rows.length === 1;
}

/** Whose files a message has attached: the PDF of an invoice, or the rates of a rate notification. */
export type AttachedFiles = { readonly invoiceId: string } | { readonly rateNotificationId: string };

/** Of `deliveries d`; null: nothing is attached. */
export function attachedFiles(q: Queries): Fragment {
  return q`coalesce(
    (select jsonb_build_object('invoiceId', e.invoice_id::text) from invoice_emails e
      where e.notification_id = d.notification_id),
    (select jsonb_build_object('rateNotificationId', w.id::text) from rate_notifications w
      where w.notification_id = d.notification_id)) as attached`;
}

/** A delivery that may have arrived before is not made less by a resend that failed. */
function orBefore(sql: Queries, status: Fragment): Fragment {
  return sql`case when before_resend in ('accepted', 'uncertain') then before_resend else ${status} end`;
}
