import { recoveryEventKinds, silentEventKinds } from '../../domain/events/event-groups.js';
import type { EventData, EventKind } from '../../domain/events/events.js';
import type { Fragment } from 'postgres';
import type { Queries, Sql } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';

/** Events that staff reads about in one email. */
export interface EventEmail {
  readonly group: string;
  /** names the claim */
  readonly leaseUntil: Date;
  readonly total: number;
  /** the first of them */
  readonly events: readonly EmailedEvent[];
}

export interface EmailedEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly data: EventData;
  readonly firstAt: Date;
  /** null: it is open */
  readonly resolvedAt: Date | null;
  readonly times: number;
  readonly clientId: string | null;
  readonly clientName: string | null;
}

/** Longer than one SMTP dialogue can take: then the worker that claimed the email has died. */
const leaseMinutes = 15;
const retryMinutes = 2;
/** An end that could not be emailed for so long is no news. */
const recoveryDays = 1;
/** One email per group in this time. */
const emailEveryMinutes = 60;

/**
 * Claims the open events of one group that were not emailed yet. A group is not due within an hour of its last email, nor
 * while another worker emails it.
 *
 * @param limit events that are read; all are claimed
 * @returns null when no group is due
 */
export async function claimEventEmail(sql: Sql, limit: number): Promise<EventEmail | null> {
  const claimed: { email: EventEmail | null } = { email: null };
  await inTransaction(sql, async (tx) => {
    // One worker claims at a time; the others try again in their next round.
    const [lock] = await tx<{ isMine: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('events.email', 0)) as "isMine"`;
    if (!lock?.isMine) return;
    const rows = await tx<(EmailedEvent & Pick<EventEmail, 'group' | 'leaseUntil' | 'total'>)[]>`
      with due as (
        select waiting.email_group from (
          select email_group, min(id) as first, max(email_lease_until) as lease_until from events
          where resolved_at is null and emailed_at is null and kind <> all (${silentEventKinds}::text[]) group by 1
        ) waiting
        where (lease_until is null or lease_until <= now()) and not exists (
          select 1 from events sent where sent.email_group = waiting.email_group
            and sent.emailed_at > now() - ${emailEveryMinutes} * interval '1 minute')
        order by first limit 1
      ),
      claimed as (
        update events set email_lease_until = date_trunc('second', now() + ${leaseMinutes} * interval '1 minute')
        where email_group = (select email_group from due) and resolved_at is null and emailed_at is null
        returning *
      )
      select e.email_group as "group", e.email_lease_until as "leaseUntil", (count(*) over ())::int as total,
        e.id, e.kind, e.data, e.first_at as "firstAt", e.resolved_at as "resolvedAt", e.times, e.client_id as "clientId", c.name as "clientName"
      from claimed e left join clients c on c.id = e.client_id order by e.id limit ${limit}`;
    const [first] = rows;
    if (first) claimed.email = { group: first.group, leaseUntil: first.leaseUntil, total: first.total, events: rows };
  });
  return claimed.email;
}

/**
 * Claims the events of one group whose causes have ended after staff was emailed about them. A group with an open event is
 * left alone, so that a cause that comes and goes is reported as ended once, when it stays away. What a person resolved needs no
 * email.
 *
 * @returns null when no group is due
 */
export async function claimRecoveryEmail(sql: Sql, limit: number): Promise<EventEmail | null> {
  const claimed: { email: EventEmail | null } = { email: null };
  await inTransaction(sql, async (tx) => {
    const [lock] = await tx<{ isMine: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('events.email', 0)) as "isMine"`;
    if (!lock?.isMine) return;
    const rows = await tx<(EmailedEvent & Pick<EventEmail, 'group' | 'leaseUntil' | 'total'>)[]>`
      with due as (
        select ended.email_group from (
          select email_group, min(id) as first, max(email_lease_until) as lease_until from events
          where ${ended(tx)} group by 1
        ) ended
        where (lease_until is null or lease_until <= now()) and not exists (
          select 1 from events again where again.email_group = ended.email_group and again.resolved_at is null)
        order by first limit 1
      ),
      claimed as (
        update events set email_lease_until = date_trunc('second', now() + ${leaseMinutes} * interval '1 minute')
        where email_group = (select email_group from due) and ${ended(tx)}
        returning *
      )
      select e.email_group as "group", e.email_lease_until as "leaseUntil", (count(*) over ())::int as total,
        e.id, e.kind, e.data, e.first_at as "firstAt", e.resolved_at as "resolvedAt", e.times, e.client_id as "clientId",
        c.name as "clientName"
      from claimed e left join clients c on c.id = e.client_id order by e.id limit ${limit}`;
    const [first] = rows;
    if (first) claimed.email = { group: first.group, leaseUntil: first.leaseUntil, total: first.total, events: rows };
  });
  return claimed.email;
}

function ended(q: Queries): Fragment {
  return q`(kind = any (${recoveryEventKinds}::text[]) and resolved_by = 'system' and emailed_at is not null
    and recovery_emailed_at is null and resolved_at > now() - ${recoveryDays} * interval '1 day')`;
}

/** Records that staff was emailed that the causes of the claimed events have ended. */
export async function markRecoveryEmailed(sql: Sql, { group, leaseUntil }: EventEmail): Promise<void> {
  await sql`
    update events set recovery_emailed_at = now(), email_lease_until = null
    where email_group = ${group} and email_lease_until = ${leaseUntil} and recovery_emailed_at is null`;
}

/** Gives the claim back: the server refused the email for now. */
export async function postponeRecoveryEmail(sql: Sql, { group, leaseUntil }: EventEmail): Promise<void> {
  await sql`
    update events set email_lease_until = now() + ${retryMinutes} * interval '1 minute'
    where email_group = ${group} and email_lease_until = ${leaseUntil} and recovery_emailed_at is null`;
}

/** Records that staff was emailed about the claimed events. */
export async function markEventsEmailed(sql: Sql, { group, leaseUntil }: EventEmail): Promise<void> {
  await sql`
    update events set emailed_at = now(), email_lease_until = null
    where email_group = ${group} and email_lease_until = ${leaseUntil} and emailed_at is null`;
}

/** Gives the claim back: the server refused the email for now. */
export async function postponeEventEmail(sql: Sql, { group, leaseUntil }: EventEmail): Promise<void> {
  await sql`
    update events set email_lease_until = now() + ${retryMinutes} * interval '1 minute'
    where email_group = ${group} and email_lease_until = ${leaseUntil} and emailed_at is null`;
}
