import { openDatabase, type Sql, type Transaction } from '../../../src/storage/system/database.js';
import { database, owner, ownerOf, tables, useRowSecurity, type Row } from '../../support/access/row-security.js';

useRowSecurity();

/** What the database itself refuses a user of the client panel, whatever the queries forget. */

/** The client of reseller A: the rows of others begin with 1 and 3. */
const own = '200';

let client: Sql;
beforeAll(() => {
  client = openDatabase(database.url, { role: 'client', max: 1 });
});
afterAll(() => client.end());

/** Runs `work` for a client, and rolls it back. Null: it may not. */
async function within<T>(scope: string | null, work: (tx: Transaction) => PromiseLike<T>): Promise<T | null> {
  const box: { result?: T } = {};
  const rollback = new Error('rolled back');
  await client
    .begin(async (tx) => {
      if (scope !== null) await tx`select set_config('lowwater.client_id', ${scope}, true)`;
      box.result = await work(tx);
      throw rollback;
    })
    .catch((error: Error) => {
      if (error !== rollback && !error.message.startsWith('permission denied')) throw error;
    });
  return box.result ?? null;
}

function seen(scope: string | null, table: string): Promise<number | null> {
  return within(scope, async (tx) => {
    const [row] = await tx<{ rows: number }[]>`select count(*)::int as rows from ${tx(table)}`;
    return row?.rows ?? 0;
  });
}

/** What a client sees; all other tables are closed to it, or empty. */
const shown = [
  ...[
    'account_emails',
    'accounts',
    'allocations',
    'auto_payments',
    'balances',
    'billing_email_changes',
    'card_payments',
    'charge_days',
    'clients',
    'credits',
  ],
  ...[
    'customer_classes',
    'invoice_documents',
    'invoice_lines',
    'invoices',
    'ledger_entries',
    'outbox',
    'panel_passwords',
    'panel_sessions',
  ],
  ...['resellers', 'reversals', 'temporary_credits', 'transfers'],
];

test('each table shows rows of the client alone, and what is for staff shows none', async () => {
  await owner`update clients set customer_class_id = 200 where id = 200`;
  const found: string[] = [];
  for (const table of tables) {
    const rows = await owner<Row[]>`select * from ${owner(table)}`;
    const ownRows = rows.filter((row) => ownerOf(row) === '2').length;
    const count = (await seen(own, table)) ?? 0;
    expect([table, count <= ownRows]).toEqual([table, true]);
    if (count > 0) found.push(table);
  }
  expect(found).toEqual([...shown].sort());
});

test('without a client, each table is empty', async () => {
  for (const table of tables) expect([table, (await seen(null, table)) ?? 0]).toEqual([table, 0]);
});

test.each([
  ['clients', 'version'],
  ['accounts', 'balance'],
  ['balances', 'live'],
  ['outbox', 'next_attempt_at'],
  ['panel_passwords', 'set_at'],
  ['billing_email_changes', 'status'],
  ['account_emails', 'attempts'],
])('an update of %s reaches the rows that it shows', async (table, column) => {
  const updated = await within(
    own,
    async (tx) => (await tx`update ${tx(table)} set ${tx(column)} = ${tx(column)}`).count,
  );
  expect(updated).toBe(await seen(own, table));
});

test.each(['name', 'credit_limit', 'reseller_id', 'panel_login', 'client_panel', 'status', 'tags', 'owner_email'])(
  'the column %s of clients is not the client’s to change',
  async (column) => {
    expect(await within(own, (tx) => tx`update clients set ${tx(column)} = ${tx(column)}`)).toBeNull();
  },
);

test.each(['owner_email', 'tags', 'routing_plan', 'external_id', 'profile_id'])(
  'the column %s of clients is not the client’s to read',
  async (column) => {
    expect(await within(own, (tx) => tx`select ${tx(column)} from clients`)).toBeNull();
  },
);

test('a client moves to no other, and writes nothing for others', async () => {
  const entry = within(
    own,
    (tx) => tx`
      insert into audit (actor, source, action, subject_type, subject_id, client_id)
      values ('client:200', 'panel', 'panel.login', 'client', '300', 300)`,
  );
  await expect(entry).rejects.toThrow('row-level security');
  const change = within(
    own,
    (tx) =>
      tx`insert into billing_email_changes (client_id, new_email, requested_at) values (300, 'x@x.example', now())`,
  );
  await expect(change).rejects.toThrow('row-level security');
});
