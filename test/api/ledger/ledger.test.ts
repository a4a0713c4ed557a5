import { startTestApi, type TestApi } from '../../support/api.js';
import { proveBalances } from '../../support/prove-balances.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

interface ClientOptions {
  readonly currency?: string;
  readonly status?: string;
  readonly creditLimit?: string;
  readonly balanceModel?: string;
  readonly resellerId?: string;
}

async function newClient(options: ClientOptions = {}): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, status, credit_limit)
    values (${options.resellerId ?? api.operatorId}, 'Customer A', ${options.currency ?? 'USD'},
      ${options.balanceModel ?? 'prepaid'}, ${options.status ?? 'active'}, ${options.creditLimit ?? '0'})
    returning id`;
  const id = row?.id ?? '';
  await api.sql`insert into balances (client_id) values (${id})`;
  await api.sql`insert into monitors (client_id) values (${id})`;
  return id;
}

let serial = 0;
const fresh = (): string => `e-${++serial}`;

/** Everything that a refused request must leave as it was. */
async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from ledger_entries), (select sum(live) from balances),
      (select sum(refill_seq) from balances), (select count(*) from outbox), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

describe('payments', () => {
  test('are recorded, answered again when repeated, and told to the monitor', async () => {
    const id = await newClient({ creditLimit: '10' });
    const body = { id: fresh(), clientId: id, amount: '100.5', currency: 'USD', at: '2026-03-01T10:00:00Z' };
    const first = await api.post('/v1/payments', body);
    expect(first).toHaveStatus(201);
    expect(first.headers.get('location')).toBe(`/v1/payments/${body.id}`);
    expect(first.body).toMatchObject({
      id: body.id,
      clientId: id,
      amount: '100.50',
      currency: 'USD',
      at: '2026-03-01T10:00:00Z',
      balance: { live: '100.50', available: '110.50' },
    });
    const again = await api.post('/v1/payments', body);
    expect(again).toHaveStatus(200);
    expect(again.body).toEqual(first.body);
    expect((await api.get(`/v1/payments/${body.id}`)).body).toEqual(first.body);
    const told = await api.sql`select client_id, kind from outbox`;
    expect(told).toEqual([{ client_id: id, kind: 'balanceChanged' }]);
  });

  test('are taken while Temporal is down', async () => {
    const id = await newClient();
    api.temporal.down = true;
    try {
      const answer = await api.post(`/v1/clients/${id}/payments`, { id: fresh(), amount: '5', currency: 'USD' });
      expect(answer).toHaveStatus(201);
      expect(await api.sql`select 1 from outbox where client_id = ${id}`).toHaveLength(1);
    } finally {
      api.temporal.down = false;
    }
  });

  test('take the client’s id and their own as numbers too', async () => {
    const id = await newClient();
    const number = 9_000_001;
    const answer = await api.post('/v1/payments', { id: number, clientId: Number(id), amount: '5', currency: 'USD' });
    expect(answer.body).toMatchObject({ id: String(number), clientId: id });
  });

  test('of a client without limit have no available balance', async () => {
    const id = await newClient({ balanceModel: 'unlimited' });
    const answer = await api.post('/v1/payments', { id: fresh(), clientId: id, amount: '5', currency: 'USD' });
    expect(answer.body.balance).toEqual({ live: '5.00', available: null });
  });

  test('with strange characters in their id can be read again', async () => {
    const id = await newClient();
    const payment = `pay/ü ?#${fresh()}`;
    const answer = await api.post('/v1/payments', { id: payment, clientId: id, amount: '5', currency: 'USD' });
    expect((await api.get(answer.headers.get('location') ?? '')).body.id).toBe(payment);
  });
});

