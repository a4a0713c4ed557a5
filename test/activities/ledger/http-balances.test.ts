import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import type { BalanceSettings } from '../../../src/balances/create.js';
import { noon, source, client, unknownOf, useExternalBalances } from '../../support/ledger/external-balances.js';

useExternalBalances();

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
    // A whole number too: the next amount would be a fraction.
    expect(unknownOf(result, '8')).toContain('JSON number: send a string');
    expect(unknownOf(result, '2')).toContain("in USD, but the client's currency is EUR");
    expect(unknownOf(result, '3')).toContain('JSON number: send a string');
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
