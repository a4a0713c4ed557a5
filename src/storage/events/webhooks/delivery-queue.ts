import { failingMs, retryWaitMs } from '../../../domain/events/webhook-retries.js';
import type { EventSnapshot } from '../../../domain/events/webhook-message.js';
import type { Queries, Sql, Transaction } from '../../system/database.js';
import { inTransaction } from '../../system/transaction.js';
import { raiseEvent } from '../raise-event.js';
import { skipPending } from './requeue.js';

/**
 * The sender's side of deliveries. A claim counts the attempt and commits before anything is sent; the outcome is recorded
 * under the attempt's number. Should the worker die in between, the claim ends and the delivery is sent again under the
 * same id: at least once, never lost.
 */

export interface ClaimedDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly messageId: string;
  readonly kind: string;
  readonly sequence: number;
  /** null: a test */
  readonly event: EventSnapshot | null;
  readonly createdAt: Date;
  /** names the claim */
  readonly attempt: number;
  readonly url: string;
  readonly secrets: readonly Uint8Array[];
  readonly secretPlace: string;
  readonly olderUntil: Date | null;
}

interface ClaimLimits {
  readonly total: number;
  /** that run at a time, so that one slow receiver leaves room for others */
  readonly perEndpoint: number;
  /** longer than a request can take: then the worker that claimed it has died */
  readonly leaseMs: number;
  /** between two states of one client to one endpoint, so that a client at its threshold does not flood a switch */
  readonly stateSpacingMs: number;
}

/** Rows that get their sequence at a time. */
const countedAtOnce = 5000;

/**
 * Claims deliveries that are due, those of one endpoint and subject one at a time and in their order. One that waits for
 * its retry does not hold up later ones: `sequence` shows the receiver which is newer. Of states only the newest is sent.
 */
export async function claimDeliveries(sql: Sql, limits: ClaimLimits): Promise<ClaimedDelivery[]> {
  const claimed: { rows: ClaimedDelivery[] } = { rows: [] };
  await inTransaction(sql, async (tx) => {
    // One worker counts and claims at a time.
    await tx`select pg_advisory_xact_lock(hashtextextended('events.webhooks', 0))`;
    await countSequences(tx);
    await supersedeStates(tx);
    claimed.rows = await tx<ClaimedDelivery[]>`
      with busy as (
        select endpoint_id, subject from webhook_deliveries where lease_until > now()
      ),
      due as (
        select d.id from webhook_endpoints e
        cross join lateral (
          select first.id, first.next_attempt_at from (
            select distinct on (w.subject) w.id, w.next_attempt_at from (
              select * from webhook_deliveries
              where endpoint_id = e.id and status = 'pending' and next_attempt_at <= now() and sequence is not null
                and (e.enabled or event_id is null)
                and subject not in (select b.subject from busy b where b.endpoint_id = e.id)
                and not (is_state and exists (
                  select 1 from webhook_sequences s
                  where s.endpoint_id = e.id and s.subject = webhook_deliveries.subject
                    and s.state_at > now() - ${limits.stateSpacingMs} * interval '1 ms'))
              order by next_attempt_at, id limit 200
            ) w
            order by w.subject, w.sequence
          ) first
          order by first.next_attempt_at, first.id
          limit greatest(0, ${limits.perEndpoint} - (select count(*) from busy b where b.endpoint_id = e.id))
        ) d
        order by d.next_attempt_at, d.id limit ${limits.total}
      ),
      claimed as (
        update webhook_deliveries d set attempts = attempts + 1, lease_until = now() + ${limits.leaseMs} * interval '1 ms',
          next_attempt_at = now() + ${limits.leaseMs} * interval '1 ms'
        from due where d.id = due.id returning d.*
      ),
      started as (
        insert into webhook_attempts (delivery_id, number, started_at) select id, attempts, now() from claimed
      ),
      spaced as (
        update webhook_sequences s set state_at = now()
        from claimed c where c.is_state and s.endpoint_id = c.endpoint_id and s.subject = c.subject
      )
      select c.id, c.endpoint_id as "endpointId", c.message_id as "messageId", c.kind, c.sequence::float8 as sequence,
        case when c.event_id is not null then c.event end as event, c.created_at as "createdAt", c.attempts as attempt,
        e.url, e.secrets, e.secret_place as "secretPlace", e.older_until as "olderUntil"
      from claimed c join webhook_endpoints e on e.id = c.endpoint_id order by c.id`;
  });
  return claimed.rows;
}

/** Gives new deliveries their sequences: by 1 within endpoint and subject, in the order in which they were queued. */
async function countSequences(tx: Transaction): Promise<void> {
  await tx`
    with fresh as (
      select id, endpoint_id, subject, row_number() over (partition by endpoint_id, subject order by id) as place
      from (select * from webhook_deliveries where sequence is null order by id limit ${countedAtOnce}) d
    ),
    counted as (
      insert into webhook_sequences as s (endpoint_id, subject, last)
      select endpoint_id, subject, max(place) from fresh group by 1, 2
      on conflict (endpoint_id, subject) do update set last = s.last + excluded.last
      returning s.endpoint_id, s.subject, s.last
    )
    update webhook_deliveries d
    set sequence = c.last + f.place
      - (select max(all_of.place) from fresh all_of where all_of.endpoint_id = f.endpoint_id and all_of.subject = f.subject)
    from fresh f join counted c using (endpoint_id, subject) where d.id = f.id`;
}