describe('charges and adjustments', () => {
  test('move the balance, a charge down and an adjustment as it says', async () => {
    const id = await newClient();
    const charge = { id: fresh(), amount: '0.012345', currency: 'USD' };
    const charged = await api.post(`/v1/clients/${id}/charges`, charge);
    expect(charged).toHaveStatus(201);
    expect(charged.body.amount).toBe('0.012345');
    expect(charged.body.balance.live).toBe('-0.012345');
    expect(await api.post(`/v1/clients/${id}/charges`, charge)).toHaveStatus(200);
    const adjusted = await api.post(`/v1/clients/${id}/adjustments`, {
      id: fresh(),
      amount: '-1',
      currency: 'USD',
      note: 'call billed twice',
    });
    expect(adjusted).toHaveStatus(201);
    expect(adjusted.body.amount).toBe('-1.00');
    expect(adjusted.body.balance.live).toBe('-1.012345');
    const { body } = await api.get(`/v1/clients/${id}/entries`);
    expect(body.data.map((entry: { kind: string; amount: string }) => [entry.kind, entry.amount])).toEqual([
      ['adjustment', '-1.00'],
      ['charge', '-0.012345'],
    ]);
    expect(body.data[0]).toMatchObject({ note: 'call billed twice', liveAfter: '-1.012345' });
    expect((await api.get(`/v1/clients/${id}/entries?kind=charge`)).body.data).toHaveLength(1);
  });

  test('are listed page by page', async () => {
    const id = await newClient();
    const items = Array.from({ length: 7 }, (_, index) => ({
      id: `row-${index}`,
      clientId: id,
      amount: '1',
      currency: 'USD',
    }));
    await api.post('/v1/charges/batch', { items });
    const seen: string[] = [];
    let path: string | null = `/v1/clients/${id}/entries?limit=3&sort=at&include=total`;
    while (path !== null) {
      const { body } = await api.get(path);
      seen.push(...body.data.map((entry: { id: string }) => entry.id));
      expect(body.total).toBe(7);
      const next: string | null = body.nextCursor;
      path = next === null ? null : `/v1/clients/${id}/entries?limit=3&sort=at&include=total&cursor=${next}`;
    }
    expect(seen).toEqual(items.map((item) => item.id));
  });
});

describe('invoices', () => {
  test('lower the fixed balance and no other, once, and wake nobody', async () => {
    const id = await newClient();
    await api.post('/v1/payments', { id: fresh(), clientId: id, amount: '100', currency: 'USD' });
    await api.sql`update balances set wake_below = 100, wake_above = 100 where client_id = ${id}`;
    await api.sql`delete from outbox`;
    const invoice = { id: 'inv-1', amount: '101.6', currency: 'USD', note: 'March' };
    const first = await api.post(`/v1/clients/${id}/invoices`, invoice);
    expect(first).toHaveStatus(201);
    expect(first.body.amount).toBe('101.60');
    expect(first.body.balance).toEqual({ live: '100.00', available: '100.00' });
    const again = await api.post(`/v1/clients/${id}/invoices`, invoice);
    expect(again).toHaveStatus(200);
    expect(again.body).toEqual(first.body);
    expect((await api.get(`/v1/clients/${id}/balances`)).body).toMatchObject({ live: '100.00', fixed: '-1.60' });
    expect((await api.get(`/v1/clients/${id}`)).body.balance.fixed).toEqual({ amount: '-1.60', currency: 'USD' });
    expect(await api.sql`select 1 from outbox`).toHaveLength(0);
    const { body } = await api.get(`/v1/clients/${id}/entries?kind=invoice`);
    expect(body.data).toMatchObject([{ id: 'inv-1', kind: 'invoice', amount: '-101.60', liveAfter: '100.00' }]);
  });

  test('are posted many at a time, each with the sign of an invoice', async () => {
    const id = await newClient();
    const item = { id: 'inv-1', clientId: id, amount: '1.60', currency: 'USD' };
    const items = [item, { ...item, id: 'inv-2', amount: '-1' }, { ...item, amount: '2' }];
    const { body } = await api.post('/v1/invoices/batch', { items });
    expect(body).toMatchObject({ posted: 1, replayed: 0, refused: 2 });
    expect(body.results[0].entry).toMatchObject({ kind: 'invoice', amount: '-1.60', liveAfter: '0.00' });
    expect((await api.get(`/v1/clients/${id}/balances`)).body).toMatchObject({ live: '0.00', fixed: '-1.60' });
  });
});

