import type { Fragment } from 'postgres';
import { groupBy } from '../../domain/group-by.js';
import type { Queries } from '../system/database.js';
import type { SignalKind, SignalOrigin } from './outbox.js';

/** The dispatcher's side of the outbox: rows that are claimed, sent, and acknowledged or rescheduled. */

/** One signal that is due, from one row or several of the client and kind. */
export interface DueSignal {
  readonly clientId: string;
  /** null: the client is unknown by now */
  readonly resellerId: string | null;
  readonly kind: SignalKind;
  /** rows to acknowledge or to reschedule */
  readonly ids: readonly string[];
  /** of the row that was tried most often, this attempt included */
  readonly attempts: number;
  /** by the database's clock; nothing of this signal was sent before */
  readonly claimedAt: Date;
}

interface DueRow {
  readonly id: string;
  readonly clientId: string;
  readonly resellerId: string | null;
  readonly kind: SignalKind;
  readonly attempts: number;
  readonly claimedAt: Date;
}

/** A row that was neither acknowledged nor rescheduled within this time becomes due again. */
const leaseMs = 30_000;

interface ClaimOptions {
  /** absent: any, those of clients first */
  readonly origin?: SignalOrigin;
  /** default 30 s */
  readonly leaseMs?: number;
}

/**
 * Claims up to `limit` due rows, oldest first; several dispatchers never get the same row. Call it outside of a
 * transaction: the claim must be committed before anything is sent.
 */
export async function claimDueSignals(q: Queries, limit: number, options: ClaimOptions = {}): Promise<DueSignal[]> {
  const { origin = null } = options;
  const rows = await q<DueRow[]>`
    with due as (
      select id, origin, next_attempt_at from outbox
      where client_id is not null and next_attempt_at <= now() and (${origin}::text is null or origin = ${origin})
      order by origin, next_attempt_at, id limit ${limit}
      for update skip locked
    ),
    ${claimed(q, options.leaseMs ?? leaseMs)}`;
  return groupRows(rows);
}

/** How fast signals of the fleet leave, all dispatchers together. */
interface FleetPace {
  readonly perSecond: number;
  /** in one claim, at most; the next one has to wait until these are paid for */
  readonly batch: number;
}

export const fleetPace: FleetPace = { perSecond: 100, batch: 10 };

/**
 * Claims due rows of the fleet, as many as the pace allows now. A claim of n rows closes the outbox's one gate for
 * n / perSecond seconds, and unused time is not saved up: no second sees more than `perSecond` signals, however many
 * dispatchers run.
 */
export async function claimFleetSignals(q: Queries, pace: FleetPace = fleetPace): Promise<DueSignal[]> {
  const rows = await q<DueRow[]>`
    with gate as (
      select free_at from fleet_signal_gate where free_at <= now() for update skip locked
    ),
    due as (
      select id, origin, next_attempt_at from outbox
      where client_id is not null and origin = 'fleet' and next_attempt_at <= now() and exists (select 1 from gate)
      order by next_attempt_at, id limit ${pace.batch}
      for update skip locked
    ),
    closed as (
      update fleet_signal_gate
      set free_at = now() + (select count(*) from due) * ${1000 / pace.perSecond}::float8 * interval '1 ms'
      where exists (select 1 from due)
    ),
    ${claimed(q, leaseMs)}`;
  return groupRows(rows);
}

/** How many of these signals went to a monitor that has not evaluated since. */
export async function countUnanswered(q: Queries, signals: readonly DueSignal[]): Promise<number> {
  if (signals.length === 0) return 0;
  const [row] = await q<{ waiting: number }[]>`
    select count(*)::int as waiting
    from unnest(${signals.map(({ clientId }) => clientId)}::bigint[],
                ${signals.map(({ claimedAt }) => claimedAt.toISOString())}::timestamptz[]) as signal (client_id, claimed_at)
    join monitors m on m.client_id = signal.client_id and m.seen_at < signal.claimed_at`;
  return row?.waiting ?? 0;
}

/** The end of a claim: counts the attempt of the rows `due` and leases them. */
function claimed(q: Queries, forMs: number): Fragment {
  return q`
    claimed as (
      update outbox o
      set attempts = o.attempts + 1, next_attempt_at = now() + ${forMs} * interval '1 ms'
      from due where o.id = due.id
      returning o.id, o.client_id, o.kind, o.attempts, o.origin, due.next_attempt_at as was_due
    )
    select s.id, s.client_id as "clientId", c.reseller_id as "resellerId", s.kind, s.attempts, now() as "claimedAt"
    from claimed s left join clients c on c.id = s.client_id
    order by s.origin, s.was_due, s.id`;
}

function groupRows(rows: readonly DueRow[]): DueSignal[] {
  const groups = groupBy(rows, ({ clientId, kind }) => `${clientId} ${kind}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { clientId, resellerId, kind, claimedAt } = first;
    const attempts = Math.max(...group.map((row) => row.attempts));
    return [{ clientId, resellerId, kind, claimedAt, attempts, ids: group.map(({ id }) => id) }];
  });
}

/**
 * Deletes the rows of a signal that Temporal has accepted, and notes on the monitor since when an evaluation is
 * expected: the first signal that none has followed yet counts.
 */
export async function acknowledgeSignal(q: Queries, signal: DueSignal): Promise<void> {
  await q`
    with sent as (delete from outbox where id = any(${signal.ids as string[]}::bigint[]))
    update monitors set signaled_at = ${signal.claimedAt}
    where client_id = ${signal.clientId} and (signaled_at is null or signaled_at <= seen_at)`;
}

/** Makes the rows of a signal that could not be sent due again after `delayMs`. */
export async function rescheduleSignals(
  q: Queries,
  ids: readonly string[],
  error: string,
  delayMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await q`
    update outbox set next_attempt_at = now() + ${delayMs} * interval '1 ms', last_error = ${error.slice(0, 500)}
    where id = any(${ids as string[]}::bigint[])`;
}
