import type { Verdict } from '../../../src/domain/monitoring/evaluate.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** Which rule of a client is low, why it notified or not, and the list by such reasons. */

let api: TestApi;
const ids: Record<string, string> = {};
let below: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '2', at: '2026-01-01T00:00:00Z' });
  const profile = await made('/v1/profiles', {
    name: 'gold',
    currency: 'USD',
    userRule: { threshold: '100.00', notifyOwner: true },
    clientRule: { threshold: '50.00', notifyClient: true },
    advancedRules: [{ key: 'idle', threshold: '20.00', notifyClient: true, inactivityDays: 30 }],
  });
  below = await api.reseller('Below');
  const body = { profileId: profile, billingEmail: 'billing@acme.example' };
  await client('Exhausted', { ...body, openingBalance: '32.00' });
  await client('Silenced', { ...body, openingBalance: '60.00', resellerId: below });
  await client('Euro', { ...body, currency: 'EUR', openingBalance: '9.00', warningThresholds: '30, 10' });
  await client('Debtor', {
    ...{ balanceModel: 'postpaid', creditLimit: '200.00', openingBalance: '-160.00' },
    ...{ warningThresholds: '75%, 30', billingEmail: 'billing@debtor.example' },
  });
  await client('Fine', { ...body, openingBalance: '500.00' });
  await client('New', { ...body, openingBalance: '1.00' });
  await evaluated('Exhausted', { user: 'sent', client: 'max_reached', 'advanced:idle': 'above_threshold' });
  await evaluated('Silenced', { user: 'silenced', client: 'above_threshold', 'advanced:idle': 'above_threshold' });
  await evaluated('Euro', {
    ...{ user: 'period_not_elapsed', client: 'superseded', 'advanced:idle': 'not_inactive' },
    ...{ 'warning:30.00': 'max_reached', 'warning:10.00': 'no_recipients' },
  });
  await evaluated('Debtor', { 'warning:75%': 'send_failed', 'warning:30.00': 'max_reached' });
  await evaluated('Fine', { user: 'above_threshold', client: 'above_threshold', 'advanced:idle': 'above_threshold' });
});
afterAll(() => api.stop());

async function made(path: string, body: unknown): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function client(name: string, fields: Record<string, unknown>): Promise<void> {
  ids[name] = await made('/v1/clients', { name, currency: 'USD', balanceModel: 'prepaid', ...fields });
}

/** The result of an evaluation, as a monitor publishes it. */
async function evaluated(name: string, reasons: Readonly<Record<string, Verdict['reason']>>): Promise<void> {
  const verdicts = Object.entries(reasons).map(([rule, reason]) => ({ rule, reason }));
  await api.sql`update monitors set verdicts = ${api.sql.json(verdicts)} where client_id = ${ids[name] ?? ''}`;
}

async function names(query: string): Promise<string[]> {
  const reply = await api.get(`/v1/clients?${query}`);
  expect(reply).toHaveStatus(200);
  return reply.body.data.map((row: { name: string }) => row.name);
}

test.each([
  ['ruleReason=max_reached', ['Debtor', 'Euro', 'Exhausted']],
  ['ruleReason=silenced,send_failed', ['Debtor', 'Silenced']],
  ['ruleReason=max_reached&currency=EUR', ['Euro']],
  ['ruleReason=no_rate', []],
])('the list with %s has the clients with such a rule', async (query, wanted) => {
  expect(await names(query)).toEqual(wanted);
});

test('the filter holds for the CSV and for a job', async () => {
  const csv = await api.get(
    '/v1/exports/clients.csv?ruleReason=silenced&columns=name,lowRule,lowRuleThreshold,lowRuleReason',
  );
  expect(csv.text.trim().split(/\r?\n/)).toEqual([
    expect.stringMatching(/Name,Low rule,Low rule threshold,Low rule reason$/),
    'Silenced,user,100.00,silenced',
  ]);
  const selection = { query: 'ruleReason=max_reached' };
  const preview = await api.post('/v1/jobs/preview', { kind: 'pause', parameters: {}, selection });
  expect(preview.body).toMatchObject({ clients: 3 });
});

test.each([
  ['Exhausted', { rule: 'client', reason: 'max_reached', threshold: { value: '50.00', currency: 'USD' } }],
  ['Silenced', { rule: 'user', audience: 'user', source: 'profile', name: null, reason: 'silenced' }],
  // 20 USD are 10 EUR, as the second warning threshold: the earlier rule.
  [
    'Euro',
    { rule: 'advanced:idle', name: 'idle', reason: 'not_inactive', threshold: { value: '20.00', currency: 'USD' } },
  ],
  [
    'Debtor',
    { rule: 'warning:75%', source: 'warning', threshold: { percent: '75', value: null }, reason: 'send_failed' },
  ],
  ['Fine', null],
  ['New', null],
])('the most severe low rule of %s, with its reason', async (name, lowRule) => {
  const { body } = await api.get(`/v1/clients/${ids[name] ?? ''}`);
  if (lowRule === null) expect(body.lowRule).toBeNull();
  else expect(body.lowRule).toMatchObject(lowRule);
});

test('every rule has its reason, in order', async () => {
  const { body } = await api.get(`/v1/clients/${ids['Exhausted'] ?? ''}`);
  expect(body.ruleReasons).toEqual([
    { rule: 'user', reason: 'sent' },
    { rule: 'client', reason: 'max_reached' },
    { rule: 'advanced:idle', reason: 'above_threshold' },
  ]);
});

test('a low rule that was turned off since is not shown', async () => {
  const profile = await made('/v1/profiles', { name: 'off', currency: 'USD', clientRule: { threshold: '5.00' } });
  await api.sql`update clients set profile_id = ${profile} where id = ${ids['Silenced'] ?? ''}`;
  const { body } = await api.get(`/v1/clients/${ids['Silenced'] ?? ''}`);
  expect(body).toMatchObject({ lowRule: null, ruleReasons: [{ rule: 'user', reason: 'silenced' }, {}, {}] });
});

test('facets count each reason under the other filters', async () => {
  const counted = async (query: string): Promise<Record<string, number>> => {
    const { body } = await api.get(`/v1/clients?include=facets&${query}`);
    return Object.fromEntries(
      body.facets.ruleReason.map((one: { word: string; count: number }) => [one.word, one.count]),
    );
  };
  expect(await counted('ruleReason=silenced')).toMatchObject({ max_reached: 3, silenced: 1, above_threshold: 3 });
  expect(await counted('currency=EUR')).toEqual({
    ...{ max_reached: 1, no_recipients: 1, not_inactive: 1, period_not_elapsed: 1, superseded: 1 },
  });
});

test('a reseller filters and counts its own clients only', async () => {
  const key = await api.makeKey({ resellerId: below, scopes: ['clients:read'] });
  const { body } = await api.get('/v1/clients?ruleReason=silenced,max_reached&include=total,facets', { key });
  expect(body).toMatchObject({ total: 1, data: [{ name: 'Silenced' }] });
  expect(body.facets.ruleReason).toContainEqual({ word: 'silenced', count: 1 });
  expect(body.facets.ruleReason).not.toContainEqual(expect.objectContaining({ word: 'max_reached' }));
});

test('the filter has an index', async () => {
  const [plan] = await api.sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`;
    return tx<{ 'QUERY PLAN': unknown }[]>`
      explain (format json) select client_id from monitors where rule_reasons && ${['max_reached']}::text[]`;
  });
  expect(JSON.stringify(plan)).toContain('monitors_rule_reasons');
});
