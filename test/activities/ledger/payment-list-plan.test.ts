import { paymentList, type PaymentFilter } from '../../../src/storage/ledger/payment-list.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** The list of payments reads the rows of a page, not all that were ever recorded. */

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`
    insert into resellers (id, parent_id, kind, name, path) values (1, null, 'operator', 'Operator', '{1}')`;
  await database.sql`
    insert into clients (id, reseller_id, name, currency, balance_model)
    overriding system value select n, 1, 'Client ' || n, 'USD', 'prepaid' from generate_series(1, 50) n`;
  await database.sql`
    insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
    select n % 50 + 1, kind, kind || '-' || n, case kind when 'charge' then -1 else 1 end, 'USD',
      now() - n * interval '1 minute', false, 1, 'key:1', n * 2 + (kind = 'charge')::int
    from generate_series(1, 3000) n, (values ('payment'), ('charge')) as kinds (kind)`;
  await database.sql`analyze`;
});
afterAll(() => database.drop());

const all: PaymentFilter = {
  ...{ q: null, clientId: null, resellerId: null, source: null, currency: null },
  ...{ amountFrom: null, amountTo: null, from: null, to: null },
};

async function planOf(filter: Partial<PaymentFilter>): Promise<string> {
  const { sql } = database;
  const { select } = paymentList(sql, '1', { ...all, ...filter });
  const page = select({
    within: sql`true`,
    orderBy: sql`e.occurred_at desc, e.id desc`,
    limit: sql`21`,
    position: sql`null::text[]`,
  });
  const lines = await sql<{ 'QUERY PLAN': string }[]>`explain ${page}`;
  return lines.map((line) => line['QUERY PLAN']).join('\n');
}

test.each<[string, Partial<PaymentFilter>, RegExp]>([
  ['a page', {}, /Index Scan Backward using ledger_payments on/],
  ['a page of a source', { source: 'key:1' }, /Index Scan Backward using ledger_payments on/],
  ['a time', { from: new Date(Date.now() - 60_000) }, /using ledger_payments on/],
  ['the beginning of an id', { q: 'Payment-117' }, /ledger_payment_search/],
  ['a client', { clientId: '7' }, /using ledger_(history|kind|payments) on|on ledger_(history|kind)/],
])('%s is read by an index', async (_name, filter, index) => {
  const plan = await planOf(filter);
  expect(plan).toMatch(index);
  expect(plan).not.toContain('Seq Scan on ledger_entries');
});
