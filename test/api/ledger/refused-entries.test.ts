import { startTestApi, type TestApi } from '../../support/api/api.js';
import { newLedgerClient, type LedgerClientWish } from '../../support/data/ledger-client.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const newClient = (wish?: LedgerClientWish): Promise<string> => newLedgerClient(api, wish);

let serial = 0;
const fresh = (): string => `e-${++serial}`;

/** Everything that a refused request must leave as it was. */
async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from ledger_entries), (select sum(live) from balances),
      (select sum(refill_seq) from balances), (select count(*) from outbox), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

describe('bad input is refused, says where and why, and changes nothing', () => {
  const good = { amount: '5.00', currency: 'USD' };
  interface Case {
    readonly name: string;
    readonly path?: string;
    readonly body: (client: string) => unknown;
    readonly status: number;
    readonly code: string;
    readonly pointer: string;
    readonly fault?: string;
    readonly detail: RegExp;
  }
  const cases: Case[] = [
    {
      name: 'unknown field',
      body: (c) => ({ ...good, id: 'b1', clientId: c, balance: '9' }),
      status: 400,
      code: 'invalid',
      fault: 'unknown_field',
      pointer: '#/balance',
      detail: /unknown field/,
    },
    {
      name: 'wrong type',
      body: (c) => ({ ...good, id: true, clientId: c }),
      status: 400,
      code: 'invalid',
      fault: 'wrong_type',
      pointer: '#/id',
      detail: /must be a string/,
    },
    {
      name: 'missing field',
      body: (c) => ({ id: 'b1', clientId: c, amount: '5' }),
      status: 400,
      code: 'invalid',
      fault: 'required',
      pointer: '#/currency',
      detail: /required/,
    },
    {
      name: 'a float where a decimal string is due',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: 5.5 }),
      status: 400,
      code: 'invalid',
      fault: 'wrong_type',
      pointer: '#/amount',
      detail: /decimal string/,
    },
    {
      name: 'a 19-digit amount',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: '1234567890123456789' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /12 digits/,
    },
    {
      name: 'seven decimals',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: '1.1234567' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /6 decimals/,
    },
    {
      name: 'an exponent',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: '1e5' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /decimal string/,
    },
    {
      name: 'a payment of nothing',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: '0.00' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /more than 0/,
    },
    {
      name: 'a negative payment',
      body: (c) => ({ ...good, id: 'b1', clientId: c, amount: '-5' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /more than 0/,
    },
    {
      name: 'unknown currency',
      body: (c) => ({ ...good, id: 'b1', clientId: c, currency: 'XYZ' }),
      status: 400,
      code: 'invalid',
      pointer: '#/currency',
      detail: /ISO 4217 currency code/,
    },
    {
      name: 'another currency',
      body: (c) => ({ ...good, id: 'b1', clientId: c, currency: 'EUR' }),
      status: 422,
      code: 'currency_mismatch',
      pointer: '#/currency',
      detail: /billed in USD.*post it in USD/,
    },
    {
      name: 'a time that is none',
      body: (c) => ({ ...good, id: 'b1', clientId: c, at: '2026-02-30T10:00:00Z' }),
      status: 400,
      code: 'invalid',
      pointer: '#/at',
      detail: /RFC 3339/,
    },
    {
      name: 'a time without zone',
      body: (c) => ({ ...good, id: 'b1', clientId: c, at: '2026-02-20T10:00:00' }),
      status: 400,
      code: 'invalid',
      pointer: '#/at',
      detail: /RFC 3339/,
    },
    {
      name: 'the future',
      body: (c) => ({ ...good, id: 'b1', clientId: c, at: '2999-01-01T00:00:00Z' }),
      status: 400,
      code: 'invalid',
      pointer: '#/at',
      detail: /5 minutes in the future/,
    },
    {
      name: 'a time before 1970',
      body: (c) => ({ ...good, id: 'b1', clientId: c, at: '1969-12-31T23:59:59Z' }),
      status: 400,
      code: 'invalid',
      pointer: '#/at',
      detail: /1970 or later/,
    },
    {
      name: 'an id with a line break',
      body: (c) => ({ ...good, id: 'b\n1', clientId: c }),
      status: 400,
      code: 'invalid',
      pointer: '#/id',
      detail: /one line/,
    },
    {
      name: 'an id of 201 characters',
      body: (c) => ({ ...good, id: 'x'.repeat(201), clientId: c }),
      status: 400,
      code: 'invalid',
      pointer: '#/id',
      detail: /up to 200/,
    },
    {
      name: 'unknown client',
      body: () => ({ ...good, id: 'b1', clientId: '999999' }),
      status: 404,
      code: 'not_found',
      pointer: '#/clientId',
      detail: /no client 999999/,
    },
    {
      name: 'a client id that is none',
      body: () => ({ ...good, id: 'b1', clientId: "1' or '1" }),
      status: 400,
      code: 'invalid',
      pointer: '#/clientId',
      detail: /must be an id/,
    },
    {
      name: 'a charge of an unknown client',
      path: '/v1/clients/999999/charges',
      body: () => ({ ...good, id: 'b1' }),
      status: 404,
      code: 'not_found',
      pointer: '#/path/id',
      detail: /no client 999999/,
    },
    {
      name: 'an adjustment of nothing',
      path: '/v1/clients/CLIENT/adjustments',
      body: () => ({ ...good, id: 'b1', amount: '0' }),
      status: 400,
      code: 'invalid',
      pointer: '#/amount',
      detail: /not be zero/,
    },
    {
      name: 'a charge of an account of no client',
      path: '/v1/clients/CLIENT/charges',
      body: () => ({ ...good, id: 'b1', accountId: '999999' }),
      status: 404,
      code: 'not_found',
      pointer: '#/accountId',
      detail: /no account 999999/,
    },
    {
      name: 'a list instead of an object',
      body: () => [],
      status: 400,
      code: 'invalid',
      pointer: '#',
      detail: /must be an object/,
    },
  ];
  test.each(cases)('$name', async ({ path = '/v1/payments', body, status, code, pointer, fault, detail }) => {
    const client = await newClient();
    const before = await fingerprint();
    const headers = { 'X-Request-Id': 'bad-input' };
    const answer = await api.post(path.replace('CLIENT', client), body(client), { headers });
    expect(answer).toBeProblem(status, code, pointer);
    if (fault) expect(answer.body.errors[0].code).toBe(fault);
    expect(answer.body.errors[0].detail).toMatch(detail);
    expect([answer.body.requestId, answer.headers.get('x-request-id')]).toEqual(['bad-input', 'bad-input']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await fingerprint()).toBe(before);
  });

  test('a payment id repeated with another amount, time, currency or client', async () => {
    const client = await newClient();
    const other = await newClient();
    const body = { ...good, id: fresh(), clientId: client, at: '2026-03-01T10:00:00Z' };
    await api.post('/v1/payments', body);
    const before = await fingerprint();
    const { at: _at, ...undated } = body;
    const invoiceId = '1';
    const twists = [
      { amount: '5.01' },
      { at: '2026-03-01T10:00:01Z' },
      { currency: 'EUR' },
      { clientId: other },
      { note: 'n' },
      { invoiceId },
    ];
    for (const twist of twists) {
      const answer = await api.post('/v1/payments', { ...body, ...twist });
      expect(answer).toBeProblem(409, 'conflict', '#/id');
    }
    expect(await api.post('/v1/payments', undated)).toBeProblem(409, 'conflict', '#/id');
    expect(await fingerprint()).toBe(before);
    // Another source that reports the same payment says less of it.
    const key = await api.makeKey({ resellerId: api.operatorId });
    expect(await api.post('/v1/payments', undated, { key })).toHaveStatus(200);
  });

  test('a deleted client', async () => {
    const client = await newClient({ status: 'deleted' });
    const before = await fingerprint();
    for (const [path, pointer] of [
      ['/v1/payments', '#/clientId'],
      [`/v1/clients/${client}/charges`, '#/path/id'],
    ] as const) {
      const body = { ...good, id: fresh(), ...(path === '/v1/payments' && { clientId: client }) };
      const answer = await api.post(path, body);
      expect(answer).toBeProblem(409, 'client_deleted', pointer);
    }
    expect(await fingerprint()).toBe(before);
  });

  test('a body over the limit, and one that is no JSON', async () => {
    const before = await fingerprint();
    const large = await api.post('/v1/payments', undefined, { rawBody: JSON.stringify({ id: 'x'.repeat(1_100_000) }) });
    expect(large).toBeProblem(413, 'body_too_large');
    const broken = await api.post('/v1/payments', undefined, { rawBody: '{"id": "x",' });
    expect(broken).toBeProblem(400, 'malformed_json');
    expect(await fingerprint()).toBe(before);
  });

  test('no key, a wrong scope, and a client of another reseller', async () => {
    const foreign = await newClient({ resellerId: await api.reseller('Sub-Reseller B') });
    const own = await newClient();
    const reader = await api.makeKey({ scopes: ['payments:read', 'clients:read'] });
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
    const before = await fingerprint();
    const body = { ...good, id: fresh(), clientId: own };
    expect(await api.post('/v1/payments', body, { key: null })).toBeProblem(401, 'key_missing');
    expect(await api.post('/v1/payments', body, { key: reader })).toBeProblem(403, 'scope_missing');
    const paths = ['payments', 'charges', 'adjustments'].map((kind) => `/v1/clients/${foreign}/${kind}`);
    for (const path of paths) {
      expect(await api.post(path, { ...good, id: fresh() }, { key: stranger })).toBeProblem(404, 'not_found');
    }
    for (const list of ['balances', 'entries', 'balance-history']) {
      expect(await api.get(`/v1/clients/${foreign}/${list}`, { key: stranger })).toBeProblem(404, 'not_found');
    }
    const batch = await api.post('/v1/payments/batch', { items: [{ ...body, clientId: foreign }] }, { key: stranger });
    expect(batch.body.results[0].errors[0].code).toBe('not_found');
    expect(await fingerprint()).toBe(before);
  });
});
