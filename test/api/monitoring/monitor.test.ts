import type { Explanation, RuleExplanation } from '../../../src/domain/monitoring/explain.js';
import { UpdateRefused } from '../../../src/temporal/gateway.js';
import type { Reason } from '../../../src/domain/monitoring/evaluate.js';
import type { RuleState } from '../../../src/domain/monitoring/rule-state.js';
import { startTestApi, type TestApi } from '../../support/api.js';

let api: TestApi;
let clientId: string;

const now = Date.parse('2026-03-02T10:00:00Z');
const hour = 3_600_000;

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

async function newClient(status = 'active'): Promise<string> {
  const { sql } = api;
  const [profile] = await sql<{ id: string }[]>`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours)
    values (${api.operatorId}, 'default', 'USD', 3, 24) returning id`;
  const profileId = profile?.id ?? '';
  const [user] = await sql<{ id: string }[]>`
    insert into users (reseller_id, name, email) values (${api.operatorId}, 'Anna', ${`anna${profileId}@company.example`}) returning id`;
  await sql`
    insert into profile_rules (profile_id, key, position, threshold, notify_role, user_ids, inactivity_days, emails) values
      (${profileId}, 'user', 1, 100, true, ${[user?.id ?? '']}, null, '{noc@company.example}'),
      (${profileId}, 'client', 2, 50, true, '{}', null, '{}'),
      (${profileId}, 'advanced:idle', 3, 20, false, '{}', 7, '{}'),
      (${profileId}, 'advanced:off', 4, null, true, '{}', null, '{}')`;
  const [client] = await sql<{ id: string }[]>`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, status, billing_email, owner_email, warning_thresholds)
    values (${api.operatorId}, ${profileId}, 'Customer A', 'USD', 'prepaid', ${status}, 'billing@client.example', 'owner@company.example', '{25.00}')
    returning id`;
  const id = client?.id ?? '';
  await sql`insert into balances (client_id, live) values (${id}, 45)`;
  await sql`
    insert into monitors (client_id, state, state_since, last_check_at, next_check_at, available, rules, verdicts, seen_at)
    values (${id}, 'low', '2026-03-02T08:00:00Z', '2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z', 45,
      ${sql.json({ user: ruleState({ count: 3 }), client: ruleState({ count: 1 }) } as never)},
      ${sql.json([
        { rule: 'user', reason: 'max_reached' },
        { rule: 'client', reason: 'sent', episode: 2, number: 1 },
        { rule: 'advanced:idle', reason: 'above_threshold' },
        { rule: 'advanced:off', reason: 'off' },
        { rule: 'warning:25.00', reason: 'above_threshold' },
      ])}, '2026-03-02T08:00:01Z')`;
  return id;
}

/** Low and notified two hours ago, in its second counter run. */
function ruleState(more: Partial<RuleState> = {}): RuleState {
  const at = now - 2 * hour;
  return {
    count: 1,
    episode: 2,
    periodFrom: at,
    hourFrom: at,
    lastNotifiedAt: at,
    lowSince: at,
    refillSeq: 4,
    ...more,
  };
}

function explainedRule(key: string, lastReason: Reason | null, more: Partial<RuleExplanation> = {}): RuleExplanation {
  return {
    key,
    trigger: 'period',
    threshold: null,
    maxNotifications: 3,
    lastReason,
    state: null,
    nextPossibleAt: null,
    reasonNow: lastReason,
    ...more,
  };
}

