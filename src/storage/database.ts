import postgres from 'postgres';

/** The connection pool. Query text is always a tagged template: values never become SQL. */
export type Sql = postgres.Sql;
/** A connection within a transaction. */
export type Transaction = postgres.TransactionSql;
/** Either: for queries that may run inside or outside of a transaction. */
export type Queries = Sql | Transaction;

export interface DatabaseOptions {
  /** connections kept; default 8 */
  readonly max?: number;
  /** longest time of one statement in ms; default 10 000 */
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
}

/** Opens a pool. `numeric` and `bigint` arrive as strings, so money never passes through a float. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Sql {
  return postgres(url, {
    max: options.max ?? 8,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName ?? 'lowwater',
      statement_timeout: options.statementTimeoutMs ?? 10_000,
      TimeZone: 'UTC',
    },
  });
}

/** The names of PostgreSQL's faults that a caller reacts to. */
export const sqlStates = { uniqueViolation: '23505', foreignKeyViolation: '23503' } as const;

export function sqlStateOf(error: unknown): string | null {
  return error instanceof postgres.PostgresError ? error.code : null;
}
