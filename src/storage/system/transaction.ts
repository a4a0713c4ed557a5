import type { Queries, Transaction } from './database.js';

/** Runs `work` in a transaction of its own, or in a savepoint of the one that the caller is already in. */
export async function inTransaction<T>(q: Queries, work: (tx: Transaction) => Promise<T>): Promise<T> {
  // postgres.js types the result as an unwrapped array of promises; a box keeps it what it is.
  const box: { result?: T } = {};
  const run = async (tx: Transaction): Promise<void> => {
    box.result = await work(tx);
  };
  if ('begin' in q) await q.begin(run);
  else await q.savepoint(run);
  return box.result as T;
}