function explanation(more: Partial<Explanation> = {}): Explanation {
  const at = now - hour;
  const state = ruleState({
    count: 2,
    episode: 5,
    periodFrom: at,
    hourFrom: at,
    lastNotifiedAt: at,
    lowSince: now - 30 * hour,
  });
  return {
    clientId,
    state: 'low',
    at: now,
    lastCheckAt: now - hour,
    nextCheckAt: now + 23 * hour,
    nextWakeAt: null,
    intervalMs: 24 * hour,
    pausedBy: null,
    silences: {},
    grant: null,
    rules: [
      explainedRule('user', 'above_threshold'),
      explainedRule('client', 'period_not_elapsed', { state, nextPossibleAt: now + 23 * hour }),
      explainedRule('advanced:idle', 'not_inactive', { state }),
      explainedRule('advanced:off', 'off'),
      explainedRule('warning:25.00', 'silenced', { state, trigger: 'change' }),
    ],
    run: { checks: 7, runs: 2, deliveries: 0 },
    ...more,
  };
}

async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from audit), (select count(*) from outbox), (select sum(version) from clients)) as text`;
  return row?.text ?? '';
}

describe('the monitor', () => {
  test('shows its state, its next check and its run', async () => {
    const { body } = await api.get(`/v1/clients/${clientId}/monitor`);
    expect(body).toEqual({
      clientId,
      state: 'low',
      stateSince: '2026-03-02T08:00:00Z',
      unhealthyReason: null,
      available: '45.00',
      currency: 'USD',
      balanceFault: null,
      lastCheckAt: '2026-03-02T08:00:00Z',
      nextCheckAt: '2026-03-03T08:00:00Z',
      overdue: false,
      pausedBy: null,
      pausedByName: null,
      silences: [],
      workflowId: `monitor/${clientId}`,
      run: { runId: '0193-run', status: 'running', startedAt: '2026-03-01T00:00:00Z', historyLength: 42 },
      temporalReachable: true,
      temporalUrl: `http://temporal.example/namespaces/default/workflows/monitor%2F${clientId}`,
      pendingDeliveries: 0,
      seenAt: '2026-03-02T08:00:01Z',
      serverTime: '2026-03-02T10:00:00Z',
    });
  });

  test('is shown without its run while Temporal is down, and says when it is overdue', async () => {
    api.temporal.down = true;
    api.now = Date.parse('2026-03-03T08:01:00Z');
    const reply = await api.get(`/v1/clients/${clientId}/monitor`);
    expect(reply).toHaveStatus(200);
    expect(reply.body).toMatchObject({ run: null, temporalReachable: false, overdue: true, state: 'unhealthy' });
  });

  test('is unhealthy from a minute after its check should have been made, until it is made', async () => {
    const states = async (): Promise<unknown[]> => {
      const paths = ['', '/monitor', '/explain'];
      const replies = await Promise.all(paths.map((path) => api.get(`/v1/clients/${clientId}${path}`)));
      return replies.map(({ body }) => body.state);
    };
    api.temporal.down = true;
    api.now = Date.parse('2026-03-03T08:00:59Z');
    expect(await states()).toEqual(['low', 'low', 'low']);
    api.now = Date.parse('2026-03-03T08:01:00Z');
    expect(await states()).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
    const { body } = await api.get(`/v1/clients/${clientId}/monitor`);
    expect(body).toMatchObject({ stateSince: '2026-03-03T08:01:00Z', overdue: true });
    await api.sql`update monitors set next_check_at = '2026-03-04T08:00:00Z' where client_id = ${clientId}`;
    expect(await states()).toEqual(['low', 'low', 'low']);
    const again = await api.get(`/v1/clients/${clientId}/monitor`);
    expect(again.body).toMatchObject({ stateSince: '2026-03-02T08:00:00Z', overdue: false });
  });

  test('is unhealthy when it never came, and not when its client is deleted', async () => {
    await api.sql`update monitors set next_check_at = null, seen_at = '2026-03-02T09:59:01Z' where client_id = ${clientId}`;
    const state = async (): Promise<unknown> => (await api.get(`/v1/clients/${clientId}/monitor`)).body.state;
    expect(await state()).toBe('low');
    api.now = now + 1000;
    expect(await state()).toBe('unhealthy');
    await api.sql`update clients set status = 'deleted' where id = ${clientId}`;
    expect(await state()).toBe('low');
  });

  test('that answers although its check is overdue is unhealthy all the same', async () => {
    api.temporal.answer('explain', async () => explanation({ nextCheckAt: now - 60_000 }));
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body).toMatchObject({ stale: false, state: 'unhealthy' });
  });

  test('checks now', async () => {
    api.temporal.answer('checkNow', async () => ({
      at: now,
      state: 'low',
      available: '45',
      verdicts: [{ rule: 'client', reason: 'sent', episode: 2, number: 2, except: ['token'] }],
    }));
    const reply = await api.post(`/v1/clients/${clientId}/monitor/check`);
    expect(reply).toHaveStatus(200);
    expect(reply.body).toMatchObject({
      at: '2026-03-02T10:00:00Z',
      state: 'low',
      available: '45.00',
      verdicts: [{ rule: 'client', reason: 'sent', number: 2 }],
    });
    expect(api.temporal.calls[0]).toEqual({
      method: 'checkNow',
      id: clientId,
      input: { actor: expect.objectContaining({ source: 'api' }) },
      updateId: expect.any(String),
    });
  });

  test('is paused and resumed with a reason', async () => {
    api.temporal.answer('pause', async () => explanation({ pausedBy: 'key:1', state: 'paused' }));
    api.temporal.answer('resume', async () => explanation());
    const paused = await api.post(`/v1/clients/${clientId}/monitor/pause`, { reason: 'migration' });
    expect(paused.body).toMatchObject({
      state: 'paused',
      pausedBy: 'key:1',
      pausedByName: 'tests',
      nextCheckAt: '2026-03-03T09:00:00Z',
    });
    expect(api.temporal.calls[0]).toMatchObject({ method: 'pause', input: { reason: 'migration' } });
    const resumed = await api.post(`/v1/clients/${clientId}/monitor/resume`, { reason: 'done' });
    expect(resumed.body).toMatchObject({ state: 'low', pausedBy: null });
  });

  test('is silenced for a while, a rule or all of them', async () => {
    api.temporal.answer('silence', async (_id, { rule, until }) =>
      explanation({ silences: until === null ? {} : { [rule ?? '*']: Date.parse(until) } }),
    );
    const path = `/v1/clients/${clientId}/monitor/silence`;
    const all = await api.post(path, { until: '2026-03-02T12:00:00Z', reason: 'they know' });
    expect(all.body.silences).toEqual([{ rule: null, until: '2026-03-02T12:00:00Z' }]);
    const one = await api.post(path, { rule: 'client', until: '2026-03-02T12:00:00Z', reason: 'they know' });
    expect(one.body.silences).toEqual([{ rule: 'client', until: '2026-03-02T12:00:00Z' }]);
    expect((await api.post(path, { until: null, reason: 'over' })).body.silences).toEqual([]);
    const past = await api.post(path, { until: '2026-03-02T10:00:00Z', reason: 'x' });
    expect(past).toBeProblem(400, 'invalid', '#/until');
  });

  test('is started and started anew', async () => {
    const started = await api.post(`/v1/clients/${clientId}/monitor/start`, {});
    expect(started).toHaveStatus(202);
    expect(started.body.clientId).toEqual(clientId);
    const again = await api.post(`/v1/clients/${clientId}/monitor/restart`, { reason: 'stuck' });
    expect(again).toHaveStatus(202);
    const calls = api.temporal.calls.filter(({ method }) => method !== 'describe');
    expect(calls).toEqual([
      { method: 'start', id: clientId, input: api.operatorId },
      {
        method: 'restart',
        id: clientId,
        input: { resellerId: api.operatorId, reason: 'stuck' },
      },
    ]);
    const rows = await api.sql`
      select action, reason from audit where client_id = ${clientId} and subject_type = 'monitor' order by id`;
    expect([...rows]).toEqual([
      { action: 'monitor.start', reason: null },
      { action: 'monitor.restart', reason: 'stuck' },
    ]);
  });
});

