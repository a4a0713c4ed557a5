import { openDatabase, type Sql, type Transaction } from '../../../src/storage/system/database.js';
import { postEntry } from '../../../src/storage/ledger/ledger.js';
import { requireSchema } from '../../../src/storage/system/migrate.js';
import {
  database,
  owner,
  reseller,
  tables,
  ownerOf,
  useRowSecurity,
  type Row,
} from '../../support/access/row-security.js';

useRowSecurity();

/** What the database itself refuses a caller of a reseller, whatever the queries forget. */

/**
 * The hundreds of an id name the reseller that its row belongs to: 1 the operator, 2 reseller A, 3 reseller B. 101, 201
 * and 301 are managers; 202 is a sub-reseller of A.
 */
const operator = '100';

const a = '200';

const managerOfA = '201';

/** Runs `work` for a reseller, and rolls it back. */
async function within<T>(scope: string | null, work: (tx: Transaction) => PromiseLike<T>): Promise<T> {
  const box: { result?: T } = {};
  const rollback = new Error('rolled back');
  await reseller
    .begin(async (tx) => {
      if (scope !== null) await tx`select set_config('lowwater.reseller_id', ${scope}, true)`;
      box.result = await work(tx);
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  return box.result as T;
}

async function ownersSeen(scope: string | null, table: string): Promise<string> {
  const rows = await within(scope, (tx) => tx<Row[]>`select * from ${tx(table)}`);
  return [...new Set(rows.map(ownerOf))].sort().join();
}

async function columnsOf(table: string): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and attgenerated = '' and not attisdropped order by attnum`;
  return rows.map(({ name }) => name);
}

/** All rows that do not belong to A, as values of the table's type. */
async function rowsOfOthers(table: string): Promise<{ readonly text: string }[]> {
  const rows = await owner<(Row & { text: string })[]>`select t.*, to_jsonb(t)::text as text from ${owner(table)} t`;
  return rows.filter((row) => ownerOf(row) !== '2');
}

/** Read for clients below: names and emails of those above, their profiles, and the users that these notify. */
const inherited = [
  'agreements',
  'client_templates',
  'customer_classes',
  'invoice_logos',
  'invoice_templates',
  'mail_templates',
  'notification_channels',
  'payment_gateways',
  'payment_terms',
  'profile_rules',
  'profiles',
  'rate_tables',
  'resellers',
  'silences',
  'table_rates',
  'tax_profiles',
  'users',
];

describe('in the scope of reseller A', () => {
  test('each table shows the rows of A, and of the operator only what A inherits', async () => {
    for (const table of tables) {
      const seen = inherited.includes(table) ? '1,2' : '2';
      expect([table, await ownersSeen(a, table)]).toEqual([table, seen]);
    }
  });

  test.each(['update', 'delete'] as const)('no %s reaches a row of another', async (statement) => {
    for (const table of tables) {
      const [column = ''] = (await columnsOf(table)).filter((name) => name !== 'id');
      for (const { text } of await rowsOfOthers(table)) {
        const reached = await within(a, async (tx) => {
          const isRow = tx`to_jsonb(t) = ${text}::text::jsonb`;
          const { count } =
            statement === 'update'
              ? await tx`update ${tx(table)} t set ${tx(column)} = ${tx(column)} where ${isRow}`
              : await tx`delete from ${tx(table)} t where ${isRow}`;
          return count;
        }).catch((error: Error) => (error.message.startsWith('permission denied') ? 0 : error.message));
        expect([table, reached]).toEqual([table, 0]);
      }
    }
  });

  test('no insert makes a row of another', async () => {
    for (const table of tables) {
      const columns = await columnsOf(table);
      for (const { text } of await rowsOfOthers(table)) {
        const inserted = within(
          a,
          (tx) => tx`
            insert into ${tx(table)} (${tx(columns)}) overriding system value
            select ${tx(columns)} from jsonb_populate_record(null::${tx(table)}, ${text}::text::jsonb)`,
        );
        await expect(inserted).rejects.toThrow(/row-level security policy|permission denied/);
      }
    }
  });

  test('no update gives a row away, or takes what is inherited', async () => {
    await expect(
      within(a, (tx) => tx`update clients set reseller_id = 300, manager_id = null where id = 200`),
    ).rejects.toThrow('row-level security');
    const taken = await within(a, (tx) => tx`update profiles set reseller_id = 200 where id = 100`);
    expect(taken.count).toBe(0);
  });

  test('own rows can be written', async () => {
    const written = await within(a, async (tx) => {
      await tx`
        insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
        values (200, 'charge', 'another', -1, 'USD', now(), true, 0, 'api', 4)`;
      await tx`
        insert into outbox (client_id, kind, origin) values (200, 'balanceChanged', 'client')
        on conflict (client_id, kind, origin) where attempts = 0 do update set next_attempt_at = now()`;
      await tx`update clients set name = 'Renamed' where id = 202`;
      return tx`select amount from charge_days where client_id = 200`;
    });
    expect(written).toEqual([{ amount: '2.000000' }]);
  });

  test('a payment has an id of its own reseller, whatever payments of others are called', async () => {
    const payment = { kind: 'payment', amount: 1_000_000n, currency: 'USD', source: 'api', clientId: a } as const;
    for (const externalId of ['payment-300', 'payment-100']) {
      const posted = await within(a, (tx) => postEntry(tx, { ...payment, externalId }));
      expect(posted).toMatchObject({ replayed: false, resellerId: a });
    }
    const repeated = await within(a, (tx) => postEntry(tx, { ...payment, externalId: 'payment-200' }));
    expect(repeated).toMatchObject({ replayed: true });
    const another = await within(a, (tx) => postEntry(tx, { ...payment, externalId: 'payment-201' }));
    expect(another).toMatchObject({ replayed: false });
  });
});

describe('in the scope of a manager', () => {
  test('the clients of the manager are visible with the names of their resellers', async () => {
    const seen = await within(
      managerOfA,
      (tx) => tx`select c.id, r.name from clients c join resellers r on r.id = c.reseller_id order by c.id`,
    );
    expect(seen).toEqual([
      { id: '200', name: 'A' },
      { id: '202', name: 'Below A' },
    ]);
    expect(await ownersSeen(managerOfA, 'balances')).toBe('2');
    expect(await ownersSeen(managerOfA, 'api_keys')).toBe('');
  });
});

test('in the scope of the operator, everything is visible', async () => {
  for (const table of tables) expect([table, await ownersSeen(operator, table)]).toEqual([table, '1,2,3']);
});

test('without a scope, each table is empty, also after a transaction that had one', async () => {
  await within(a, (tx) => tx`select 1`);
  for (const table of tables) expect([table, await ownersSeen(null, table)]).toEqual([table, '']);
});

test('a user that owns nothing may work in both roles once it is granted them', async () => {
  const name = `login_${database.url.slice(-8)}`;
  await owner.unsafe(`create role ${name} login password 'secret'`);
  const url = new URL(database.url);
  url.username = name;
  url.password = 'secret';
  const open = (): Sql => openDatabase(url.href, { role: 'service', max: 1 });
  const [before, after] = [open(), open()];
  try {
    await expect(requireSchema(before)).rejects.toThrow(/run "npm run migrate".*grant lowwater_service/);
    await owner.unsafe(`grant lowwater_service, lowwater_reseller to ${name}`);
    expect(await after`select count(*)::int as clients from clients`).toEqual([{ clients: 4 }]);
  } finally {
    await before.end();
    await after.end();
    await owner.unsafe(`drop role ${name}`);
  }
});
