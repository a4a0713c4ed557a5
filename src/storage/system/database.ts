import postgres from 'postgres';

/** The connection pool. Query text is always a tagged template: values never become SQL. */
export type Sql = postgres.Sql;
/** A connection within a transaction. */
export type Transaction = postgres.TransactionSql;
/** Either: for queries that may run inside or outside of a transaction. */
export type Queries = Sql | Transaction;

/** The roles as which pools work; migrations/000021_row_security.sql says which rows each of them sees. */
export const databaseRoles = {
  service: 'lowwater_service',
  reseller: 'lowwater_reseller',
  client: 'lowwater_client',
} as const;
type DatabaseRole = keyof typeof databaseRoles;

interface DatabaseOptions {
  /**
   * as which role the connections work; the user of the URL must be its member. `reseller` sees nothing until a
   * transaction names a reseller, `client` nothing until it names a client. Absent: as the user of the URL, for migrations.
   */
  readonly role?: DatabaseRole;
  /** connections kept; default 8 */
  readonly max?: number;
  /** longest time of one statement in ms; default 10 000 */
  readonly statementTimeoutMs?: number;
  readonly applicationName?: string;
  /** called with each statement that is sent, for tests: its values are of people and never logged */
  readonly onStatement?: (text: string, values: readonly unknown[]) => void;
}

/**
 * Makes the first message of a connection longer than 1024 bytes. The driver (3.4.9) sends shorter ones a moment later, and
 * where the connection closes in that moment, it never sends anything again: every attempt to connect again would time out.
 * The server splits these options at spaces, and finds none.
 */
const startupPadding = ' '.repeat(1024);

/** Opens a pool. `numeric` and `bigint` arrive as strings, so money never passes through a float. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Sql {
  const { onStatement } = options;
  return postgres(url, {
    max: options.max ?? 8,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => undefined,
    ...(onStatement && {
      debug: (_connection: number, text: string, values: unknown[]) => onStatement(text, values),
    }),
    connection: {
      application_name: options.applicationName ?? 'lowwater',
      statement_timeout: options.statementTimeoutMs ?? 10_000,
      TimeZone: 'UTC',
      options: startupPadding,
      ...(options.role && { role: databaseRoles[options.role] }),
    },
  });
}

/** The names of PostgreSQL's faults that a caller reacts to. */
export const sqlStates = { uniqueViolation: '23505', foreignKeyViolation: '23503' } as const;

export function sqlStateOf(error: unknown): string | null {
  return error instanceof postgres.PostgresError ? error.code : null;
}

/** The constraint or unique index that refused a statement; null: none did. */
export function constraintOf(error: unknown): string | null {
  return error instanceof postgres.PostgresError ? (error.constraint_name ?? null) : null;
}
