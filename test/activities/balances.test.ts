import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createBalanceSource, type BalanceSettings } from '../../src/balances/create.js';
import type { AskedClient, BalanceSource, ReadResult } from '../../src/balances/source.js';
import { bindPlaceholders } from '../../src/balances/sql.js';
import { createEmptyDatabase, type TestDatabase } from '../support/postgres.js';

const noon = Date.UTC(2026, 0, 31, 12);

type Told = { reads: { clients: number; unknown: number }[]; changes: string[]; clients: [string, string | null][] };

/** A source that is closed after its test, and what it told its process. */
const open: BalanceSource[] = [];
function source(settings: Partial<BalanceSettings>): { source: BalanceSource; told: Told } {
  const told: Told = { reads: [], changes: [], clients: [] };
  const made = createBalanceSource(
    { BALANCE_SOURCE: 'ledger', BALANCE_TIMEOUT_MS: 2000, ...settings },
    {
      onRead: ({ clients, unknown }) => told.reads.push({ clients, unknown }),
      onClient: ({ clientId, reason }) => told.clients.push([clientId, reason]),
      onChange: ({ state, reason }) => told.changes.push(reason === undefined ? state : `${state}: ${reason}`),
    },
  );
  if (!made) throw new Error('no source');
  open.push(made);
  return { source: made, told };
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((made) => made.close()));
});

function client(id: string, currency = 'EUR', externalId: string | null = null): AskedClient {
  return { id, currency, externalId };
}

function unknownOf(result: ReadResult, id: string): string {
  const entry = result.get(id);
  return entry && 'unknown' in entry ? entry.unknown : `known: ${JSON.stringify(entry)}`;
}

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
    expect(unknownOf(result, '3')).toContain("in USD, the client's currency is EUR");
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
    ['two statements', `${select}; drop table accounts`, 'refused'],
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

