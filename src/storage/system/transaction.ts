import type { Queries, Sql, Transaction } from './database.js';

/** Runs `work` in a transaction of its own, or in a savepoint of the one that the caller is already in. */
export function inTransaction<T>(q: Queries, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return unboxed((run) => ('begin' in q ? q.begin(run) : q.savepoint(run)), work);
}

/** Runs `work`, which only reads, in a transaction whose statements all see the same state of the data. */
export function inSnapshot<T>(sql: Sql, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return unboxed((run) => sql.begin('isolation level repeatable read read only', run), work);
}

/** postgres.js types the result of a transaction as an unwrapped array of promises; a box keeps it what it is. */
async function unboxed<T>(
  begin: (run: (tx: Transaction) => Promise<void>) => Promise<unknown>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const box: { result?: T } = {};
  await begin(async (tx) => {
    box.result = await work(tx);
  });
  return box.result as T;
}