/**
 * Ends the states that wait, or that a person had sent again, while a newer one of the same subject is queued or has arrived: what
 * they say is no longer true. One that is being sent stays; its retry ends here.
 */
async function supersedeStates(tx: Transaction): Promise<void> {
  await tx`
    update webhook_deliveries old set status = 'superseded', ended_at = now(), lease_until = null
    where old.is_state and old.status = 'pending' and (old.lease_until is null or old.lease_until <= now()) and exists (
      select 1 from webhook_deliveries newer
      where newer.is_state and newer.endpoint_id = old.endpoint_id and newer.subject = old.subject and newer.id > old.id
        and newer.status in ('pending', 'accepted'))`;
}

/** How an attempt ended. */
export interface AttemptOutcome {
  readonly accepted: boolean;
  /** the receiver wants no more of them (410) */
  readonly gone: boolean;
  readonly durationMs: number;
  readonly responseStatus: number | null;
  /** null where it was accepted */
  readonly error: string | null;
  readonly responseBody: string | null;
}

/** What an attempt has made of its delivery; null: another attempt has taken its place. */
export type RecordedOutcome = 'accepted' | 'retrying' | 'failed' | null;

/**
 * Records how an attempt ended, when the next one is due, and what it says of the endpoint, which is disabled with an
 * event when it is gone or every attempt failed for days.
 */
export async function recordAttempt(
  sql: Sql,
  delivery: ClaimedDelivery,
  outcome: AttemptOutcome,
): Promise<RecordedOutcome> {
  const recorded: { as: RecordedOutcome } = { as: null };
  await inTransaction(sql, async (tx) => {
    // The endpoint first, as every change of it does.
    await tx`select 1 from webhook_endpoints where id = ${delivery.endpointId} for no key update`;
    await tx`
      update webhook_attempts set duration_ms = ${outcome.durationMs}, response_status = ${outcome.responseStatus},
        error = ${outcome.error}, response_body = ${outcome.responseBody}
      where delivery_id = ${delivery.id} and number = ${delivery.attempt}`;
    const [row] = await tx<{ roundFrom: number; isTest: boolean; isPending: boolean }[]>`
      select round_from as "roundFrom", event_id is null as "isTest", status = 'pending' as "isPending"
      from webhook_deliveries where id = ${delivery.id} and attempts = ${delivery.attempt}`;
    if (!row) return;
    const waitMs = row.isTest || outcome.gone ? null : retryWaitMs(delivery.attempt - row.roundFrom, Math.random());
    recorded.as = outcome.accepted ? 'accepted' : waitMs === null || !row.isPending ? 'failed' : 'retrying';
    const ended = recorded.as !== 'retrying';
    // One that was skipped while its request ran stays so, unless it arrived.
    const status = outcome.accepted
      ? 'accepted'
      : ended
        ? tx`case status when 'pending' then 'failed' else status end`
        : 'pending';
    await tx`
      update webhook_deliveries set lease_until = null, response_status = ${outcome.responseStatus}, error = ${outcome.error},
        status = ${status}, ended_at = ${ended ? tx`coalesce(ended_at, now())` : null},
        next_attempt_at = now() + ${waitMs ?? 0} * interval '1 ms'
      where id = ${delivery.id}`;
    if (!row.isTest) await judgeEndpoint(tx, delivery.endpointId, outcome);
  });
  return recorded.as;
}

async function judgeEndpoint(tx: Transaction, id: string, { accepted, gone, error }: AttemptOutcome): Promise<void> {
  const [endpoint] = await tx<{ name: string; resellerId: string; enabled: boolean; tooLong: boolean }[]>`
    update webhook_endpoints set last_at = now(), last_outcome = ${accepted ? 'accepted' : 'failed'},
      failing_since = ${accepted ? null : tx`coalesce(failing_since, now())`}
    where id = ${id}
    returning name, reseller_id as "resellerId", enabled,
      coalesce(failing_since < now() - ${failingMs} * interval '1 ms', false) as "tooLong"`;
  if (!endpoint?.enabled || !(gone || endpoint.tooLong)) return;
  await disableEndpoint(tx, id, gone ? 'gone' : 'failing');
  await raiseEvent(tx, {
    kind: 'webhook.disabled',
    cause: id,
    subjectId: id,
    clientId: null,
    resellerId: endpoint.resellerId,
    data: {
      endpoint: endpoint.name,
      reason: gone ? 'it answered 410 Gone' : `every attempt failed for ${failingMs / 86_400_000} days`,
      lastError: error ?? '',
    },
    atMs: Date.now(),
  });
}

async function disableEndpoint(tx: Queries, id: string, by: 'gone' | 'failing'): Promise<void> {
  await tx`
    update webhook_endpoints set enabled = false, disabled_by = ${by}, version = version + 1 where id = ${id} and enabled`;
  await skipPending(tx, id);
}