describe("an endpoint of the operator's billing", () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const asked: { authorization: string | undefined; body: { clientIds: string[]; at: string } }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => void receive(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/balances`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => void asked.splice(0));

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) as (typeof asked)[0]['body'] });
    answer(request, response);
  }

  const httpSource = (settings: Partial<BalanceSettings> = {}): ReturnType<typeof source> =>
    source({ BALANCE_SOURCE: 'http', BALANCE_HTTP_URL: url, BALANCE_HTTP_TOKEN: 'secret-token', ...settings });
  const says = (body: unknown, status = 200): RequestListener => {
    return (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  };

  test('is asked once for the batch, by the names it knows, with its token and the instant', async () => {
    answer = says({
      balances: [
        { clientId: '1', live: '45.5', currency: 'EUR' },
        { clientId: 'acme', live: '-0.000001', currency: 'EUR' },
      ],
    });
    const { source: http, told } = httpSource();

    const result = await http.read([client('1'), client('7', 'EUR', 'acme')], noon);

    expect(asked).toEqual([
      {
        authorization: 'Bearer secret-token',
        body: { clientIds: ['1', 'acme'], at: '2026-01-31T12:00:00.000Z' },
      },
    ]);
    expect(result.get('1')).toEqual({ live: '45.50', currency: 'EUR' });
    expect(result.get('7')).toEqual({ live: '-0.000001', currency: 'EUR' });
    expect(told).toEqual({ reads: [{ clients: 2, unknown: 0 }], changes: [], clients: [] });
  });

  test('a partial or partly wrong answer makes only those unknown whom it concerns', async () => {
    answer = says({
      balances: [
        { clientId: '1', live: '45', currency: 'EUR' },
        { clientId: '2', live: '45', currency: 'USD' },
        { clientId: '3', live: 4.5, currency: 'EUR' },
        { clientId: '4', live: '1e3', currency: 'EUR' },
        { clientId: '5', live: '1', currency: 'EUR' },
        { clientId: '5', live: '1', currency: 'EUR' },
        { clientId: '7', currency: 'EUR' },
        { clientId: 8, live: 12, currency: 'EUR' },
        { clientId: '999', live: '1', currency: 'EUR' },
        null,
        'nonsense',
      ],
    });
    const { source: http, told } = httpSource();

    const result = await http.read(
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((id) => client(id)),
      noon,
    );

    expect(result.get('1')).toEqual({ live: '45.00', currency: 'EUR' });
    expect(result.get('8')).toEqual({ live: '12.00', currency: 'EUR' });
    expect(unknownOf(result, '2')).toContain("in USD, the client's currency is EUR");
    expect(unknownOf(result, '3')).toContain('no exact amount');
    expect(unknownOf(result, '4')).toContain('no exact amount');
    expect(unknownOf(result, '5')).toContain('more than once');
    expect(unknownOf(result, '6')).toContain('does not know');
    expect(unknownOf(result, '7')).toContain('no exact amount');
    expect([...result.keys()]).toHaveLength(8);
    expect(told.changes).toEqual([]);
  });

  test('what is wrong with one client is told once, and that it is right again', async () => {
    const { source: http, told } = httpSource();
    const answers = ['USD', 'USD', 'CHF', 'EUR', 'EUR'];
    for (const currency of answers) {
      answer = says({ balances: [{ clientId: '1', live: '1', currency }] });
      await http.read([client('1')], noon);
    }

    expect(told.clients).toEqual([
      ['1', expect.stringContaining('in USD')],
      ['1', expect.stringContaining('in CHF')],
      ['1', null],
    ]);
    expect(told.changes).toEqual([]);
  });

  const outages: [what: string, answer: RequestListener, reason: string][] = [
    ['HTTP 500', says({ error: 'sorry' }, 500), 'HTTP 500'],
    ['HTTP 401', says({ error: 'who?' }, 401), 'HTTP 401'],
    ['a created answer', says({ balances: [] }, 201), 'HTTP 201'],
    ['no JSON', (_request, response) => response.end('<html>'), 'not JSON'],
    ['another form', says([{ clientId: '1' }]), 'not {"balances": [...]}'],
    ['nothing', (_request, response) => response.end(), 'not JSON'],
    [
      'a redirect',
      (_request, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      'redirect (HTTP 307)',
    ],
    ['a cut connection', (request) => request.socket.destroy(), 'it failed'],
    ['a cut body', (request, response) => void response.write('{"bal', () => request.socket.destroy()), 'it failed'],
    ['no answer', () => undefined, 'no answer within 200 ms'],
    ['a slow body', (_request, response) => void response.write('{"balances": ['), 'no answer within 200 ms'],
    ['an endless body', (_request, response) => drip(response), 'larger than 1048576 bytes'],
  ];

  function drip(response: ServerResponse): void {
    const piece = Buffer.alloc(64 * 1024, 32);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  }

  test.each(outages)('an outage leaves everybody unknown, is told once, and ends: %s', async (what, fault, reason) => {
    const slow = what.startsWith('no answer') || what.startsWith('a slow');
    const { source: http, told } = httpSource({ BALANCE_TIMEOUT_MS: slow ? 200 : 5000 });
    answer = fault;

    const first = await http.read([client('1'), client('2')], noon);
    await http.read([client('1')], noon);

    expect(unknownOf(first, '1')).toContain(reason);
    expect(unknownOf(first, '2')).toContain(reason);
    expect(told.changes).toHaveLength(1);
    expect(JSON.stringify([...first, told])).not.toContain('secret-token');
    await expect(http.check()).rejects.toThrow(reason);

    answer = says({ balances: [{ clientId: '1', live: '1', currency: 'EUR' }] });
    expect((await http.read([client('1')], noon)).get('1')).toEqual({ live: '1.00', currency: 'EUR' });
    expect(told.changes).toEqual([expect.stringContaining('down'), 'up']);
  });

  test('nobody listening leaves everybody unknown', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { source: http } = httpSource({ BALANCE_HTTP_URL: `http://127.0.0.1:${port}/` });

    expect(unknownOf(await http.read([client('1')], noon), '1')).toContain('ECONNREFUSED');
  });

  test('nobody to ask asks nothing', async () => {
    expect((await httpSource().source.read([], noon)).size).toBe(0);
    expect(asked).toEqual([]);
  });

  test('close ends a read that is under way', async () => {
    const { source: http } = httpSource();
    const received = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const reading = http.read([client('1')], noon);
    await received;

    await http.close();

    expect(unknownOf(await reading, '1')).toContain('closed');
  });
});
