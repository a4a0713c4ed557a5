import { formatMoney, moneyOf } from '../../domain/money.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { NotificationKind } from '../../domain/notifications/mail-kinds.js';
import type { NotificationStatus } from '../notifications/notifications.js';
import { actorName } from '../access/actor-name.js';
import type { Queries } from '../system/database.js';
import { localDay } from '../system/time-zones.js';

/** What happened to one client between two instants, by kind; the available balance as steps. */

interface AvailablePoint {
  /** when the last move of the stretch occurred */
  readonly at: Date;
  readonly min: string;
  readonly max: string;
  readonly last: string;
}

interface AvailableHistory {
  readonly opening: string;
  readonly closing: string;
  readonly points: readonly AvailablePoint[];
}

interface Stretch {
  readonly clientId: string;
  readonly from: Date;
  /** not included */
  readonly to: Date;
  readonly now: Date;
  /** whose days; `requireZone` has checked it */
  readonly zone: string;
}

/** All that moves available: entries of the ledger, limits as they were set, credits as they began and ended. */
function moves(q: Queries, { clientId, from, now }: Stretch): ReturnType<Queries> {
  return q`
    select e.occurred_at as at, 0 as source, e.id, e.amount as delta
    from ledger_entries e where e.client_id = ${clientId} and e.kind <> 'invoice' and not e.internal
      and e.occurred_at >= ${from}
    union all
    select h.at, 1, h.id, h.permanent_after + h.temporary_after - h.permanent_before - h.temporary_before
    from credit_limit_history h where h.client_id = ${clientId} and h.at >= ${from}
    union all
    -- Due and not recorded yet: the balance read counts them by their times alone.
    select t.valid_from, 2, t.id, t.amount
    from temporary_credits t
    where t.client_id = ${clientId} and t.status = 'scheduled' and t.valid_from <= ${now} and t.valid_from >= ${from}
    union all
    select t.valid_until, 3, t.id, -t.amount
    from temporary_credits t
    where t.client_id = ${clientId} and t.status in ('scheduled', 'active') and t.valid_until <= ${now}
      and t.valid_until >= ${from}`;
}

/**
 * How the available balance moved, in at most `points` stretches of equal length from its first move on, each with its
 * lowest, highest and last value. Worked back from what is available now, so that it costs what lies after `from`.
 *
 * @param availableNow live + permanent limit + the credit that is valid now
 */
export async function readAvailableHistory(
  q: Queries,
  stretch: Stretch,
  availableNow: string,
  points: number,
): Promise<AvailableHistory> {
  const { to } = stretch;
  const rows = await q<
    (AvailablePoint & { readonly opening: string; readonly closing: string; readonly isAny: boolean })[]
  >`
    with moves as materialized (${moves(q, stretch)}),
    ends as (
      select ${availableNow}::numeric - coalesce(sum(delta), 0) as opening,
        ${availableNow}::numeric - coalesce(sum(delta) filter (where at >= ${to}), 0) as closing,
        min(at) as first, greatest(extract(epoch from ${to}::timestamptz - min(at)) / ${points}::int, 0.001) as width
      from moves
    ),
    steps as (
      select at, source, id, opening + sum(delta) over (order by at, source, id) as available,
        least(${points - 1}::int, floor(extract(epoch from at - ends.first) / ends.width)) as stretch
      from moves, ends where at < ${to}
    ),
    stretches as (
      select max(at) as at, min(available) as min, max(available) as max,
        (array_agg(available order by at desc, source desc, id desc))[1] as last
      from steps group by stretch
    )
    select e.opening, e.closing, s.at, s.min, s.max, s.last, s.at is not null as "isAny"
    from ends e left join stretches s on true order by s.at`;
  const first = rows[0];
  return {
    opening: money(first?.opening ?? availableNow),
    closing: money(first?.closing ?? availableNow),
    points: rows
      .filter(({ isAny }) => isAny)
      .map(({ at, min, max, last }) => ({ at, min: money(min), max: money(max), last: money(last) })),
  };
}

function money(text: string): string {
  return formatMoney(moneyOf(text));
}

/** A temporary credit while it was active: its end is when it was reverted or canceled. */
interface CreditBand {
  readonly id: string;
  readonly amount: string;
  readonly from: Date;
  readonly until: Date;
  readonly status: 'scheduled' | 'active' | 'reverted' | 'cancelled';
}

interface LimitChange {
  readonly at: Date;
  readonly before: string;
  readonly after: string;
  readonly actor: string;
  /** null: not a user, or not visible to the reader */
  readonly actorName: string | null;
  readonly reason: string | null;
}

interface TimelineMail {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly rule: string;
  readonly status: NotificationStatus;
  readonly at: Date;
  readonly number: number;
  readonly max: number | null;
}

interface TimelinePayment {
  readonly id: string;
  readonly at: Date;
  readonly amount: string;
}

/** The client got another profile, or the one that it has now was edited. */
interface ProfileChange {
  readonly at: Date;
  readonly kind: 'assigned' | 'edited';
  readonly before: string | null;
  readonly after: string | null;
  readonly actor: string;
  readonly actorName: string | null;
}

/** The charges of one day of a zone. */
interface ChargeDay {
  readonly from: Date;
  readonly to: Date;
  /** the last charge */
  readonly at: Date;
  readonly count: number;
  readonly amount: string;
}

