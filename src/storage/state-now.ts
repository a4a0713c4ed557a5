import type { Fragment } from 'postgres';
import { overdueMs, type ClientState } from '../domain/monitoring/client-state.js';
import type { Queries } from './database.js';

/**
 * The state of clients as of an instant, wherever it is shown, filtered by or counted: the word that the monitor last
 * told, or `unhealthy` while its check is overdue. Nobody writes that word, so it comes by itself when no worker runs
 * and goes by itself when the check is made. The fragments speak of the rows `clients c` and `monitors m`.
 */

/** The states in which a threshold is passed, whoever is told. */
export const lowStates: readonly ClientState[] = ['low', 'critical', 'exhausted', 'silenced'];

/** The check is late by more than the grace, or there never was one. A deleted client has none to come. */
export function isOverdue(q: Queries, at: Date, graceMs = overdueMs): Fragment {
  const latest = new Date(at.getTime() - graceMs);
  // Each branch says of the null what it means, so that the whole is never null and can be negated.
  return q`(c.status <> 'deleted'
    and ((m.next_check_at is not null and m.next_check_at <= ${latest})
      or (m.next_check_at is null and m.seen_at <= ${latest})))`;
}

export function stateNow(q: Queries, at: Date): Fragment {
  return q`(case when ${isOverdue(q, at)} then 'unhealthy' else m.state end)`;
}

export function stateSinceNow(q: Queries, at: Date): Fragment {
  return q`(case when ${isOverdue(q, at)}
    then coalesce(m.next_check_at, m.seen_at) + ${overdueMs} * interval '1 millisecond' else m.state_since end)`;
}

/** True of clients whose state is one of these; the indexes on `monitors` by state and by next check serve it. */
export function isInStates(q: Queries, at: Date, words: readonly ClientState[]): Fragment {
  const told = q`m.state = any (${words as string[]})`;
  return words.includes('unhealthy') ? q`(${told} or ${isOverdue(q, at)})` : q`(${told} and not ${isOverdue(q, at)})`;
}
