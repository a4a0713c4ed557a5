import { databaseRoles, openDatabase, type Sql, type Transaction } from '../../src/storage/system/database.js';
import { postEntry } from '../../src/storage/ledger/ledger.js';
import { requireSchema } from '../../src/storage/system/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

/** What the database itself refuses a caller of a reseller, whatever the queries forget. */

/**
 * The hundreds of an id name the reseller that its row belongs to: 1 the operator, 2 reseller A, 3 reseller B. 101, 201
 * and 301 are managers; 202 is a sub-reseller of A.
 */
const operator = '100';
const a = '200';
const managerOfA = '201';
const idColumns = [
  ...['client_id', 'reseller_id', 'profile_id', 'user_id', 'notification_id', 'delivery_id', 'source_id', 'id'],
];

let database: TestDatabase;
let owner: Sql;
let reseller: Sql;
let service: Sql;
let tables: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.sql;
  reseller = openDatabase(database.url, { role: 'reseller', max: 2 });
  service = openDatabase(database.url, { role: 'service', max: 2 });
  await owner.begin(async (tx) => {
    await tx`
      insert into resellers (id, parent_id, kind, name, path) values
        (100, null, 'operator', 'Operator', '{100}'), (101, 100, 'manager', 'Of the operator', '{100,101}'),
        (200, 100, 'reseller', 'A', '{100,200}'), (201, 200, 'manager', 'Of A', '{100,200,201}'),
        (202, 200, 'reseller', 'Below A', '{100,200,202}'),
        (300, 100, 'reseller', 'B', '{100,300}'), (301, 300, 'manager', 'Of B', '{100,300,301}')`;
    for (const id of [100, 200, 300]) await addRowsOf(tx, id);
    await tx`
      insert into clients (id, reseller_id, manager_id, name, currency, balance_model)
      values (202, 202, 201, 'Client below A', 'USD', 'prepaid')`;
  });
  const scoped = await owner<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity order by 1`;
  tables = scoped.map(({ name }) => name);
});
afterAll(async () => {
  await reseller.end();
  await service.end();
  await database.drop();
});

/** One row in each table that has row security. */
async function addRowsOf(tx: Transaction, id: number): Promise<void> {
  await tx`insert into users (id, reseller_id, name, email) values (${id}, ${id}, 'User', ${`user${id}@example.com`})`;
  await tx`
    insert into api_keys (id, reseller_id, name, prefix, secret_hash, scopes, created_by)
    values (${id}, ${id}, 'Key', ${`p${id}`}, ${Buffer.alloc(32)}, '{*}', 'system')`;
  await tx`
    insert into sessions (id, user_id, token_hash, address, created_at, last_seen_at, expires_at)
    values (${id}, ${id}, ${Buffer.alloc(32, id % 251)}, '127.0.0.1', now(), now(), now())`;
  await tx`insert into profiles (id, reseller_id, name, currency, period_hours) values (${id}, ${id}, 'Profile', 'USD', 24)`;
  await tx`insert into profile_rules (profile_id, key, position, user_ids) values (${id}, 'user', 0, array[${id}::bigint])`;
  await tx`
    insert into clients (id, reseller_id, manager_id, profile_id, name, currency, balance_model)
    values (${id}, ${id}, ${id + 1}, ${id}, 'Client', 'USD', 'prepaid')`;
  await tx`insert into saved_views (id, reseller_id, owner, page, name, query) values (${id}, ${id}, 'user:1', 'clients', ${String(id)}, '')`;
  await tx`insert into balances (client_id) values (${id})`;
  await tx`
    insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source)
    values (${id}, 'payment', ${`payment-${id}`}, 1, 'USD', now(), true, 1, 'api'),
      (${id}, 'charge', 'charge', -1, 'USD', now(), true, 0, 'api')`;
  await tx`
    insert into temporary_credits (id, client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${id}, ${id}, 1, 'r', 1, 'USD', now(), now() + interval '1 day', 'active', 'test', 'system')`;
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor)
    values (${id}, now(), 'set', 0, 1, 0, 0, 'system')`;
  await tx`insert into outbox (client_id, kind, origin) values (${id}, 'balanceChanged', 'client')`;
  await tx`insert into monitors (client_id) values (${id})`;
  await tx`insert into stuck_monitors (client_id) values (${id})`;
  await tx`insert into checks (client_id, at, kind, state, verdicts) values (${id}, now(), 'manual', 'ok', '[]')`;
  await tx`insert into balance_faults (client_id, source, reason, since) values (${id}, 'sql', 'test', now())`;
  await tx`
    insert into notifications (id, client_id, kind, rule, episode, number, decided_at) overriding system value
    values (${id}, ${id}, 'low_balance', 'user', 1, 1, now())`;
  await tx`
    insert into deliveries (id, notification_id, position, recipient, locale, timezone, template, subject, html, text, message_id)
    overriding system value
    values (${id}, ${id}, 0, 'r@example.com', 'en', 'UTC', 't', 's', 'h', 't', ${`m${id}`})`;
  await tx`insert into delivery_attempts (delivery_id, attempt, started_at) values (${id}, 1, now())`;
  await tx`
    insert into mail_templates (id, kind, reseller_id, name, subject, html, text)
    values (${id}, 'low_balance', ${id}, 'Template', 's', 'h', 't')`;
  await tx`
    insert into webhook_sources (id, name, reseller_id, secrets) values (${id}, ${`source-${id}`}, ${id}, array[${Buffer.alloc(1)}::bytea])`;
  await tx`insert into webhook_messages (source_id, message_id, body_hash) values (${id}, 'm', ${Buffer.alloc(1)})`;
  await tx`
    insert into events (kind, severity, subject_type, subject_id, client_id, reseller_id, cause, first_at, last_at, email_group)
    values ('payment.refused', 'info', 'payment', 's', ${id}, ${id}, 'of a client', now(), now(), 'g'),
      ('template.failed', 'info', 'template', 's', null, ${id}, 'of a reseller', now(), now(), 'g')`;
  await tx`
    insert into audit (actor, source, action, subject_type, subject_id, client_id, reseller_id)
    values ('system', 'system', 'client.create', 'client', 's', ${id}, ${id}),
      ('system', 'system', 'user.create', 'user', 's', null, ${id})`;
  await tx`
    insert into request_log (request_id, at, method, path, status, duration_ms, reseller_id)
    values ('r', now(), 'GET', '/', 200, 1, ${id})`;
}

