import { startTestApi, type CallOptions, type TestApi } from '../../support/api/api.js';

/** Payments of all clients: what is found, what they add up to, and what one of them did. */

let api: TestApi;
let reseller: string;
let clients: Record<'acme' | 'beta', string>;
let bank: CallOptions;

beforeAll(async () => {
  api = await startTestApi();
  reseller = await api.reseller('North');
  bank = { key: await api.makeKey({ resellerId: reseller, scopes: ['payments:read', 'payments:write'] }) };
  clients = { acme: await client('Acme', 'USD', api.operatorId), beta: await client('Beta', 'EUR', reseller) };
  await pay(clients.acme, 'INV-100%', '10.00', 'USD', 1, { note: 'wire' });
  await pay(clients.acme, 'inv-200', '30.50', 'USD', 3);
  await pay(clients.beta, 'bank-117', '7.000001', 'EUR', 2, {}, bank);
  // No payment: never in this list.
  await api.post(`/v1/clients/${clients.acme}/charges`, { id: 'inv-1', amount: '1.00', currency: 'USD' });
});
afterAll(() => api.stop());

async function client(name: string, currency: string, resellerId: string): Promise<string> {
  const reply = await api.post('/v1/clients', { name, currency, resellerId });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function pay(
  clientId: string,
  id: string,
  amount: string,
  currency: string,
  day: number,
  more: object = {},
  options?: CallOptions,
): Promise<void> {
  const body = { id, clientId, amount, currency, at: `2026-03-0${day}T10:00:00Z`, ...more };
  expect(await api.post('/v1/payments', body, options)).toHaveStatus(201);
}

async function ids(query: string, options?: CallOptions): Promise<string[]> {
  const reply = await api.get(`/v1/payments${query}`, options);
  expect([query, reply.status, reply.text]).toEqual([query, 200, reply.text]);
  return reply.body.data.map(({ id }: { id: string }) => id);
}

test('has the payments of all clients, newest first, each with its client and who recorded it', async () => {
  const { body } = await api.get('/v1/payments?include=total');
  expect(body.total).toBe(3);
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual(['inv-200', 'bank-117', 'INV-100%']);
  expect(body.data[1]).toEqual({
    id: 'bank-117',
    entryId: expect.stringMatching(/^\d+$/),
    clientId: clients.beta,
    clientName: 'Beta',
    resellerId: reseller,
    resellerName: 'North',
    amount: '7.000001',
    currency: 'EUR',
    at: '2026-03-02T10:00:00Z',
    recordedAt: expect.stringMatching(/^\d{4}-/),
    source: expect.stringMatching(/^key:\d+$/),
    sourceName: expect.any(String),
    note: null,
    liveAfter: '7.000001',
  });
  expect(body.data[2]).toMatchObject({ note: 'wire', liveAfter: '10.00' });
});

test('is found by the beginning of an id, and by every filter', async () => {
  const { body } = await api.get('/v1/payments?q=bank');
  const source: string = body.data[0].source;
  for (const [query, expected] of [
    ['?q=inv', ['inv-200', 'INV-100%']],
    ['?q=INV-100%25', ['INV-100%']],
    ['?q=100', []],
    ['?q=*117', ['bank-117']],
    ['?q=_nv', []],
    [`?clientId=${clients.beta}`, ['bank-117']],
    [`?resellerId=${reseller}`, ['bank-117']],
    [`?resellerId=${api.operatorId}`, ['inv-200', 'bank-117', 'INV-100%']],
    [`?source=${source}`, ['bank-117']],
    ['?source=key', ['inv-200', 'bank-117', 'INV-100%']],
    ['?source=webhook', []],
    ['?currency=USD', ['inv-200', 'INV-100%']],
    ['?currency=USD&amountFrom=10.01', ['inv-200']],
    ['?currency=USD&amountFrom=10&amountTo=30.5', ['inv-200', 'INV-100%']],
    ['?from=2026-03-02T00:00:00Z&to=2026-03-03T10:00:00Z', ['bank-117']],
    ['?sort=amount&currency=USD', ['INV-100%', 'inv-200']],
    ['?sort=-clientName', ['bank-117', 'inv-200', 'INV-100%']],
  ] as const) {
    expect([query, await ids(query)]).toEqual([query, expected]);
  }
});

test('adds up what matches, each currency alone, whatever the page shows', async () => {
  const all = await api.get('/v1/payments?limit=1&include=totals');
  expect(all.body.totals).toEqual([
    { currency: 'USD', payments: 2, amount: '40.50' },
    { currency: 'EUR', payments: 1, amount: '7.000001' },
  ]);
  const some = await api.get('/v1/payments?q=inv-2&include=totals');
  expect(some.body.totals).toEqual([{ currency: 'USD', payments: 1, amount: '30.50' }]);
  expect((await api.get('/v1/payments?q=nothing&include=totals')).body.totals).toEqual([]);
});

test('names who recorded the payments that the other filters leave', async () => {
  const { body } = await api.get('/v1/payments?source=webhook&include=sources');
  expect([body.data, body.sources]).toEqual([
    [],
    [
      { source: expect.stringMatching(/^key:/), name: 'tests', payments: 2 },
      { source: expect.stringMatching(/^key:/), name: expect.any(String), payments: 1 },
    ],
  ]);
});

test('shows a reseller the payments of its clients, and no names of the operator', async () => {
  expect(await ids('', bank)).toEqual(['bank-117']);
  expect(await ids(`?clientId=${clients.acme}`, bank)).toEqual([]);
  expect(await ids(`?resellerId=${api.operatorId}`, bank)).toEqual(['bank-117']);
  const { body } = await api.get('/v1/payments?include=totals,sources', bank);
  expect([body.totals, body.sources]).toEqual([
    [{ currency: 'EUR', payments: 1, amount: '7.000001' }],
    [{ source: expect.stringMatching(/^key:/), name: expect.any(String), payments: 1 }],
  ]);
  await pay(clients.beta, 'by-operator', '1.00', 'EUR', 1);
  expect((await api.get('/v1/payments?q=by-op', bank)).body.data[0].sourceName).toBeNull();
  const stranger = { key: await api.makeKey({ resellerId: await api.reseller('South') }) };
  expect(await ids('', stranger)).toEqual([]);
  const file = await api.get('/v1/exports/payments.csv', stranger);
  expect(file.text.trimEnd().split('\r\n')).toHaveLength(1);
});

test('is a file, with ids that a spreadsheet would take for formulas disarmed', async () => {
  await pay(clients.beta, '=1+1', '2.00', 'EUR', 1);
  const file = await api.get('/v1/exports/payments.csv?q=%3D&columns=at,id,clientName,amount,currency');
  expect(file.text.replace('\uFEFF', '')).toBe(
    "Time,Payment ID,Client,Amount,Currency\r\n2026-03-01T10:00:00Z,'=1+1,Beta,2.00,EUR\r\n",
  );
});

test.each([
  ['amountFrom=5', 'amountFrom', /`currency`/],
  ['amountTo=5', 'amountTo', /`currency`/],
  ['amountFrom=5.&currency=USD', 'amountFrom', /./],
  ['currency=usd', 'currency', /ISO 4217/],
  ['clientId=x', 'clientId', /id/],
  ['from=yesterday', 'from', /RFC 3339/],
  ['sort=id', 'sort', /at, recordedAt/],
  ['kind=charge', 'kind', /./],
])('refuses %s with the field', async (query, field, detail) => {
  for (const path of ['/v1/payments', '/v1/exports/payments.csv']) {
    const reply = await api.get(`${path}?${query}`);
    expect(reply).toBeProblem(400, 'invalid', `#/query/${field}`);
    expect(reply.body.errors[0].detail).toMatch(detail);
  }
});

test('needs payments:read', async () => {
  const key = { key: await api.makeKey({ scopes: ['payments:write', 'clients:read'] }) };
  expect(await api.get('/v1/payments', key)).toBeProblem(403, 'scope_missing');
  expect(await api.get('/v1/exports/payments.csv', key)).toBeProblem(403, 'scope_missing');
});

describe('one payment', () => {
  test('says who recorded it, the balance after it, and which counters it reset', async () => {
    const id = await client('Reset', 'USD', api.operatorId);
    for (const payment of ['first', 'second']) await pay(id, payment, '5.00', 'USD', 4);
    const resets = (refill: number, cause = 'payment') => [{ rule: 'client', cause, count: 2, refill }];
    for (const [minute, reset] of [resets(2), resets(1, 'recovered')].entries()) {
      await api.sql`
        insert into checks (client_id, at, kind, state, available, verdicts, resets)
        values (${id}, now() + ${minute} * interval '1 minute', 'scheduled', 'ok', 1, '[]', ${api.sql.json(reset)})`;
    }
    const second = await api.get('/v1/payments/second');
    expect(second.body).toMatchObject({
      ...{ clientName: 'Reset', sourceName: 'tests', balance: { live: '10.00', available: '10.00' } },
      resets: [{ rule: 'client', count: 2, at: expect.stringMatching(/^\d{4}-/) }],
    });
    expect((await api.get('/v1/payments/first')).body.resets).toEqual([]);
  });
});
