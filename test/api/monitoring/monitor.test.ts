import type { Explanation } from '../../../src/domain/monitoring/explain.js';
import { UpdateRefused } from '../../../src/temporal/gateway.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { explainedRule, explanationOf, newClientWithRules, now } from '../../support/api/explanations.js';

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
      balanceError: null,
      lastCheckAt: '2026-03-02T08:00:00Z',
      nextCheckAt: '2026-03-03T08:00:00Z',
      overdue: false,
      pausedBy: null,
      pausedByName: null,
      silences: [],
      coveringSilences: [],
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
    const balanceError = { since: '2026-03-02T07:00:00Z', source: 'http', reason };
    expect((await api.get(`/v1/clients/${clientId}/monitor`)).body).toMatchObject({ balanceError });
    api.temporal.answer('explain', async () =>
      explanation({ state: 'unknown', rules: [explainedRule('user', 'balance_unknown')] }),
    );
    const { body } = await api.get(`/v1/clients/${clientId}/explain`);
    expect(body).toMatchObject({ state: 'unknown', balanceError });
    expect(body.rules[0].why).toBe(
      `The balance is unknown since 2026-03-02T07:00:00Z (source http): ${reason}. The rule is not evaluated.`,
    );
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