describe('batches', () => {
  test('post what can be posted and say of each other why not', async () => {
    const id = await newClient();
    const deleted = await newClient({ status: 'deleted' });
    const known = { id: fresh(), clientId: id, amount: '5.00', currency: 'USD' };
    await api.post('/v1/payments', known);
    const items = [
      known,
      { id: fresh(), clientId: id, amount: '7.00', currency: 'USD' },
      { ...known, amount: '6.00' },
      { id: fresh(), clientId: id, amount: 7, currency: 'USD' },
      { id: fresh(), clientId: '999999', amount: '1', currency: 'USD' },
      { id: fresh(), clientId: deleted, amount: '1', currency: 'USD' },
      { id: fresh(), clientId: id, amount: '1', currency: 'EUR' },
      { id: fresh(), clientId: id, amount: '1', currency: 'USD', colour: 'red' },
      'not an object',
    ];
    const reply = await api.post('/v1/payments/batch', { items });
    expect(reply).toHaveStatus(200);
    const { body } = reply;
    expect([body.posted, body.replayed, body.refused]).toEqual([1, 1, 7]);
    const outcomes = body.results.map((result: { outcome: string; errors?: { pointer: string; code: string }[] }) =>
      result.errors ? `${result.errors[0]?.code} ${result.errors[0]?.pointer}` : result.outcome,
    );
    expect(outcomes).toEqual([
      'replayed',
      'posted',
      'conflict #/items/2/id',
      'wrong_type #/items/3/amount',
      'not_found #/items/4/clientId',
      'client_deleted #/items/5/clientId',
      'currency_mismatch #/items/6/currency',
      'unknown_field #/items/7/colour',
      'wrong_type #/items/8',
    ]);
    expect((await api.get(`/v1/clients/${id}/balances`)).body.live).toBe('12.00');
  });

  test('of a thousand charges are one answer, and may be sent again', async () => {
    const id = await newClient();
    const items = Array.from({ length: 1000 }, () => ({ id: fresh(), clientId: id, amount: '0.01', currency: 'USD' }));
    expect((await api.post('/v1/charges/batch', { items })).body).toMatchObject({ posted: 1000, refused: 0 });
    expect((await api.post('/v1/charges/batch', { items })).body).toMatchObject({ posted: 0, replayed: 1000 });
    expect((await api.get(`/v1/clients/${id}/balances`)).body.live).toBe('-10.00');
  });

  test('of more than a thousand, or of none, are refused whole', async () => {
    const item = { id: 'x', clientId: '1', amount: '1', currency: 'USD' };
    for (const items of [[], Array.from({ length: 1001 }, () => item)]) {
      const before = await fingerprint();
      const answer = await api.post('/v1/adjustments/batch', { items });
      expect(answer).toBeProblem(400, 'invalid', '#/items');
      expect(await fingerprint()).toBe(before);
    }
  });
});

describe('transfers', () => {
  test('move money once, and not more than there is', async () => {
    const from = await newClient();
    const to = await newClient();
    await api.post('/v1/payments', { id: fresh(), clientId: from, amount: '20', currency: 'USD' });
    const body = { id: fresh(), fromClientId: from, toClientId: to, amount: '15', currency: 'USD' };
    const first = await api.post('/v1/transfers', body);
    expect(first).toHaveStatus(201);
    expect(first.body).toMatchObject({ amount: '15.00', from: { live: '5.00' }, to: { live: '15.00' } });
    expect(await api.post('/v1/transfers', body)).toHaveStatus(200);
    const more = await api.post('/v1/transfers', { ...body, id: fresh() });
    expect(more).toBeProblem(409, 'conflict', '#/amount');
    expect(more.body.detail).toContain('5.00 USD available');
  });
});

