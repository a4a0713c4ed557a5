import type { Explanation } from '../../../src/domain/monitoring/explain.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import {
  explainedRule,
  explanationOf,
  hour,
  newClientWithRules,
  now,
  ruleState,
} from '../../support/api/explanations.js';

let api: TestApi;
let clientId: string;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = now;
  api.temporal.down = false;
  clientId = await newClient();
  api.temporal.calls.length = 0;
  api.temporal.answer('describe', async () => ({
    status: 'running',
    runId: '0193-run',
    startedAt: '2026-03-01T00:00:00.000Z',
    historyLength: 42,
  }));
});

const newClient = (status?: string): Promise<string> => newClientWithRules(api, status);
const explanation = (more?: Partial<Explanation>): Explanation => explanationOf(clientId, more);

describe('the explanation', () => {
  test('says what a rule waits for: a counter that was reset, a check, an hour', async () => {
    const state = ruleState({ count: 0, periodFrom: now - hour, hourFrom: now - hour, lastNotifiedAt: now - hour });
    const failed = ruleState({
      count: 0,
      periodFrom: null,
      hourFrom: null,
      lastNotifiedAt: null,
      failedAt: now - 60_000,
    });
    api.temporal.answer('explain', async () =>
      explanation({
        rules: [
          explainedRule('user', 'period_not_elapsed', { state }),
          explainedRule('client', 'waiting_for_check', { state, reasonNow: 'sent', nextPossibleAt: now + 23 * hour }),
          explainedRule('warning:25.00', 'send_failed', { state: failed }),
        ],
      }),
    );
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    const why = Object.fromEntries(body.rules.map((rule: { key: string; why: string }) => [rule.key, rule.why]));
    expect(why).toMatchObject({
      user: 'Low. The counter was reset, and the period since the last notification runs.',
      client: 'Low. Notifies at the next check, 2026-03-03T09:00:00Z.',
      'warning:25.00':
        'Reached. No mail server or channel accepted the notification. It does not count; the rule tries again at the next check, or within an hour (trigger change).',
    });
    expect(body.rules[1]).toMatchObject({
      lastReason: 'waiting_for_check',
      reasonNow: 'sent',
      nextPossibleAt: '2026-03-03T09:00:00Z',
      lastNotifiedAt: '2026-03-02T09:00:00Z',
    });
  });

  test('is headed by a rule that waits for a check, with its time', async () => {
    const rule = explainedRule('client', 'waiting_for_check', { state: ruleState() });
    api.temporal.answer('explain', async () => explanation({ rules: [rule] }));
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body.headline).toMatchObject({ rule: 'client', low: true, waitsUntil: '2026-03-03T09:00:00Z' });
  });

  test('of a rule that was turned off while low does not call it low', async () => {
    api.temporal.answer('explain', async () =>
      explanation({ rules: [explainedRule('advanced:off', 'off', { state: ruleState() })] }),
    );
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body.rules[3]).toMatchObject({ key: 'advanced:off', low: false, count: 1 });
  });

  test('says of each rule why, to whom, and what is left', async () => {
    const silences = { 'warning:25.00': now + hour };
    api.temporal.answer('explain', async () => explanation({ silences }));
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body).toMatchObject({
      stale: false,
      state: 'low',
      available: '45.00',
      lastCheckAt: '2026-03-02T09:00:00Z',
      nextCheckAt: '2026-03-03T09:00:00Z',
      checkEverySeconds: 86_400,
      trigger: 'period',
      run: { checks: 7, runs: 2, deliveries: 0 },
    });
    const why = Object.fromEntries(body.rules.map((rule: { key: string; why: string }) => [rule.key, rule.why]));
    expect(why).toEqual({
      user: 'Not low: 45.00 USD available, threshold 100.00 USD.',
      client: 'Low. Notification 2 of 3 was sent at 2026-03-02T09:00:00Z. The next can follow at 2026-03-03T09:00:00Z.',
      'advanced:idle': 'Low. Notifies only after 7 days without charges.',
      'advanced:off': 'This rule has no threshold.',
      'warning:25.00': 'Reached. Silenced until 2026-03-02T11:00:00Z.',
    });
    expect(body.rules.map((rule: { trigger: string }) => rule.trigger)).toEqual([
      'period',
      'period',
      'period',
      'period',
      'change',
    ]);
    expect(body.rules[0]).toMatchObject({
      audience: 'user',
      threshold: { comparison: 'below', value: '100.00', percent: null, currency: 'USD' },
      recipients: ['owner@company.example', expect.stringMatching(/^anna/), 'noc@company.example'],
      maxNotifications: 3,
      periodHours: 24,
    });
    expect(body.rules[1]).toMatchObject({
      recipients: ['billing@client.example'],
      count: 2,
      episode: 5,
      low: true,
      lastNotifiedAt: '2026-03-02T09:00:00Z',
      lastReason: 'period_not_elapsed',
      reasonNow: 'period_not_elapsed',
      nextPossibleAt: '2026-03-03T09:00:00Z',
    });
  });

  test('while the monitor does not answer is what it last told, and says so', async () => {
    api.temporal.down = true;
    const reply = await api.get(`/v1/clients/${clientId}/explain`);
    expect(reply).toHaveStatus(200);
    expect(reply.body).toMatchObject({
      stale: true,
      state: 'low',
      run: null,
      lastCheckAt: '2026-03-02T08:00:00Z',
      checkEverySeconds: 86_400,
    });
    const why = reply.body.rules.map((rule: { why: string }) => rule.why);
    expect(why[0]).toBe(
      'Low. All 3 notifications were sent. The counter resets with the next payment or when the balance recovers.',
    );
    expect(why[1]).toBe('Low. Notification 1 of 3 was sent at 2026-03-02T08:00:00Z to billing@client.example.');
    expect(reply.body.rules[1]).toMatchObject({ count: 1, low: true, reasonNow: null });
  });

  test('names who stands behind each recipient, also who is missing and who is named twice', async () => {
    api.temporal.down = true;
    const { sql } = api;
    await sql`update clients set billing_email = null where id = ${clientId}`;
    await sql`
      update profile_rules set emails = '{NOC@company.example,noc@company.example}'
      where key = 'user' and profile_id = (select profile_id from clients where id = ${clientId})`;
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    const none = { name: null, userId: null, channel: null };
    expect(body.rules[0].resolvedRecipients).toEqual([
      { role: 'owner', ...none, email: 'owner@company.example', repeated: false },
      {
        role: 'user',
        name: 'Anna',
        userId: expect.any(String),
        channel: null,
        email: expect.stringMatching(/^anna/),
        repeated: false,
      },
      { role: 'extra', ...none, email: 'NOC@company.example', repeated: false },
      { role: 'extra', ...none, email: 'noc@company.example', repeated: true },
    ]);
    expect(body.rules[1].resolvedRecipients).toEqual([{ role: 'billing', ...none, email: null, repeated: false }]);
    expect(body.rules[4].resolvedRecipients).toEqual([{ role: 'billing', ...none, email: null, repeated: false }]);
  });

  test('an owner who is nobody in particular is the reseller', async () => {
    api.temporal.down = true;
    await api.sql`update clients set owner_email = null where id = ${clientId}`;
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body.rules[0].resolvedRecipients[0]).toMatchObject({ role: 'reseller', name: 'Company Name' });
  });

  test('is headed by the most severe rule that is low, else by the next', async () => {
    api.temporal.down = true;
    const path = `/v1/clients/${clientId}/explain`;
    expect((await api.get(path)).body.headline).toEqual({
      rule: 'client',
      source: 'profile',
      audience: 'client',
      available: '45.00',
      threshold: '50.00',
      gap: '5.00',
      original: null,
      currency: 'USD',
      low: true,
      since: '2026-03-02T08:00:00Z',
      sent: 1,
      max: 3,
      debt: null,
      waitsUntil: null,
    });
    await api.sql`update balances set live = 130 where client_id = ${clientId}`;
    await api.sql`update monitors set rules = '{}' where client_id = ${clientId}`;
    expect((await api.get(path)).body.headline).toMatchObject({ rule: 'user', gap: '30.00', low: false, since: null });
    await api.sql`update balance_source set source = 'http'`;
    expect((await api.get(path)).body).toMatchObject({ available: null, headline: null });
    await api.sql`update balance_source set source = 'ledger'`;
  });

  test('is headed by a threshold on debt as the available balance at that debt', async () => {
    api.temporal.down = true;
    await api.sql`
      update clients set profile_id = null, balance_model = 'postpaid', credit_limit = 1000, warning_thresholds = '{50%,900.00}'
      where id = ${clientId}`;
    await api.sql`update balances set live = -300 where client_id = ${clientId}`;
    await api.sql`update monitors set rules = '{}' where client_id = ${clientId}`;
    expect((await api.get(`/v1/clients/${clientId}/explain`)).body.headline).toMatchObject({
      rule: 'warning:50%',
      threshold: '500.00',
      gap: '200.00',
      low: false,
      debt: { owed: '300.00', threshold: '500.00' },
    });
  });

  test('of a run that has only just begun is what the one before it told', async () => {
    api.temporal.answer('explain', async () =>
      explanation({ starting: true, state: 'unknown', rules: [], intervalMs: hour, lastCheckAt: null }),
    );
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body).toMatchObject({ stale: true, state: 'low', checkEverySeconds: 86_400, run: null });
    expect(body.lastCheckAt).not.toBeNull();
    expect(body.rules.map(({ key, count }: { key: string; count: number }) => [key, count])).toContainEqual([
      'user',
      3,
    ]);
  });

  test('of a run without a check is of the last check of the run before it', async () => {
    api.temporal.answer('explain', async () => explanation({ rules: [explainedRule('client', null)] }));
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body.rules[1]).toMatchObject({ key: 'client', lastReason: 'sent' });
  });

  test('has the rules alone, without asking Temporal', async () => {
    api.temporal.down = true;
    const { body } = await api.get(`/v1/clients/${clientId}/rules`);
    expect(
      body.data.map((rule: { key: string; count: number; lastReason: string }) => [
        rule.key,
        rule.count,
        rule.lastReason,
      ]),
    ).toEqual([
      ['user', 3, 'max_reached'],
      ['client', 1, 'sent'],
      ['advanced:idle', 0, 'above_threshold'],
      ['advanced:off', 0, 'off'],
      ['warning:25.00', 0, 'above_threshold'],
    ]);
    expect(body.data[4]).toMatchObject({
      audience: 'warning',
      threshold: { comparison: 'atMost', value: '25.00' },
      maxNotifications: 1,
      resetOn: 'recovery',
    });
    expect(api.temporal.calls).toEqual([]);
  });

  test('of a client that was never checked says so', async () => {
    await api.sql`update monitors set verdicts = '[]', rules = '{}', last_check_at = null, available = null where client_id = ${clientId}`;
    api.temporal.down = true;
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body.rules[0]).toMatchObject({ lastReason: null, why: 'Not checked yet.' });
  });
});
