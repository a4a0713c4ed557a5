import type { Queries, Sql, Transaction } from './database.js';
import { inSnapshot, inTransaction } from './transaction.js';

/**
 * Whose data a request may reach: that of a reseller and of everybody below it. All reads and writes for a caller go
 * through its scope. Statements name the reseller themselves (`visible.ts`); row-level security refuses what they forget.
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

export interface ScopedDatabases {
  /** connections that see every row: for the operator, and for the service's own work */
  readonly service: Sql;
  /** connections that see nothing until a transaction names its reseller */
  readonly reseller: Sql;
}

/** The scope of everything: for the operator, and for work that no caller asked for. */
export function operatorScope(sql: Sql, resellerId: string): Scope {
  return {
    resellerId,
    isOperator: true,
    read: (work) => work(sql),
    readSnapshot: (work) => inSnapshot(sql, work),
    stream: (rows) => rows(sql),
    write: (work) => inTransaction(sql, work),
  };
}

/** The scope of one reseller below the operator. */
export function resellerScope(sql: Sql, resellerId: string): Scope {
  const within =
    <T>(work: (tx: Transaction) => Promise<T>) =>
    async (tx: Transaction): Promise<T> => {
      await tx`select set_config('lowwater.reseller_id', ${resellerId}, true)`;
      return work(tx);
    };
  const write = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => inTransaction(sql, within(work));
  return {
    resellerId,
    isOperator: false,
    read: write,
    readSnapshot: (work) => inSnapshot(sql, within(work)),
    stream: (rows) => streamWithin(sql, resellerId, rows),
    write,
  };
}

async function* streamWithin<T>(
  sql: Sql,
  resellerId: string,
  rows: (q: Queries) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const connection = await sql.reserve();
  try {
    await connection`begin isolation level repeatable read read only`;
    await connection`select set_config('lowwater.reseller_id', ${resellerId}, true)`;
    yield* rows(connection);
  } finally {
    // It only read. A connection that was lost has no transaction left to end.
    await connection`rollback`.catch(() => undefined);
    connection.release();
  }
}

/** The scope of a caller. */
export function scopeOf(databases: ScopedDatabases, caller: Pick<Scope, 'resellerId' | 'isOperator'>): Scope {
  return caller.isOperator
    ? operatorScope(databases.service, caller.resellerId)
    : resellerScope(databases.reseller, caller.resellerId);
}
