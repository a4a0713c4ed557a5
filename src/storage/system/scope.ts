import { databaseRoles, type Queries, type Sql, type Transaction } from './database.js';
import { inSnapshot, inTransaction } from './transaction.js';

/**
 * Whose data a request may reach: that of a reseller and its sub-resellers. All reads and writes for a caller go
 * through its scope. Statements name the reseller themselves (`tenancy.ts`); row-level security refuses what they
 * forget.
 */
export interface Scope {
  readonly resellerId: string;
  /** the root of the tree, which sees everything */
  readonly isOperator: boolean;
  /** Statements that only read. Each sees what is committed when it begins. */
  read<T>(work: (q: Queries) => Promise<T>): Promise<T>;
  /** Statements that only read, all of them the same state of the data. */
  readSnapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Rows that are read while they are sent. The connection is free again when the reader ends, or goes away. */
  stream<T>(rows: (q: Queries) => AsyncGenerator<T>): AsyncGenerator<T>;
  /** One transaction. Services write through `change` (services/change.ts), which adds the audit row. */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** Follows the writes of one request. */
export interface WriteWatch {
  /** Called before a transaction begins. Throws where nothing may begin any more. */
  requireTime(): void;
  /** Called before a transaction commits. Throws where it must not. */
  beforeCommit(): void;
}

export interface ScopedDatabases {
  /** connections that see every row: for the operator, and for the service's own work */
  readonly service: Sql;
  /** connections that see nothing until a transaction names its reseller */
  readonly reseller: Sql;
}

/** The scope of everything: for the operator, and for work that no caller asked for. */
export function operatorScope(sql: Sql, resellerId: string, watch?: WriteWatch): Scope {
  return {
    resellerId,
    isOperator: true,
    read: (work) => work(sql),
    readSnapshot: (work) => inSnapshot(sql, work),
    stream: (rows) => streamed((work) => inSnapshot(sql, work), rows),
    write: (work) => watched(watch, work, (run) => inTransaction(sql, run)),
  };
}

/**
 * The scope of one reseller below the operator. On connections that work in another role, its transactions take the role
 * that sees only rows of the reseller.
 */
export function resellerScope(sql: Sql, resellerId: string, watch?: WriteWatch): Scope {
  const within =
    <T>(work: (tx: Transaction) => Promise<T>) =>
    async (tx: Transaction): Promise<T> => {
      await tx`select set_config('role', ${databaseRoles.reseller}, true), set_config('lowwater.reseller_id', ${resellerId}, true)`;
      return work(tx);
    };
  const inOwn = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => inTransaction(sql, within(work));
  return {
    resellerId,
    isOperator: false,
    read: inOwn,
    readSnapshot: (work) => inSnapshot(sql, within(work)),
    stream: (rows) => streamed((work) => inSnapshot(sql, within(work)), rows),
    write: (work) => watched(watch, work, inOwn),
  };
}

/**
 * The scope of a user of the client panel: its transactions take the role that sees only rows of the client.
 *
 * @param sql connections that see nothing until a transaction names whose rows it wants
 * @param client with its reseller, within which shared statements look for it
 */
export function clientScope(
  sql: Sql,
  client: { readonly clientId: string; readonly resellerId: string },
  watch?: WriteWatch,
): Scope {
  const within =
    <T>(work: (tx: Transaction) => Promise<T>) =>
    async (tx: Transaction): Promise<T> => {
      await tx`select set_config('role', ${databaseRoles.client}, true), set_config('lowwater.client_id', ${client.clientId}, true)`;
      return work(tx);
    };
  const inOwn = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => inTransaction(sql, within(work));
  return {
    resellerId: client.resellerId,
    isOperator: false,
    read: inOwn,
    readSnapshot: (work) => inSnapshot(sql, within(work)),
    stream: () => {
      throw new TypeError('the client panel has no files of lists');
    },
    write: (work) => watched(watch, work, inOwn),
  };
}

function watched<T>(
  watch: WriteWatch | undefined,
  work: (tx: Transaction) => Promise<T>,
  run: (work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Promise<T> {
  return run(async (tx) => {
    watch?.requireTime();
    const result = await work(tx);
    watch?.beforeCommit();
    return result;
  });
}

/** Rows of a transaction that lasts as long as they are read. */
async function* streamed<T>(
  begin: (work: (tx: Transaction) => Promise<void>) => Promise<void>,
  rows: (q: Queries) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let transaction: Promise<void> | undefined;
  const tx = await new Promise<Transaction>((resolve, reject) => {
    transaction = begin(async (opened) => {
      resolve(opened);
      await finished;
    });
    transaction.catch(reject);
  });
  try {
    yield* rows(tx);
  } finally {
    finish();
    // It only read. A connection that was lost has no transaction left to end.
    await transaction?.catch(() => undefined);
  }
}

/** The scope of a caller. */
export function scopeOf(
  databases: ScopedDatabases,
  caller: Pick<Scope, 'resellerId' | 'isOperator'>,
  watch: WriteWatch,
): Scope {
  return caller.isOperator
    ? operatorScope(databases.service, caller.resellerId, watch)
    : resellerScope(databases.reseller, caller.resellerId, watch);
}

/** The same scope within a transaction that is open: what it writes is a savepoint of that transaction. */
export function scopeWithin({ resellerId, isOperator }: Scope, tx: Transaction): Scope {
  return {
    resellerId,
    isOperator,
    read: (work) => work(tx),
    readSnapshot: (work) => work(tx),
    stream: (rows) => rows(tx),
    write: (work) => inTransaction(tx, work),
  };
}
