import type { Fragment } from 'postgres';
import { overdueMs, type ClientState } from '../../domain/monitoring/client-state.js';
import { maxReadRepeats } from '../../domain/monitoring/monitor-health.js';
import type { Queries } from '../system/database.js';

/**
 * The state of clients as of an instant, wherever it is shown, filtered by or counted: what the monitor last published,
 * or `unhealthy` while the monitor does not proceed. That state is never written, so it begins without a worker and ends
 * with the next evaluation. The same as `src/domain/monitor-health.ts`; the fragments speak of the rows `clients c` and
 * `monitors m`, are never null where they are conditions, and exclude deleted clients.
 */

/** The states in which a rule is low, notified or not. */
export const lowStates: readonly ClientState[] = ['low', 'critical', 'exhausted', 'silenced'];

/** The next wake is late by the grace or more, or there never was a check. */
export function isOverdue(q: Queries, at: Date, graceMs = overdueMs): Fragment {
  const latest = new Date(at.getTime() - graceMs);
  return q`(c.status <> 'deleted'
    and ((m.next_check_at is not null and m.next_check_at <= ${latest})
      or (m.next_wake_at is not null and m.next_wake_at <= ${latest})
      or (m.next_check_at is null and m.seen_at <= ${latest})))`;
}

/** No evaluation followed a signal that Temporal accepted. */
function isUnanswered(q: Queries, at: Date, graceMs: number): Fragment {
  const latest = new Date(at.getTime() - graceMs);
  return q`(c.status <> 'deleted'
    and m.signaled_at is not null and m.signaled_at > m.seen_at and m.signaled_at <= ${latest})`;
}

/** Its workflow tasks were found failing, and it has not evaluated since; or one fails again and again after its read. */
function isFailing(q: Queries): Fragment {
  return q`(c.status <> 'deleted' and (m.read_repeats >= ${maxReadRepeats} or exists (
    select 1 from stuck_monitors s where s.client_id = m.client_id and s.failing_since >= m.seen_at)))`;
}

export function isUnhealthy(q: Queries, at: Date, graceMs = overdueMs): Fragment {
  return q`(${isOverdue(q, at, graceMs)} or ${isUnanswered(q, at, graceMs)} or ${isFailing(q)})`;
}

/** An `UnhealthyReason`; null: healthy. */
export function unhealthyReason(q: Queries, at: Date, graceMs = overdueMs): Fragment {
  return q`(case when ${isFailing(q)} then 'failing' when ${isOverdue(q, at, graceMs)} then 'overdue'
    when ${isUnanswered(q, at, graceMs)} then 'signal_unanswered' end)`;
}

/** When the monitor should have evaluated: its oldest wake or signal that no evaluation followed. */
export function dueSince(q: Queries): Fragment {
  return q`coalesce(least(m.next_check_at, m.next_wake_at,
    case when m.signaled_at > m.seen_at then m.signaled_at end), m.seen_at)`;
}

export function stateNow(q: Queries, at: Date): Fragment {
  return q`(case when ${isUnhealthy(q, at)} then 'unhealthy' else m.state end)`;
}

/** A monitor may be found failing before its next wake. */
export function stateSinceNow(q: Queries, at: Date): Fragment {
  return q`(case when ${isUnhealthy(q, at)}
    then least(${dueSince(q)} + ${overdueMs} * interval '1 millisecond', ${at}) else m.state_since end)`;
}

/** True of clients whose state is one of these; the indexes on `monitors` by state and by next check serve it. */
export function isInStates(q: Queries, at: Date, states: readonly ClientState[]): Fragment {
  const published = q`m.state = any (${states as string[]})`;
  return states.includes('unhealthy')
    ? q`(${published} or ${isUnhealthy(q, at)})`
    : q`(${published} and not ${isUnhealthy(q, at)})`;
}
