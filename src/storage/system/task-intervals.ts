import type { TaskName } from '../../domain/system/tasks.js';
import type { Queries, Transaction } from './database.js';

/** In seconds, of the tasks whose interval a user has changed. */
export async function readTaskIntervals(q: Queries): Promise<ReadonlyMap<string, number>> {
  const rows = await q<{ task: string; seconds: number }[]>`
    select task, every_seconds as seconds from task_intervals`;
  return new Map(rows.map(({ task, seconds }) => [task, seconds]));
}

export async function writeTaskInterval(tx: Transaction, task: TaskName, everySeconds: number): Promise<void> {
  await tx`
    insert into task_intervals (task, every_seconds) values (${task}, ${everySeconds})
    on conflict (task) do update set every_seconds = excluded.every_seconds`;
}
