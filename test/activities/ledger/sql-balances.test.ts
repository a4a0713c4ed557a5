import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createBalanceSource } from '../../../src/balances/create.js';
import { bindPlaceholders } from '../../../src/balances/sql.js';
import { createEmptyDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { noon, source, client, unknownOf, useExternalBalances } from '../../support/ledger/external-balances.js';

useExternalBalances();

test('the ledger has no source of its own: the check reads it in its own statement', () => {
  expect(createBalanceSource({ BALANCE_SOURCE: 'ledger', BALANCE_TIMEOUT_MS: 2000 })).toBeNull();
});

describe("a query on the operator's own database", () => {
  let billing: TestDatabase;
  const select = 'select client_id, live, currency from accounts where client_id = any(:ids)';
  const sqlSource = (query = select, timeoutMs = 2000): ReturnType<typeof source> =>
    source({
      BALANCE_SOURCE: 'sql',
      BALANCE_SQL_URL: billing.url,
      BALANCE_SQL_QUERY: query,
      BALANCE_TIMEOUT_MS: timeoutMs,
    });

  beforeAll(async () => {
    billing = await createEmptyDatabase();
    await billing.sql`create table accounts (client_id text, live numeric, currency text)`;
    await billing.sql`create table moves (account bigint, amount numeric(20, 10), at timestamptz)`;
    await billing.sql`
      insert into accounts values
        ('1', 45.5, 'EUR'), ('2', -419.78, 'EUR'), ('3', 0, 'USD'), ('4', null, 'EUR'), ('5', 0.0000001, 'EUR'),
        ('6', 1, 'EUR'), ('6', 2, 'EUR'), ('acme', 7, 'EUR'), ('8', 1234567890123, 'EUR'), ('9', 3, 'eur'),
        ('10', 12.3400000000, 'EUR')`;
    await billing.sql`
      insert into moves values (1, 10, '2026-01-01Z'), (1, -2.5, '2026-01-30Z'), (1, -4, '2026-02-02Z')`;
  });
  afterAll(() => billing.drop());

  test('is read in one go; each client that cannot be told is unknown with its reason, and harms nobody else', async () => {
    const { source: sql, told } = sqlSource();

    const result = await sql.read(
      [...['1', '2', '3', '4', '5', '6', '8', '9', '10', '11'].map((id) => client(id)), client('7', 'EUR', 'acme')],
      noon,
    );

    expect(result.get('1')).toEqual({ live: '45.50', currency: 'EUR' });
    expect(result.get('2')).toEqual({ live: '-419.78', currency: 'EUR' });
    expect(result.get('7')).toEqual({ live: '7.00', currency: 'EUR' });
    expect(result.get('10')).toEqual({ live: '12.34', currency: 'EUR' });
    expect(unknownOf(result, '3')).toContain("in USD, but the client's currency is EUR");
    expect(unknownOf(result, '4')).toContain('no exact amount');
    expect(unknownOf(result, '5')).toContain('no exact amount');
    expect(unknownOf(result, '6')).toContain('more than once');
    expect(unknownOf(result, '8')).toContain('no exact amount');
    expect(unknownOf(result, '9')).toContain('no currency');
    expect(unknownOf(result, '11')).toContain('does not know');
    expect(told).toMatchObject({ reads: [{ clients: 11, unknown: 7 }], changes: [] });
  });

  test('takes the instant of the check where the query asks for it', async () => {
    const { source: sql } = sqlSource(
      `select account as client_id, sum(amount) as live, 'EUR' as currency
       from moves where account::text = any(:ids) and at <= :at group by account;`,
    );

    expect((await sql.read([client('1')], noon)).get('1')).toEqual({ live: '7.50', currency: 'EUR' });
    expect((await sql.read([client('1')], Date.UTC(2026, 1, 3))).get('1')).toEqual({ live: '3.50', currency: 'EUR' });
  });

  test('never mixes up two clients who share a name there', async () => {
    const { source: sql } = sqlSource();

    const result = await sql.read([client('1'), client('20', 'EUR', '1'), client('2')], noon);

    expect(unknownOf(result, '1')).toContain('clients 1 and 20 have the same name');
    expect(unknownOf(result, '20')).toContain('clients 1 and 20 have the same name');
    expect(result.get('2')).toEqual({ live: '-419.78', currency: 'EUR' });
  });

  test.each([
    ['a float', "select '1' client_id, 1.5::float8 live, 'EUR' currency where '1' = any(:ids)", 'cast it to numeric'],
    ['a missing column', "select '1' client_id, 1.5 balance, 'EUR' currency where '1' = any(:ids)", 'the column live'],
    ['a missing table', 'select * from gone where client_id = any(:ids)', 'relation "gone" does not exist'],
    ['a division by zero', "select '1' client_id, 1/0 live, 'EUR' currency where '1' = any(:ids)", '22012'],
    [
      'a write',
      "with w as (delete from accounts returning *) select client_id, live, currency from w where '1' = any(:ids)",
      'read-only',
    ],
    ['two statements', `${select}; drop table accounts`, 'multiple commands'],
  ])('leaves everybody unknown and changes nothing there: %s', async (_what, query, reason) => {
    const { source: sql, told } = sqlSource(query);

    const result = await sql.read([client('1'), client('2')], noon);

    expect(unknownOf(result, '1')).toContain(reason);
    expect(unknownOf(result, '2')).toContain(reason);
    expect(told.changes).toHaveLength(1);
    await expect(sql.check()).rejects.toThrow(/not usable/);
    expect(await billing.sql`select count(*)::int as n from accounts`).toMatchObject([{ n: 11 }]);
  });

  test('a slow query is ended on the server, and the next read works', async () => {
    await billing.sql`create table delays (seconds numeric)`;
    await billing.sql`insert into delays values (60)`;
    const { source: sql, told } = sqlSource(
      `select client_id, live, currency from accounts
       where client_id = any(:ids) and (select pg_sleep(seconds) from delays)::text is not null`,
      300,
    );

    expect(unknownOf(await sql.read([client('1')], noon), '1')).toContain('no answer within 300 ms');
    const running = await billing.sql`
      select 1 from pg_stat_activity where application_name = 'lowwater-balances' and state = 'active'`;
    expect(running).toHaveLength(0);
    await billing.sql`update delays set seconds = 0`;
    expect((await sql.read([client('1')], noon)).get('1')).toEqual({ live: '45.50', currency: 'EUR' });
    expect(told.changes).toEqual(['down: no answer within 300 ms', 'up']);
  });

  test('a connection that swallows everything is given up, and the next read works', async () => {
    const real = new URL(billing.url);
    let swallow = true;
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      if (swallow) return void socket.resume();
      const upstream = connect(Number(real.port), real.hostname);
      upstream.on('error', () => socket.destroy());
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(billing.url);
    through.hostname = '127.0.0.1';
    through.port = String((proxy.address() as AddressInfo).port);
    const { source: sql } = source({
      BALANCE_SOURCE: 'sql',
      BALANCE_SQL_URL: through.href,
      BALANCE_SQL_QUERY: select,
      BALANCE_TIMEOUT_MS: 300,
    });

    expect(unknownOf(await sql.read([client('1')], noon), '1')).toContain('not usable');
    swallow = false;
    expect((await sql.read([client('1')], noon)).get('1')).toEqual({ live: '45.50', currency: 'EUR' });
    await sql.close();
    proxy.close();
  });

  test('a database that is not there leaves everybody unknown, said once and without the password', async () => {
    const { source: sql, told } = source({
      BALANCE_SOURCE: 'sql',
      BALANCE_SQL_URL: 'postgres://reader:hunter2@127.0.0.1:1/billing',
      BALANCE_SQL_QUERY: select,
    });

    for (let round = 0; round < 3; round++) {
      expect(unknownOf(await sql.read([client('1')], noon), '1')).toContain('ECONNREFUSED');
    }
    expect(told.changes).toEqual(['down: it failed (ECONNREFUSED)']);
    await expect(sql.check()).rejects.toThrow('ECONNREFUSED');
    expect(told.changes.join()).not.toContain('hunter2');
  });

  test('check asks for nobody and is content with a good query', async () => {
    await expect(sqlSource().source.check()).resolves.toBeUndefined();
  });

  test('a query without :ids is refused at once, for it would read everybody', () => {
    expect(() => sqlSource('select client_id, live, currency from accounts')).toThrow(':ids');
  });

  test.each([
    ["select ':ids', x::at from t where id = any(:ids)", "select ':ids', x::at from t where id = any($1::text[])"],
    ['-- :at\nselect 1 /* :ids */ where :ids', '-- :at\nselect 1 /* :ids */ where $1::text[]'],
    ['select $q$ :at $q$, ":at" where :ids', 'select $q$ :at $q$, ":at" where $1::text[]'],
    ['select :at, :ids, :at', 'select $1::timestamptz, $2::text[], $1::timestamptz'],
  ])('binds placeholders and leaves texts, comments and casts alone: %s', (query, bound) => {
    expect(bindPlaceholders(query).text).toBe(bound);
  });
});
