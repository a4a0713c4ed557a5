import { startTestApi, type TestApi } from '../../support/api/api.js';
import { newLedgerClient, type LedgerClientWish } from '../../support/data/ledger-client.js';
import { proveBalances } from '../../support/database/prove-balances.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const newClient = (wish?: LedgerClientWish): Promise<string> => newLedgerClient(api, wish);

let serial = 0;
const fresh = (): string => `e-${++serial}`;

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
    expect((await api.get(`/v1/payments/${body.id}`)).body).toMatchObject(first.body);
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
    const [first] = await api.sql`select min(occurred_at) as at from ledger_entries where client_id = ${id}`;
    expect(Date.parse(body.dataSince)).toBe(first?.['at'].getTime());
  });
});

test('after all of this every balance is the sum of its ledger', async () => {
  const unproved = await proveBalances(api.sql);
  expect(unproved).toEqual([]);
});
