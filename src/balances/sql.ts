import postgres from 'postgres';
import { matchAnswers, referencesOf } from './answers.js';
import { guardedRead, verifySource } from './guarded-read.js';
import { SourceDown, type BalanceRequest, type BalanceSource, type ReadResult, type SourceObserver } from './source.js';

interface SqlSourceOptions {
  /** `postgres://` address of the operator's database; a user that may only read is enough */
  readonly url: string;
  /** a `select` of `client_id`, `live`, `currency` for `:ids` (text[]) and, if it keeps history, `:at` (timestamptz) */
  readonly query: string;
  /** longest time of one read, connecting included, in ms */
  readonly timeoutMs: number;
}

/** Connections to the foreign database: batches are large, so few are enough. */
const connections = 2;
/** The server ends a slow statement itself; only when that fails too is the connection given up. */
const graceMs = 250;

const requiredColumns = ['client_id', 'live', 'currency'] as const;
/** real and double precision */
const floatTypes = [700, 701];

/**
 * Reads balances with a query on the operator's own PostgreSQL, through its own small pool, in read-only
 * transactions and under a time limit that the server keeps.
 *
 * @throws Error when the query does not mention `:ids`, for it would then read all balances for each batch.
 */
export function createSqlSource(options: SqlSourceOptions, observer: SourceObserver = {}): BalanceSource {
  const statement = bindPlaceholders(options.query);
  let pool = openPool(options);

  const run = async (references: readonly string[], atMs: number): Promise<postgres.Row[]> => {
    const used = pool;
    const values = { ids: [...references], at: new Date(atMs) };
    const query = used.unsafe(
      statement.text,
      statement.names.map((name) => values[name]),
    );
    const rows = await withDeadline(query, options.timeoutMs + graceMs, () => {
      // A connection that swallows questions would swallow the next as well.
      if (pool === used) pool = openPool(options);
      void used.end({ timeout: options.timeoutMs / 1000 }).catch(() => undefined);
    }).catch((error: unknown) => {
      throw explained(error, options.timeoutMs);
    });
    checkColumns(rows.columns);
    return [...rows];
  };

  const ask = async (clients: readonly BalanceRequest[], atMs: number): Promise<ReadResult> => {
    const rows = await run(referencesOf(clients), atMs);
    return matchAnswers(
      clients,
      rows.map((row): { reference: unknown; live: unknown; currency: unknown } => ({
        reference: row['client_id'],
        live: row['live'],
        currency: row['currency'],
      })),
    );
  };

  return {
    kind: 'sql',
    read: guardedRead('sql', ask, observer),
    check: verifySource(() => run([], Date.now())),
    close: () => pool.end({ timeout: 1 }),
  };
}

function openPool(options: SqlSourceOptions): postgres.Sql {
  return postgres(options.url, {
    max: connections,
    idle_timeout: 60,
    connect_timeout: options.timeoutMs / 1000,
    onnotice: () => undefined,
    connection: {
      application_name: 'lowwater-balances',
      default_transaction_read_only: true,
      statement_timeout: options.timeoutMs,
      TimeZone: 'UTC',
    },
  });
}

type Placeholder = 'ids' | 'at';

/** What may hold a colon without meaning a placeholder: quoted text, quoted names, dollar quotes, comments, casts. */
const sqlPieces = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|::|:(ids|at)\b/g;

const casts = { ids: 'text[]', at: 'timestamptz' } as const;

/** `:ids` and `:at` become bound parameters: a value never becomes SQL. */
export function bindPlaceholders(query: string): { text: string; names: Placeholder[] } {
  const names: Placeholder[] = [];
  const text = query.replace(sqlPieces, (piece: string, _quote: string | undefined, name: Placeholder | undefined) => {
    if (name === undefined) return piece;
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}::${casts[name]}`;
  });
  if (!names.includes('ids')) {
    throw new Error('BALANCE_SQL_QUERY does not mention :ids: add "where client_id = any(:ids)" to it');
  }
  return { text, names };
}

function checkColumns(columns: postgres.ColumnList<string>): void {
  const missing = requiredColumns.filter((name) => !columns.some((column) => column.name === name));
  if (missing.length > 0) throw new SourceDown(`the query does not return the column ${missing.join(', ')}`);
  if (columns.some(({ name, type }) => name === 'live' && floatTypes.includes(type))) {
    throw new SourceDown('the column live is a floating-point number, which is not exact: cast it to numeric');
  }
}

async function withDeadline<Value>(work: PromiseLike<Value>, ms: number, onLate: () => void): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      onLate();
      reject(new SourceDown(`no answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** In words what is wrong, without the foreign server's text, which may quote data. */
function explained(error: unknown, timeoutMs: number): unknown {
  if (!(error instanceof postgres.PostgresError)) return error;
  if (error.code === '57014') return new SourceDown(`no answer within ${timeoutMs} ms`);
  if (error.code === '25006') return new SourceDown('the query tries to write: use a read-only query');
  // Class 42 speaks of the query's own text: a missing table or right, a mistake in the syntax.
  if (error.code.startsWith('42')) return new SourceDown(`the query was rejected: ${error.message} (${error.code})`);
  return error;
}