describe('an unknown balance', () => {
  test('says since when, and why, in the monitor and in each rule', async () => {
    const reason = 'the balance source is not usable: it answered HTTP 503';
    await api.sql`
      insert into balance_faults (client_id, source, reason, since)
      values (${clientId}, 'http', ${reason}, '2026-03-02T07:00:00Z')`;
    const balanceFault = { since: '2026-03-02T07:00:00Z', source: 'http', reason };
    expect((await api.get(`/v1/clients/${clientId}/monitor`)).body).toMatchObject({ balanceFault });
    api.temporal.answer('explain', async () =>
      explanation({ state: 'unknown', rules: [explainedRule('user', 'balance_unknown')] }),
    );
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body).toMatchObject({ state: 'unknown', balanceFault });
    expect(body.rules[0].why).toBe(
      `The balance is unknown since 2026-03-02T07:00:00Z (source http): ${reason}. The rule is not evaluated.`,
    );
  });
});

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
      user: 'Low. The counter was reset; the next notification can follow from 2026-03-03T09:00:00Z.',
      client: 'Low. Notifies at the next check, 2026-03-03T09:00:00Z.',
      'warning:25.00':
        'Low. The mail server did not accept the notification. It does not count; the rule tries again at the next check, or within an hour (trigger change).',
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
      client:
        'Low. Notification 2 of 3 was sent at 2026-03-02T09:00:00Z; the next can follow from 2026-03-03T09:00:00Z.',
      'advanced:idle': 'Low. Notifies only after 7 days without charges.',
      'advanced:off': 'This rule has no threshold.',
      'warning:25.00': 'Low. Silenced until 2026-03-02T11:00:00Z.',
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
    const none = { name: null, userId: null };
    expect(body.rules[0].resolvedRecipients).toEqual([
      { role: 'owner', ...none, email: 'owner@company.example', repeated: false },
      {
        role: 'user',
        name: 'Anna',
        userId: expect.any(String),
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
      threshold: '50.00',
      gap: '5.00',
      currency: 'USD',
      low: true,
      since: '2026-03-02T08:00:00Z',
      sent: 1,
      max: 3,
      debt: null,
      waitsUntil: null,
    });
    await api.sql`update monitors set available = 130, rules = '{}' where client_id = ${clientId}`;
    expect((await api.get(path)).body.headline).toMatchObject({ rule: 'user', gap: '30.00', low: false, since: null });
    await api.sql`update monitors set available = null where client_id = ${clientId}`;
    expect((await api.get(path)).body.headline).toBeNull();
  });

  test('is headed by a threshold on debt as the available balance at that debt', async () => {
    api.temporal.down = true;
    await api.sql`
      update clients set profile_id = null, balance_model = 'postpaid', credit_limit = 1000, warning_thresholds = '{50%,900.00}'
      where id = ${clientId}`;
    await api.sql`update monitors set available = 700, rules = '{}' where client_id = ${clientId}`;
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

describe('a rule', () => {
  test('is started over by its key, whatever is in it', async () => {
    api.temporal.answer('resetRule', async () => explanation());
    const key = encodeURIComponent('warning:75%');
    const reply = await api.post(`/v1/clients/${clientId}/rules/${key}/reset`, { reason: 'corrected' });
    expect(reply).toHaveStatus(200);
    expect(reply.body.stale).toBe(false);
    expect(api.temporal.calls[0]).toMatchObject({
      method: 'resetRule',
      input: { rule: 'warning:75%', reason: 'corrected' },
    });
  });

  test('that the client does not have is not found', async () => {
    api.temporal.answer('resetRule', async () => {
      throw new UpdateRefused('unknown_rule', 'the client has no rule "advanced:x"; it has: user', '/rule');
    });
    const answer = await api.post(`/v1/clients/${clientId}/rules/advanced:x/reset`, { reason: 'r' });
    expect(answer).toBeProblem(404, 'unknown_rule', '#/path/key');
    const strange = await api.post(`/v1/clients/${clientId}/rules/nonsense/reset`, { reason: 'r' });
    expect(strange).toBeProblem(404, 'not_found');
  });
});

test('checks are listed, newest first', async () => {
  await api.sql`
    insert into checks (client_id, at, kind, state, available, verdicts) values
      (${clientId}, '2026-03-01T08:00:00Z', 'scheduled', 'ok', 120, ${api.sql.json([{ rule: 'client', reason: 'above_threshold' }])}),
      (${clientId}, '2026-03-02T08:00:00Z', 'change', 'low', 45, ${api.sql.json([{ rule: 'client', reason: 'sent', episode: 1, number: 1 }])}),
      (${clientId}, '2026-03-02T09:00:00Z', 'manual', 'unknown', null, '[]')`;
  const { body } = await api.get(`/v1/clients/${clientId}/checks`);
  expect(body.data.map((check: { kind: string; available: string | null }) => [check.kind, check.available])).toEqual([
    ['manual', null],
    ['change', '45.00'],
    ['scheduled', '120.00'],
  ]);
  expect(body.data[1].verdicts).toEqual([{ rule: 'client', reason: 'sent', number: 1 }]);
  const older = await api.get(`/v1/clients/${clientId}/checks?to=2026-03-02T08:00:00Z`);
  expect(older.body.data).toHaveLength(1);
});

describe('refusals change nothing', () => {
  const writes: [string, object][] = [
    ['monitor/check', {}],
    ['monitor/pause', { reason: 'r' }],
    ['monitor/resume', { reason: 'r' }],
    ['monitor/silence', { until: null, reason: 'r' }],
    ['monitor/start', {}],
    ['monitor/restart', { reason: 'r' }],
    ['rules/client/reset', { reason: 'r' }],
  ];

  test.each(writes)('%s: Temporal down, deleted client, unknown client, stranger, reader', async (path, body) => {
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
    const reader = await api.makeKey({ scopes: ['monitor:read'] });
    const deleted = await newClient('deleted');
    const before = await fingerprint();
    expect(await api.post(`/v1/clients/${deleted}/${path}`, body)).toBeProblem(409, 'client_deleted');
    expect(await api.post(`/v1/clients/999999/${path}`, body)).toBeProblem(404, 'not_found');
    expect(await api.post(`/v1/clients/${clientId}/${path}`, body, { key: stranger })).toBeProblem(404, 'not_found');
    expect(await api.post(`/v1/clients/${clientId}/${path}`, body, { key: reader })).toBeProblem(403, 'scope_missing');
    expect(api.temporal.calls).toEqual([]);
    api.temporal.down = true;
    const down = await api.post(`/v1/clients/${clientId}/${path}`, body);
    expect(down).toBeProblem(503, 'temporal_unavailable');
    expect(down.headers.get('retry-after')).toBe('5');
    expect(await fingerprint()).toBe(before);
  });

  test.each(writes.filter(([, body]) => 'reason' in body))('%s: no reason, an unknown field', async (path, body) => {
    const silent = await api.post(`/v1/clients/${clientId}/${path}`, { ...body, reason: undefined });
    expect(silent).toBeProblem(400, 'invalid', '#/reason');
    const odd = await api.post(`/v1/clients/${clientId}/${path}`, { ...body, colour: 'red' });
    expect(odd).toBeProblem(400, 'invalid', '#/colour');
    expect(api.temporal.calls).toEqual([]);
  });

  test('reading somebody else’s monitor finds nobody', async () => {
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
    for (const path of ['monitor', 'explain', 'rules', 'checks']) {
      expect(await api.get(`/v1/clients/${clientId}/${path}`, { key: stranger })).toBeProblem(404, 'not_found');
    }
  });
});
