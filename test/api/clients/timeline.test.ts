import { insertNotification } from '../../support/data/notifications.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What happened to a client, on one axis. */

let api: TestApi;
let id: string;
let profileId: string;

const day = 86_400_000;
const now = Date.parse('2026-03-31T12:00:00Z');
const ago = (days: number): string => new Date(now - days * day).toISOString().replace('.000Z', 'Z');

beforeAll(async () => {
  api = await startTestApi();
  api.now = now;
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.25', at: ago(300) });
  const profile = await api.post('/v1/profiles', {
    name: 'default',
    currency: 'USD',
    userRule: { threshold: '100.00', notifyOwner: true },
    clientRule: { threshold: '50.00', notifyClient: true },
  });
  profileId = profile.body.id;
  const client = await api.post('/v1/clients', {
    name: 'Acme',
    currency: 'EUR',
    billingEmail: 'billing@acme.example',
    creditLimit: '20.00',
    warningThresholds: ['5.00'],
  });
  id = client.body.id;
  await api.sql`update audit set at = ${ago(200)} where client_id = ${id}`;
  await api.sql`update credit_limit_history set at = ${ago(200)} where client_id = ${id}`;
  await api.call('PATCH', `/v1/clients/${id}`, { profileId }, { headers: { 'If-Match': '*' } });
  await api.sql`update audit set at = ${ago(25)} where client_id = ${id} and action = 'client.update'`;
  await api.post(`/v1/clients/${id}/adjustments`, { id: 'open', amount: '300.00', currency: 'EUR', at: ago(40) });
  await api.post('/v1/payments', { id: 'p1', clientId: id, amount: '50.00', currency: 'EUR', at: ago(10) });
  for (let n = 0; n < 29; n++) {
    const at = ago(28.5 - n);
    await api.post(`/v1/clients/${id}/charges`, { id: `c${n}`, amount: '10.00', currency: 'EUR', at });
  }
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by, ended_at)
    values (${id}, 1, 'r', 30, 'EUR', ${ago(6)}, ${ago(4)}, 'reverted', 'trust', 'key:1', ${ago(4)})`;
  const history = api.sql`insert into credit_limit_history
    (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor, reason)`;
  await api.sql`${history} values
    (${id}, ${ago(6)}, 'granted', 20, 20, 0, 30, 'key:1', 'trust'), (${id}, ${ago(4)}, 'reverted', 20, 20, 30, 0, 'system', 'trust')`;
  await insertNotification(api.sql, { clientId: id, rule: 'user', max: 3, at: ago(2) });
  await api.sql`
    insert into checks (client_id, at, kind, state, available, verdicts) values
      (${id}, ${ago(35)}, 'scheduled', 'ok', 300, '[]'), (${id}, ${ago(3)}, 'scheduled', 'low', 90, '[]'),
      (${id}, ${ago(2)}, 'scheduled', 'low', 80, '[]'), (${id}, ${ago(1)}, 'scheduled', 'exhausted', 70, '[]')`;
});
afterAll(() => api.stop());

test('available is live and credit at every moment, and ends where the balance stands', async () => {
  const { body } = await api.get(`/v1/clients/${id}/timeline?from=${ago(30)}`);
  // 300 adjusted + 20 limit; 29 charges of 10 and a payment of 50 after.
  expect(body.available.opening).toBe('320.00');
  expect(body.available.closing).toBe('80.00');
  expect((await api.get(`/v1/clients/${id}/balances`)).body.available).toBe('80.00');
  const at = (time: string): string =>
    body.available.points.findLast((point: { at: string }) => point.at <= time)?.last ?? 'before';
  // Ten charges and more; before the payment, after it, in the credit's time and after it.
  expect(at(ago(11))).toBe('140.00');
  expect(at(ago(9.9))).toBe('180.00');
  expect(at(ago(5.9))).toBe('170.00');
  expect(at(ago(3.9))).toBe('120.00');
});

test('a client of today has its steps, however long the range is', async () => {
  const fresh = await api.post('/v1/clients', { name: 'Fresh', currency: 'EUR' });
  for (const [n, days] of [0.1, 0.08, 0.06].entries()) {
    const entry = { id: `f${n}`, amount: '10.00', currency: 'EUR', at: ago(days) };
    await api.post(`/v1/clients/${fresh.body.id}/adjustments`, entry);
  }
  const { body } = await api.get(`/v1/clients/${fresh.body.id}/timeline?from=${ago(90)}`);
  expect(body.available.points.map(({ last }: { last: string }) => last)).toEqual(['10.00', '20.00', '30.00']);
});

test('few points keep the peaks', async () => {
  const { body } = await api.get(`/v1/clients/${id}/timeline?from=${ago(7)}&points=1`);
  expect(body.available.points).toEqual([{ at: ago(0.5), min: '80.00', max: '170.00', last: '80.00' }]);
});

test('thresholds stand in the client’s currency', async () => {
  const { body } = await api.get(`/v1/clients/${id}/timeline`);
  expect(body.thresholds).toEqual([
    {
      rule: 'user',
      source: 'profile',
      audience: 'user',
      value: '80.00',
      original: { value: '100.00', percent: null, currency: 'USD' },
      rate: expect.stringMatching(/^1\.25/),
    },
    expect.objectContaining({ rule: 'client', value: '40.00' }),
    expect.objectContaining({ rule: 'warning:5.00', source: 'warning', audience: 'warning', value: '5.00', rate: '1' }),
  ]);
});

test('what happened stands beside it, each in its order', async () => {
  const { body } = await api.get(`/v1/clients/${id}/timeline?from=${ago(30)}`);
  expect(body.temporaryCredits).toEqual([
    { id: expect.any(String), amount: '30.00', from: ago(6), until: ago(4), status: 'reverted' },
  ]);
  expect(body.payments).toEqual([{ id: 'p1', at: ago(10), amount: '50.00' }]);
  expect(body.notifications).toEqual([
    { id: expect.any(String), kind: 'low_balance', rule: 'user', status: 'accepted', at: ago(2), number: 1, max: 3 },
  ]);
  expect(body.profileChanges).toEqual([
    { at: ago(25), kind: 'assigned', before: null, after: profileId, actor: 'key:1', actorName: 'tests' },
  ]);
  expect(body.stateChanges).toEqual([
    { at: ago(30), state: 'ok' },
    { at: ago(3), state: 'low' },
    { at: ago(1), state: 'exhausted' },
  ]);
  expect(body.truncated).toBe(false);
});

test('the runway goes by the last week', async () => {
  const { body } = await api.get(`/v1/clients/${id}/timeline`);
  // Eight charges of 10 in seven days plus the elapsed part of the current day.
  expect(body.runway).toMatchObject({ status: 'estimated', confidence: 'high' });
  expect(Number(body.runway.spendPerDay)).toBeGreaterThanOrEqual(10);
  expect(Number(body.runway.spendPerDay)).toBeLessThan(11.5);
});

test('a stretch that ends before it begins is refused, and a client of somebody else is not found', async () => {
  const reply = await api.get(`/v1/clients/${id}/timeline?from=${ago(1)}&to=${ago(2)}`);
  expect(reply).toBeProblem(400, 'invalid', '#/query/from');
  expect(await api.get(`/v1/clients/${id}/timeline?points=501`)).toBeProblem(400, 'invalid', '#/query/points');
  const key = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
  expect(await api.get(`/v1/clients/${id}/timeline`, { key })).toBeProblem(404, 'not_found');
});