interface StateChange {
  readonly at: Date;
  readonly state: ClientState;
}

export interface TimelineEvents {
  readonly bands: readonly CreditBand[];
  readonly limits: readonly LimitChange[];
  readonly notifications: readonly TimelineMail[];
  readonly payments: readonly TimelinePayment[];
  readonly chargeDays: readonly ChargeDay[];
  readonly profileChanges: readonly ProfileChange[];
  readonly states: readonly StateChange[];
}

/** The newest `limit` of each kind, oldest first; names of people as far as the reseller sees them. */
export async function readTimelineEvents(
  q: Queries,
  stretch: Stretch,
  resellerId: string,
  limit: number,
): Promise<TimelineEvents> {
  const { clientId, from, to } = stretch;
  const [bands, limits, notifications, payments, chargeDays, profileChanges, states] = await Promise.all([
    q<CreditBand[]>`
      select t.id, t.amount, t.valid_from as from, least(t.valid_until, coalesce(t.ended_at, t.valid_until)) as until, t.status
      from temporary_credits t
      where t.client_id = ${clientId} and t.valid_from < ${to} and coalesce(t.ended_at, t.valid_until) > ${from}
        and t.valid_from < coalesce(t.ended_at, t.valid_until)
      order by t.valid_from desc, t.id desc limit ${limit}`,
    q<LimitChange[]>`
      select h.at, h.permanent_before as before, h.permanent_after as after, h.actor,
        ${actorName(q, q`h.actor`, resellerId)} as "actorName", h.reason
      from credit_limit_history h
      where h.client_id = ${clientId} and h.kind = 'set' and h.at >= ${from} and h.at < ${to}
      order by h.id desc limit ${limit}`,
    // The trigger `refresh_notification` writes the status.
    q<TimelineMail[]>`
      select n.id, n.kind, n.rule, n.status, n.decided_at as at, n.number, n.max
      from notifications n where n.client_id = ${clientId} and n.decided_at >= ${from} and n.decided_at < ${to}
      order by n.id desc limit ${limit}`,
    q<TimelinePayment[]>`
      select e.external_id as id, e.occurred_at as at, e.amount
      from ledger_entries e
      where e.client_id = ${clientId} and e.kind = 'payment' and e.occurred_at >= ${from} and e.occurred_at < ${to}
      order by e.occurred_at desc, e.id desc limit ${limit}`,
    readChargeDays(q, stretch, limit),
    readProfileChanges(q, stretch, resellerId, limit),
    readStateChanges(q, stretch, limit),
  ]);
  const oldestFirst = <T>(rows: readonly T[]): T[] => [...rows].reverse();
  return {
    bands: oldestFirst(bands),
    limits: oldestFirst(limits),
    notifications: oldestFirst(notifications),
    payments: oldestFirst(payments),
    chargeDays: oldestFirst(chargeDays),
    profileChanges: oldestFirst(profileChanges),
    states: oldestFirst(states),
  };
}

/** One a day: single charges of a busy client would leave no room for anything else. */
function readChargeDays(q: Queries, { clientId, from, to, zone }: Stretch, limit: number): PromiseLike<ChargeDay[]> {
  return q<ChargeDay[]>`
    select d.day at time zone ${zone} as from, (d.day + interval '1 day') at time zone ${zone} as to,
      max(e.occurred_at) as at, count(*)::int as count, sum(e.amount) as amount
    from ledger_entries e cross join lateral ${localDay(q, q`e.occurred_at`, zone)} d
    where e.client_id = ${clientId} and e.kind = 'charge' and e.occurred_at >= ${from} and e.occurred_at < ${to}
    group by d.day order by d.day desc limit ${limit}`;
}

function readProfileChanges(
  q: Queries,
  { clientId, from, to }: Stretch,
  resellerId: string,
  limit: number,
): PromiseLike<ProfileChange[]> {
  return q<ProfileChange[]>`
    select a.at, case when a.subject_type = 'profile' then 'edited' else 'assigned' end as kind,
      case when a.subject_type = 'profile' then a.subject_id else a.before ->> 'profileId' end as before,
      case when a.subject_type = 'profile' then a.subject_id else a.after ->> 'profileId' end as after, a.actor,
      ${actorName(q, q`a.actor`, resellerId)} as "actorName"
    from audit a
    where a.at >= ${from} and a.at < ${to} and (
      (a.client_id = ${clientId} and a.action = 'client.update'
        and a.before ->> 'profileId' is distinct from a.after ->> 'profileId')
      or (a.subject_type = 'profile' and a.action = 'profile.update'
        and a.subject_id = (select c.profile_id::text from clients c where c.id = ${clientId})))
    order by a.id desc limit ${limit}`;
}

/** The state at the beginning, where it is known, and every change after. */
function readStateChanges(q: Queries, { clientId, from, to }: Stretch, limit: number): PromiseLike<StateChange[]> {
  return q<StateChange[]>`
    with known as (
      (select k.id, k.at, k.state from checks k where k.client_id = ${clientId} and k.at < ${from} order by k.id desc limit 1)
      union all
      select k.id, k.at, k.state from checks k where k.client_id = ${clientId} and k.at >= ${from} and k.at < ${to}
    ),
    changes as (select id, at, state, lag(state) over (order by id) as before from known)
    select greatest(at, ${from}::timestamptz) as at, state from changes
    where before is distinct from state order by id desc limit ${limit}`;
}
