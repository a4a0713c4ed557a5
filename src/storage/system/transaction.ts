import type { Queries, Sql, Transaction } from './database.js';
import { CommitUnknown, isConnectionLost, isDatabaseError } from './database-errors.js';

/**
 * Runs `work` in its own transaction, or in a savepoint of the one that the caller is already in.
 *
 * @throws CommitUnknown where the connection was lost while the transaction was committed
 */
export async function inTransaction<T>(q: Queries, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (!('begin' in q)) return unboxed((run) => q.savepoint(run), work);
  let isCommitting = false;
  try {
    return await guarded(
      (run) => q.begin(run),
      async (tx) => {
        const result = await work(tx);
        isCommitting = true;
        return result;
      },
    );
  } catch (error) {
    if (!isCommitting || !isDatabaseError(error)) throw error;
    throw new CommitUnknown('the connection was lost while a transaction was committed', { cause: error });
  }
}

/** Runs `work`, which only reads, in a transaction whose statements all see the same state of the data. */
export function inSnapshot<T>(sql: Sql, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return guarded((run) => sql.begin('isolation level repeatable read read only', run), work);
}

type Begin = (run: (tx: Transaction) => Promise<void>) => Promise<unknown>;

/**
 * Lets a lost connection end a transaction, and nothing else. The driver (3.4.9) would still send the rollback, and
 * whatever `work` sends next: over a closed connection, which ends the process, or over one that was opened again,
 * where it would belong to another transaction. So nothing is sent any more; the driver then rejects the transaction.
 */
async function guarded<T>(begin: Begin, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const connection: Connection = { lost: null };
  try {
    return await unboxed(begin, async (tx) => {
      try {
        const result = await work(guardedTransaction(tx, connection));
        if (connection.lost === null) return result;
      } catch (error) {
        if (connection.lost === null && !isConnectionLost(error)) throw error;
        connection.lost ??= error;
      }
      return new Promise<never>(() => undefined);
    });
  } catch (error) {
    connection.lost = error;
    throw error;
  }
}

interface Connection {
  /** why it is not there any more, or the transaction has ended */
  lost: unknown;
}

function guardedTransaction(tx: Transaction, connection: Connection): Transaction {
  const requireConnection = (): void => {
    if (connection.lost !== null) throw connection.lost;
  };
  return new Proxy(tx, {
    apply(target, self, args: Parameters<Transaction>) {
      requireConnection();
      return Reflect.apply(target, self, args) as unknown;
    },
    get(target, name, receiver) {
      if (name !== 'savepoint') return Reflect.get(target, name, receiver) as unknown;
      return (run: (inner: Transaction) => unknown) => {
        requireConnection();
        return target.savepoint((inner) => run(guardedTransaction(inner, connection)));
      };
    },
  });
}

/** postgres.js types the result of a transaction as an unwrapped array of promises; a box keeps it what it is. */
async function unboxed<T>(begin: Begin, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const box: { result?: T } = {};
  await begin(async (tx) => {
    box.result = await work(tx);
  });
  return box.result as T;
}
