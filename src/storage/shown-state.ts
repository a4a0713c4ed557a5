import type { Fragment } from 'postgres';
import type { StateWord } from '../domain/state-word.js';
import type { Queries } from './database.js';

/** The states in which a threshold is passed, whoever is told. */
export const lowStates: readonly StateWord[] = ['low', 'critical', 'exhausted', 'silenced'];

/** A check is overdue when it is this late. */
const overdueMs = 60_000;

/** The state word of `monitors m`, the same wherever it is shown, counted or filtered by. */
export function shownState(q: Queries): Fragment {
  return q`m.state`;
}

/** A condition on `monitors m` and `clients c`: the next check should have been made already. */
export function isOverdue(q: Queries, at: Date): Fragment {
  return q`(c.status <> 'deleted' and m.next_check_at is not null
    and m.next_check_at <= ${new Date(at.getTime() - overdueMs)})`;
}