type Row = Readonly<Record<string, unknown>>;

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

/** The number of the reseller that a row belongs to. */
function ownerOf(row: Row): string {
  const column = idColumns.find((name) => row[name] !== undefined && row[name] !== null);
  return String(row[column ?? 'id']).slice(0, 1);
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

describe('every table', () => {
  test('that has a reseller or a client, or belongs to such a row, has forced row security and policies', async () => {
    const rows = await owner<{ name: string; missing: string }[]>`
      with recursive scoped (oid) as (
        select c.oid from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (
          c.relname = 'resellers' or exists (
            select 1 from pg_attribute x
            where x.attrelid = c.oid and x.attname in ('reseller_id', 'client_id') and not x.attisdropped))
        union
        select f.conrelid from scoped s join pg_constraint f on f.confrelid = s.oid and f.contype = 'f'
      )
      select c.relname as name, concat_ws(', ',
        case when not (c.relrowsecurity and c.relforcerowsecurity) then 'forced row security' end,
        (select string_agg('a policy for ' || r.rolname, ', ') from pg_roles r
          where r.rolname = any (${Object.values(databaseRoles)})
            and not exists (select 1 from pg_policy p where p.polrelid = c.oid and r.oid = any (p.polroles)))) as missing
      from scoped join pg_class c using (oid)`;
    expect(rows.filter(({ missing }) => missing !== '')).toEqual([]);
    expect(rows.map(({ name }) => name).sort()).toEqual(tables);
  });

  test('has rows in these tests, so that none passes for being empty', async () => {
    for (const table of tables) {
      const rows = await owner<Row[]>`select * from ${owner(table)}`;
      expect([table, [...new Set(rows.map(ownerOf))].sort().join()]).toEqual([table, '1,2,3']);
    }
  });

  test('shows the service all rows, under no condition that could change a plan', async () => {
    for (const table of tables) {
      const [seen] = await service`select count(*) from ${service(table)}`;
      expect([table, seen]).toEqual([table, (await owner`select count(*) from ${owner(table)}`)[0]]);
    }
    expect(
      await owner`select tablename from pg_policies where policyname = 'service' and (qual <> 'true' or with_check <> 'true')`,
    ).toEqual([]);
  });

  test('belongs to neither role, and neither may log in, create, rewrite the ledger, or rewrite the audit log', async () => {
    const roles = Object.values(databaseRoles);
    expect(
      await owner`
        select rolname from pg_roles
        where rolname = any (${roles}) and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    ).toEqual([]);
    expect(await owner`select relname from pg_class where relowner::regrole::text = any (${roles})`).toEqual([]);
    for (const sql of [service, reseller]) {
      await expect(sql`create table mine ()`).rejects.toThrow('permission denied');
      await expect(sql`update ledger_entries set amount = 1`).rejects.toThrow('permission denied');
      await expect(sql`delete from audit`).rejects.toThrow('permission denied');
    }
  });
});

/** Read for clients below: names and emails of those above, their profiles, and the users that these notify. */
const inherited = ['profile_rules', 'profiles', 'resellers', 'users'];

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
        insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source)
        values (200, 'charge', 'another', -1, 'USD', now(), true, 0, 'api')`;
      await tx`
        insert into outbox (client_id, kind, origin) values (200, 'balanceChanged', 'client')
        on conflict (client_id, kind, origin) where attempts = 0 do update set next_attempt_at = now()`;
      await tx`update clients set name = 'Renamed' where id = 202`;
      return tx`select amount from charge_days where client_id = 200`;
    });
    expect(written).toEqual([{ amount: '2.000000' }]);
  });

  test('the id of a payment of another is known to be in use, and nothing else of the payment', async () => {
    const used = await within(a, (tx) => tx`select * from payment_ids_in_use(array['payment-300', 'payment-9'])`);
    expect(used).toEqual([{ payment_ids_in_use: 'payment-300' }]);
  });

  test('a payment with the id of a payment of another is refused like one with an id of its own', async () => {
    const payment = { kind: 'payment', amount: 1_000_000n, currency: 'USD', source: 'api', clientId: a } as const;
    for (const externalId of ['payment-300', 'payment-100']) {
      await expect(within(a, (tx) => postEntry(tx, { ...payment, externalId }))).rejects.toMatchObject({
        code: 'conflict',
      });
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
