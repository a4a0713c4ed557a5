import { balanceReportList } from '../../../src/storage/reports/balance-report.js';
import { summaryReportList, sumSummary, type SummaryReport } from '../../../src/storage/reports/summary-report.js';
import { database, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/** Reports read the days and clients that they are about, not the whole ledger. */

useLedgerDatabase();

beforeAll(async () => {
  const { sql } = database;
  await sql`
    insert into clients (id, reseller_id, name, currency, balance_model)
    overriding system value select n, 1 + n % 2, 'Client ' || n, 'USD', 'prepaid' from generate_series(1001, 1100) n`;
  await sql`insert into balances (client_id) select id from clients where id between 1001 and 1100`;
  await sql`
    insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
    select 1001 + n % 100, kind, kind || '-' || n, case kind when 'charge' then -1 else 1 end, 'USD',
      timestamptz '2026-06-01' - n * interval '1 hour', false, 1, 'test', n * 2 + (kind = 'charge')::int
    from generate_series(1, 8000) n, (values ('payment'), ('charge')) as kinds (kind)`;
  await sql`
    insert into invoice_sequences (reseller_id, type, prefix, format, restart)
    values (1, 'outgoing', 'N-', '{prefix}{seq:6}', 'never')`;
  await sql`
    insert into invoices (client_id, type, status, sequence_id, no, no_seq, currency, timezone, period_start, period_end,
      total, issued_at, origin, created_by)
    select 1001 + n % 100, 'outgoing', 'issued', s.id, 'N-' || n, n, 'USD', 'UTC', timestamptz '2026-06-01' - n * interval '1 day',
      timestamptz '2026-06-01' - (n - 1) * interval '1 day', 10, timestamptz '2026-06-01' - n * interval '3 hours', 'auto', 'test'
    from generate_series(1, 3000) n cross join invoice_sequences s`;
  await sql`analyze`;
});

async function planOf(query: unknown): Promise<string> {
  const lines = await database.sql<{ 'QUERY PLAN': string }[]>`explain ${query as never}`;
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

function parts() {
  const { sql } = database;
  return { within: sql`true`, orderBy: sql`1`, limit: sql`21`, position: sql`null::text[]` };
}

const week: SummaryReport = {
  ...{ by: 'day', per: 'client', from: '2026-05-20', to: '2026-05-26' },
  ...{ clientId: null, resellerId: null, currency: null, timezone: null },
};

test('a balance report reads the entries of the client since its first day', async () => {
  const report = {
    ...({ clientId: '1007', balance: 'live', from: '2026-05-01', to: '2026-05-31', timezone: null } as const),
    now: new Date('2026-06-01'),
  };
  const plan = await planOf(balanceReportList(database.sql, report).select(parts()));
  expect(plan).toMatch(/ledger_history/);
  expect(plan).not.toMatch(/Seq Scan on (ledger_entries|invoices|charge_days)/);
});

test.each<[string, Partial<SummaryReport>]>([
  ['of all clients', {}],
  ['of a reseller', { resellerId: '2' }],
  ['per reseller', { per: 'reseller', by: 'week' }],
  ['of a client in another zone', { clientId: '1007', timezone: 'Europe/Kyiv' }],
  ['of a client', { clientId: '1007', from: '2026-01-01', to: '2026-05-31' }],
])('a summary report %s reads its days by indexes', async (_name, wish) => {
  const report = { ...week, ...wish };
  const rows = await planOf(summaryReportList(database.sql, '1', report).select(parts()));
  const sums = await planOf(sumSummary(database.sql, '1', report));
  for (const plan of [rows, sums]) expect(plan).not.toMatch(/Seq Scan on (ledger_entries|invoices|charge_days)/);
});