describe('balances', () => {
  test('show what the balance is made of', async () => {
    const id = await newClient({ creditLimit: '50', balanceModel: 'postpaid' });
    await api.post('/v1/payments', {
      id: fresh(),
      clientId: id,
      amount: '20',
      currency: 'USD',
      at: '2026-03-01T10:00:00Z',
    });
    await api.post(`/v1/clients/${id}/charges`, {
      id: fresh(),
      amount: '30',
      currency: 'USD',
      at: '2026-03-02T10:00:00Z',
    });
    await api.sql`
      insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
      values (${id}, 1, 'a', 25, 'USD', now() - interval '1 hour', now() + interval '1 hour', 'active', 'r', 'key:1')`;
    const { body } = await api.get(`/v1/clients/${id}/balances`);
    expect(body).toMatchObject({
      clientId: id,
      currency: 'USD',
      live: '-10.00',
      fixed: '20.00',
      creditLimit: '50.00',
      temporaryCredit: '25.00',
      available: '65.00',
      unlimited: false,
      source: 'ledger',
      lastChargeAt: '2026-03-02T10:00:00Z',
      lastRefillAt: '2026-03-01T10:00:00Z',
    });
  });

  test('ignore a temporary credit past its end, whatever the table still says', async () => {
    const id = await newClient({ creditLimit: '50' });
    await api.sql`
      insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
      values (${id}, 1, 'a', 25, 'USD', now() - interval '2 hours', now() - interval '1 second', 'active', 'r', 'key:1')`;
    const { body } = await api.get(`/v1/clients/${id}/balances`);
    expect(body).toMatchObject({ temporaryCredit: '0.00', temporaryUntil: null, available: '50.00' });
  });

  test('have a history that keeps every peak', async () => {
    const id = await newClient();
    const post = (kind: string, amount: string, at: string): Promise<unknown> =>
      api.post(`/v1/clients/${id}/${kind}`, { id: fresh(), amount, currency: 'USD', at });
    await post('payments', '100', '2026-03-01T00:00:00Z');
    await post('charges', '90', '2026-03-02T01:00:00Z');
    await post('payments', '200', '2026-03-02T02:00:00Z');
    await post('charges', '10', '2026-03-02T03:00:00Z');
    await post('charges', '5', '2026-03-04T00:00:00Z');
    const query = 'from=2026-03-02T00:00:00Z&to=2026-03-04T00:00:00Z&points=2';
    const { body } = await api.get(`/v1/clients/${id}/balance-history?${query}`);
    expect(body).toMatchObject({ opening: '100.00', closing: '200.00', currency: 'USD' });
    expect(body.points).toEqual([
      { at: '2026-03-02T03:00:00Z', min: '10.00', max: '210.00', last: '200.00', entries: 3 },
    ]);
  });
});

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
      detail: /not a field here/,
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
      detail: /before 1970/,
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
      detail: /at most 200/,
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
      detail: /must be an id|right form/,
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
      name: 'a transfer to oneself',
      path: '/v1/transfers',
      body: (c) => ({ ...good, id: 'b1', fromClientId: c, toClientId: c }),
      status: 400,
      code: 'invalid',
      pointer: '#/toClientId',
      detail: /itself/,
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
    const answer = await api.post(path.replace('CLIENT', client), body(client), {
      headers: { 'X-Request-Id': 'bad-input' },
    });
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
    const twists = [{ amount: '5.01' }, { at: '2026-03-01T10:00:01Z' }, { currency: 'EUR' }, { clientId: other }];
    for (const twist of twists) {
      const answer = await api.post('/v1/payments', { ...body, ...twist });
      expect(answer).toBeProblem(409, 'conflict', '#/id');
    }
    expect(await fingerprint()).toBe(before);
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
    const paths = ['payments', 'charges', 'adjustments', 'invoices'].map((kind) => `/v1/clients/${foreign}/${kind}`);
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

test('after all of this every balance is the sum of its ledger', async () => {
  const unproved = await proveBalances(api.sql);
  expect(unproved).toEqual([]);
});
