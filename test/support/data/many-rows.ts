import type { Sql } from '../../../src/storage/system/database.js';

/** Enough rows that the planner weighs an index against reading a table as it does for millions. */

/** SQL of a value of the nth copy of a row `t`, from 1, of `clients` in all. */
type Value = string;

interface Copied {
  readonly copies: number;
  readonly where?: string;
  /** absent: as in the row that is copied, a reference to a client excepted */
  readonly values?: Readonly<Record<string, Value>>;
}

const clients = 4000;
/** With fewer, reading a table as a whole would cost less than an index. */
const leastCopies = 2000;
const firstClient = 1_000_000;
const clientOf = (n: string): string => `${firstClient} + (${n}) % ${clients}`;

/**
 * What is copied, in this order: each table's rows as the lists' own data left them. A copy has its own id; its client, where
 * it has one, is one of the many; its times lie before those of the row.
 */
const tables: Readonly<Record<string, Copied>> = {
  clients: {
    copies: clients,
    where: 'id = (select min(id) from clients)',
    values: { id: clientOf('n'), name: `'Client ' || n`, external_id: `'external ' || n` },
  },
  balances: {
    copies: clients,
    where: 'client_id = (select min(id) from clients)',
    values: { live: 'n', next_invoice_at: `now() + n * interval '1 minute'` },
  },
  monitors: { copies: clients, where: 'client_id = (select min(id) from clients)' },
  ledger_entries: {
    copies: 3000,
    values: { external_id: `'copy ' || n || ' ' || t.id`, seq: '1000 + t.id * 4000 + n' },
  },
  charge_days: { copies: 8000, values: { day: `t.day - n % 25` } },
  invoices: {
    copies: 3000,
    where: 'no is not null',
    values: { no: `'COPY-' || n || '-' || t.id`, no_seq: '1000 + n', replaces: 'null', request_id: 'null' },
  },
  credits: { copies: 3000, values: { entry_id: '(select min(id) from ledger_entries) + 100 + t.id * 3000 + n' } },
  allocations: { copies: 2000 },
  accounts: { copies: 1500, values: { external_id: `'copy ' || n || ' ' || t.id` } },
  transfers: { copies: 1500, values: { request_id: `'copy ' || n || ' ' || t.id` } },
  checks: { copies: 3000 },
  capacity_changes: { copies: 3000, values: { sequence: 'n' } },
  credit_limit_history: { copies: 3000 },
  temporary_credits: { copies: 4000, values: { seq: 'n', request_id: `'copy ' || n` } },
  credit_requests: { copies: 3000, values: { request_id: `'copy ' || n || ' ' || t.id` } },
  silences: { copies: 2000 },
  notifications: { copies: 3000, where: 'client_id is not null', values: { episode: '1000 + n' } },
  deliveries: {
    copies: 4000,
    values: {
      notification_id: '(select min(id) from notifications) + 100 + n',
      recipient: `'copy' || n || '@a.example'`,
      message_id: `'copy-' || n || '-' || t.id`,
    },
  },
  bounced_addresses: { copies: 3000, values: { address: `'copy' || n || t.id || '@a.example'` } },
  exchange_rates: { copies: 5000, values: { from_currency: `chr(65 + n % 26) || chr(65 + n / 26 % 26) || 'X'` } },
  table_rates: { copies: 4000, values: { code: `(10000 + n)::text` } },
  rate_import_rows: { copies: 4000, values: { position: '1000 + n' } },
  rate_notifications: { copies: 3000 },
  card_payments: {
    copies: 3000,
    values: { key: `'copy ' || n || ' ' || t.id`, status: `'approved'`, request_id: 'null', decision: 'null' },
  },
  audit: { copies: 3000 },
  events: { copies: 3000, values: { cause: `'copy ' || n || ' ' || t.id` } },
  webhook_deliveries: { copies: 3000, values: { message_id: `'copy-' || n || '-' || t.id` } },
  job_rows: { copies: 4000, values: { position: '1000 + n' } },
  import_rows: { copies: 4000, values: { position: '1000 + n' } },
  request_log: { copies: 4000, values: { request_id: `'copy ' || n || ' ' || t.id` } },
  company_entries: { copies: 4000, values: { external_id: `'copy ' || n || ' ' || t.id` } },
  reseller_entries: { copies: 4000, values: { external_id: `'copy ' || n || ' ' || t.id`, seq: '1000 + n' } },
};

/** Copies the rows that are there. What triggers, references, and checks keep is not kept: only plans are read of them. */
export async function addManyRows(sql: Sql): Promise<void> {
  const short: string[] = [];
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const checks = await tx<{ name: string; table: string }[]>`
      select conname as name, conrelid::regclass::text as table from pg_constraint
      where contype = 'c' and conrelid::regclass::text = any(${Object.keys(tables)})`;
    for (const { name, table } of checks) await tx.unsafe(`alter table ${table} drop constraint "${name}"`);
    for (const [table, { copies, where = 'true', values = {} }] of Object.entries(tables)) {
      const columns = await tx<{ name: string; type: string; isIdentity: boolean; isGenerated: boolean }[]>`
        select attname as name, format_type(atttypid, null) as type, attidentity <> '' as "isIdentity",
          attgenerated <> '' as "isGenerated"
        from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`;
      const chosen = columns.flatMap(({ name, type, isIdentity, isGenerated }) => {
        const value = values[name] ?? copiedValue(name, type);
        return isGenerated || (isIdentity && value === null) ? [] : [{ name, value: value ?? `t.${name}` }];
      });
      const copied = await tx.unsafe(`
        insert into ${table} (${chosen.map(({ name }) => `"${name}"`).join(', ')}) overriding system value
        select ${chosen.map(({ value }) => value).join(', ')}
        from (select * from ${table} where ${where} limit 4) t cross join generate_series(1, ${copies}) n
        on conflict do nothing`);
      if (copied.count < leastCopies) short.push(`${table} has ${copied.count} copies`);
    }
  });
  if (short.length > 0) throw new Error(`the planner would not weigh the indexes of ${short.join(', ')}`);
  await sql`vacuum analyze`;
}

/** Null: as in the row that is copied. */
function copiedValue(name: string, type: string): Value | null {
  if (name === 'client_id') return clientOf('n');
  if (type === 'timestamp with time zone') return `t."${name}" - n * interval '1 minute'`;
  return null;
}
