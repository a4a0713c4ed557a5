import type { UnhealthyReason } from '../../domain/monitoring/monitor-health.js';
import type { Queries } from '../system/database.js';
import { dueSince, isUnhealthy, unhealthyReason } from './state-now.js';

/**
 * Monitors that do not proceed, and what was done about each: a row from when reconcile finds one until it evaluates.
 */

export interface UnhealthyMonitor {
  readonly clientId: string;
  readonly resellerId: string;
  readonly reason: UnhealthyReason;
  /** when it should have evaluated */
  readonly since: Date;
}

/** Monitors that are late by `graceMs` or failing, the oldest first. Each of them may be missing altogether. */
export async function unhealthyMonitors(q: Queries, graceMs: number, limit: number): Promise<UnhealthyMonitor[]> {
  const now = new Date();
  return q<UnhealthyMonitor[]>`
    select m.client_id as "clientId", c.reseller_id as "resellerId", ${unhealthyReason(q, now, graceMs)} as reason,
      ${dueSince(q)} as since
    from monitors m join clients c on c.id = m.client_id
    where ${isUnhealthy(q, now, graceMs)}
    order by since, m.client_id
    limit ${limit}`;
}

/** A monitor that an earlier run of reconcile found already. */
export interface StuckMonitor {
  readonly clientId: string;
  readonly foundAt: Date;
  /** null: its workflow tasks were not found failing */
  readonly failingSince: Date | null;
  readonly isReported: boolean;
  /** its run may be replaced: it was not within the last hour */
  readonly isReplaceable: boolean;
}

/**
 * Notes monitors that are found stuck. A new one, and one that was signaled 5 minutes ago or more, must be signaled.
 */
export async function noteStuckMonitors(q: Queries, clientIds: readonly string[]): Promise<Set<string>> {
  if (clientIds.length === 0) return new Set();
  const rows = await q<{ clientId: string }[]>`
    insert into stuck_monitors (client_id)
    select id from unnest(${clientIds as string[]}::bigint[]) as found(id) order by id
    on conflict (client_id) do update set signaled_at = now()
    where stuck_monitors.signaled_at <= now() - interval '5 minutes'
    returning client_id as "clientId"`;
  return new Set(rows.map(({ clientId }) => clientId));
}

/** Those of the clients that were noted before this run, so that a monitor has a minute for its signal. */
export async function readStuckMonitors(q: Queries, clientIds: readonly string[]): Promise<StuckMonitor[]> {
  return q<StuckMonitor[]>`
    select client_id as "clientId", found_at as "foundAt", failing_since as "failingSince",
      reported_at is not null as "isReported",
      (replaced_at is null or replaced_at <= now() - interval '1 hour') as "isReplaceable"
    from stuck_monitors where client_id = any(${clientIds as string[]}::bigint[])
    order by found_at, client_id`;
}

/** Writes whether a monitor's workflow tasks fail; the first time it was found counts. */
export async function markFailing(q: Queries, clientId: string, isFailing: boolean): Promise<void> {
  await q`
    update stuck_monitors s
    set failing_since = case when ${isFailing} then coalesce(case when s.failing_since >= m.seen_at then s.failing_since end, now()) end
    from monitors m where s.client_id = ${clientId} and m.client_id = s.client_id`;
}

/**
 * Books up to so many replacements that are still free in the current minute, all processes together.
 *
 * @returns the clients whose run may be replaced now
 */
export async function bookReplacements(q: Queries, clientIds: readonly string[], perMinute: number): Promise<string[]> {
  if (clientIds.length === 0) return [];
  const rows = await q<{ clientId: string }[]>`
    with used as (select count(*) as n from stuck_monitors where replaced_at > now() - interval '1 minute'),
    chosen as (
      select s.client_id from unnest(${clientIds as string[]}::bigint[]) with ordinality as wanted(id, place)
      join stuck_monitors s on s.client_id = wanted.id
      order by wanted.place limit greatest(0, ${perMinute} - (select n from used))
    )
    update stuck_monitors s set replaced_at = now()
    from chosen where s.client_id = chosen.client_id
    returning s.client_id as "clientId"`;
  return rows.map(({ clientId }) => clientId);
}

/** A booked replacement was not done. */
export async function releaseReplacement(q: Queries, clientId: string): Promise<void> {
  await q`update stuck_monitors set replaced_at = null where client_id = ${clientId}`;
}

export async function markReported(q: Queries, clientIds: readonly string[]): Promise<void> {
  await q`update stuck_monitors set reported_at = now() where client_id = any(${clientIds as string[]}::bigint[])`;
}

/**
 * Ends the rows of monitors that have evaluated since they were found. A row with a replacement stays for an hour, so
 * that a run that fails again at once is not replaced over and over.
 *
 * @returns the clients of rows that had been reported
 */
export async function endRecovered(q: Queries): Promise<string[]> {
  const rows = await q<{ clientId: string }[]>`
    with recovered as (
      select s.client_id, s.reported_at, s.replaced_at from stuck_monitors s
      join monitors m on m.client_id = s.client_id join clients c on c.id = s.client_id
      where m.seen_at > s.found_at or c.status = 'deleted'
    ),
    gone as (
      delete from stuck_monitors s using recovered r
      where s.client_id = r.client_id and (r.replaced_at is null or r.replaced_at <= now() - interval '1 hour')
    ),
    kept as (
      update stuck_monitors s set reported_at = null, failing_since = null, found_at = now(), signaled_at = now()
      from recovered r where s.client_id = r.client_id and r.replaced_at > now() - interval '1 hour'
    )
    select client_id as "clientId" from recovered where reported_at is not null`;
  return rows.map(({ clientId }) => clientId);
}

/** True when a monitor evaluated within the last two minutes, so that workers do their work. */
export async function doMonitorsProgress(q: Queries): Promise<boolean> {
  const [row] = await q<{ progress: boolean }[]>`
    select exists (
      select 1 from monitors where seen_at > now() - interval '2 minutes' and last_check_at is not null
    ) as progress`;
  return row?.progress ?? false;
}

export interface UnhealthyCounts {
  readonly failing: number;
  readonly overdue: number;
  readonly signalUnanswered: number;
  /** when the oldest should have evaluated; null: all are healthy */
  readonly since: Date | null;
}

export async function countUnhealthy(q: Queries, at: Date): Promise<UnhealthyCounts> {
  const [row] = await q<UnhealthyCounts[]>`
    select (count(*) filter (where reason = 'failing'))::int as failing,
      (count(*) filter (where reason = 'overdue'))::int as overdue,
      (count(*) filter (where reason = 'signal_unanswered'))::int as "signalUnanswered",
      least(min(since), ${at}) as since
    from (
      select ${unhealthyReason(q, at)} as reason, ${dueSince(q)} as since
      from monitors m join clients c on c.id = m.client_id where ${isUnhealthy(q, at)}
    ) unhealthy`;
  const counts = row ?? { failing: 0, overdue: 0, signalUnanswered: 0, since: null };
  return counts.failing + counts.overdue + counts.signalUnanswered > 0 ? counts : { ...counts, since: null };
}
