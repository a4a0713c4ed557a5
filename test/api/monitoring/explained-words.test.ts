import type { CounterReset } from '../../../src/domain/monitoring/rule-state.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What the explanation says of converted amounts, debts, and counters that were reset; Temporal is down. */

let api: TestApi;
let profileId: string;
const now = Date.parse('2026-03-31T12:00:00Z');
const notifiedAt = now - 7_200_000;

beforeAll(async () => {
  api = await startTestApi();
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.0825', at: '2026-01-01T00:00:00Z' });
  await api.post('/v1/exchange-rates', { from: 'JPY', to: 'USD', rate: '0.0067', at: '2026-01-01T00:00:00Z' });
  const profile = { name: 'gold', currency: 'USD', clientRule: { threshold: '50.00', notifyClient: true } };
  profileId = (await api.post('/v1/profiles', profile)).body.id;
  api.temporal.down = true;
});
afterAll(() => api.stop());

async function client(currency: string, openingBalance: string, fields: Record<string, unknown> = {}): Promise<string> {
  const name = `${currency} ${openingBalance}`;
  const reply = await api.post('/v1/clients', {
    name,
    currency,
    openingBalance,
    billingEmail: 'billing@acme.example',
    profileId,
    ...fields,
  });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function evaluated(clientId: string, verdicts: readonly { rule: string; reason: string }[]): Promise<void> {
  const state = {
    count: 0,
    episode: 2,
    periodFrom: null,
    hourFrom: notifiedAt,
    lastNotifiedAt: notifiedAt,
    lowSince: null,
    refillSeq: 1,
  };
  const rules = Object.fromEntries(verdicts.map(({ rule }) => [rule, state]));
  await api.sql`
    update monitors set verdicts = ${api.sql.json(verdicts as never)}, rules = ${api.sql.json(rules)},
      next_check_at = ${new Date(now + 3_600_000)}, state = 'ok' where client_id = ${clientId}`;
}

async function explain(clientId: string) {
  api.now = now;
  const reply = await api.get(`/v1/clients/${clientId}/explain`);
  expect(reply).toHaveStatus(200);
  return reply.body;
}

test('a converted threshold is rounded in the client’s currency, with the amount that it is', async () => {
  const id = await client('EUR', '10.00');
  expect((await explain(id)).headline).toMatchObject({
    available: '10.00',
    threshold: '46.19',
    gap: '36.19',
    original: { amount: '50.00', currency: 'USD' },
    low: true,
  });
});

test.each([
  // 46.18 EUR is 49.98985 USD, 46.19 EUR is 50.000675 USD.
  ['EUR', '46.18', { threshold: '46.19', gap: '0.01', low: true }],
  ['EUR', '46.189376', { threshold: '46.19', gap: '0.01', low: true }],
  ['EUR', '46.189377', { threshold: '46.189377', gap: '0.00', low: false }],
  ['EUR', '46.19', { threshold: '46.18', gap: '0.01', low: false }],
  // 7,462 JPY is 49.9954 USD, and a yen has no decimals.
  ['JPY', '7462', { threshold: '7463.00', gap: '1.00', low: true }],
])('%s %s is never rounded across its threshold', async (currency, balance, expected) => {
  expect((await explain(await client(currency, balance))).headline).toMatchObject(expected);
});

test.each([
  ['USD', '99.999999', 'Not low: 99.999999 USD available, threshold 50.00 USD.'],
  ['EUR', '46.19', 'Not low: 46.19 EUR available (about 50.01 USD), threshold 50.00 USD.'],
])('%s %s says what it is compared with', async (currency, balance, why) => {
  const id = await client(currency, balance);
  await evaluated(id, [{ rule: 'client', reason: 'above_threshold' }]);
  const { rules } = await explain(id);
  expect(rules.find(({ key }: { key: string }) => key === 'client').why).toBe(why);
});

test('a threshold on debt speaks of the debt, a share exactly', async () => {
  const id = await client('USD', '-10.00', {
    balanceModel: 'postpaid',
    creditLimit: '33.33',
    warningThresholds: ['75%', '30'],
    profileId: null,
  });
  await evaluated(id, [
    { rule: 'warning:75%', reason: 'above_threshold' },
    { rule: 'warning:30.00', reason: 'above_threshold' },
  ]);
  const body = await explain(id);
  expect(body.rules.map(({ why }: { why: string }) => why)).toEqual([
    'Not reached: 10.00 USD owed, warning at a debt of 24.9975 USD (75% of the credit limit).',
    'Not reached: 10.00 USD owed, warning at a debt of 30.00 USD.',
  ]);
  expect(body.headline).toMatchObject({
    rule: 'warning:75%',
    low: false,
    gap: '14.9975',
    debt: { owed: '10.00', threshold: '24.9975' },
  });
});

describe('a counter that was reset after the last notification', () => {
  const lastReset = async (id: string) =>
    (await explain(id)).rules.find(({ key }: { key: string }) => key === 'client').lastReset;

  async function withReset(reset: Omit<CounterReset, 'rule'>): Promise<string> {
    const id = await client('USD', '80.00');
    for (const payment of ['p-16', 'p-17', 'p-18']) {
      await api.post(`/v1/clients/${id}/payments`, { id: payment, amount: '1.00', currency: 'USD' });
    }
    await evaluated(id, [{ rule: 'client', reason: 'above_threshold' }]);
    const resets = [{ rule: 'client', ...reset }];
    await api.sql`
      insert into checks (client_id, at, kind, state, available, verdicts, resets)
      values (${id}, ${new Date(now - 3_600_000)}, 'change', 'ok', 80, '[]', ${api.sql.json(resets as never)})`;
    return id;
  }

  test('names the payment, here and on the timeline', async () => {
    const id = await withReset({ cause: 'payment', count: 2, refill: 2 });
    const expected = { rule: 'client', cause: 'payment', count: 2, paymentId: 'p-17', at: '2026-03-31T11:00:00Z' };
    expect(await lastReset(id)).toMatchObject(expected);
    const timeline = await api.get(`/v1/clients/${id}/timeline`);
    expect(timeline.body.counterResets).toMatchObject([expected]);
  });

  test('has its cause without a payment', async () => {
    expect(await lastReset(await withReset({ cause: 'rate', count: 1 }))).toMatchObject({
      cause: 'rate',
      paymentId: null,
      actor: null,
    });
  });

  test('names the person who reset it', async () => {
    const id = await client('USD', '80.00');
    await evaluated(id, [{ rule: 'client', reason: 'above_threshold' }]);
    await api.sql`
      insert into audit (at, actor, source, action, subject_type, subject_id, client_id, reason, before, after)
      values (${new Date(now - 60_000)}, 'system', 'web', 'rule.reset', 'monitor', ${id}, ${id}, 'a dispute',
        '{"rule": "client", "count": 3}', '{"rule": "client", "count": 0}')`;
    expect(await lastReset(id)).toMatchObject({ cause: 'manual', count: 3, actor: 'system', reason: 'a dispute' });
  });

  test('is not told where nothing is known of it', async () => {
    const id = await client('USD', '80.00');
    await evaluated(id, [{ rule: 'client', reason: 'above_threshold' }]);
    expect(await lastReset(id)).toBeNull();
  });
});
