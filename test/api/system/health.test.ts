import {
  balanceSourceCheck,
  bouncesCheck,
  outboxCheck,
  smtpCheck,
  versionsCheck,
  workerCheck,
} from '../../../src/api/health/health-checks.js';
import type { RecentAttempt } from '../../../src/storage/notifications/mail-health.js';
import { raiseMailboxFailure, resolveMailboxFailure } from '../../../src/storage/events/source-state.js';
import { startHeartbeat, type ProcessRow } from '../../../src/storage/system/processes.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What a page's banners are made of. */

let api: TestApi;
let now = Date.now();

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  // Past what is kept of the look before.
  api.now = now += 10_000;
  api.temporal.down = false;
});

interface Check {
  readonly name: string;
  readonly status: string;
  readonly since: string | null;
  readonly detail: string;
  readonly remedy: string | null;
}

async function checks(): Promise<Record<string, Check>> {
  const { body } = await api.get('/v1/health/summary');
  return Object.fromEntries(body.checks.map((check: Check) => [check.name, check]));
}

const fault = (error: unknown): void => {
  throw error;
};

test('all checks stand in their order, whatever is wrong', async () => {
  const { body } = await api.get('/v1/health/summary');
  expect(body.checks.map(({ name }: Check) => name)).toEqual([
    'worker',
    'temporal',
    'balance_source',
    'smtp',
    'bounces',
    'outbox',
    'monitors',
    'migrations',
    'versions',
  ]);
  expect(body.status).toBe('down');
});

test('a worker that runs is well, one that stopped is down since then', async () => {
  expect((await checks())['worker']).toMatchObject({
    status: 'down',
    since: null,
    remedy: 'start a worker: npm run worker',
  });
  const heartbeat = await startHeartbeat(api.sql, {
    kind: 'worker',
    version: '0.0.0-test',
    facts: () => ({}),
    onError: fault,
  });
  api.now = now += 10_000;
  expect((await checks())['worker']).toMatchObject({ status: 'ok', detail: '1 worker is running' });
  await heartbeat.stop();
  api.now = now += 10_000;
  const [stopped] = await api.sql<{ at: Date }[]>`select stopped_at as at from processes`;
  expect((await checks())['worker']).toMatchObject({ status: 'down', since: stopped?.at.toISOString() });
});

test('a worker that was killed says nothing and is missed after a while', async () => {
  await api.sql`
    insert into processes (id, kind, version, host, started_at, seen_at)
    values (gen_random_uuid(), 'worker', '1', 'a', now() - interval '1 hour', now() - interval '20 seconds')`;
  expect((await checks())['worker']?.status).toBe('down');
  await api.sql`update processes set seen_at = now() - interval '10 seconds' where stopped_at is null`;
  api.now = now += 10_000;
  expect((await checks())['worker']?.status).toBe('ok');
  await api.sql`delete from processes`;
});

test('Temporal away is told with the moment at which it was first missed', async () => {
  api.temporal.down = true;
  const first = new Date(now).toISOString();
  expect((await checks())['temporal']).toMatchObject({ status: 'down', since: first.replace('.000Z', 'Z') });
  api.now = now += 10_000;
  expect((await checks())['temporal']?.since).toBe(first.replace('.000Z', 'Z'));
  api.temporal.down = false;
  api.now = now += 10_000;
  expect((await checks())['temporal']).toMatchObject({ status: 'ok', since: null, remedy: null });
});

test('it is looked at anew every two seconds at most', async () => {
  api.temporal.calls.length = 0;
  await Promise.all([checks(), checks(), checks()]);
  api.now = now + 1500;
  await checks();
  expect(api.temporal.calls).toHaveLength(1);
});

test('monitors that do not proceed are counted by their reason, since when and what to do', async () => {
  expect((await checks())['monitors']).toMatchObject({ status: 'ok', since: null, detail: 'all monitors proceed' });
  const ids: string[] = [];
  for (let n = 0; n < 4; n++) ids.push((await api.post('/v1/clients', { name: `C${n}`, currency: 'USD' })).body.id);
  const [failing, late, unanswered, fine] = ids as [string, string, string, string];
  const minutes = (n: number): Date => new Date(now + n * 60_000);
  await api.sql`update monitors set seen_at = ${minutes(-30)}, next_check_at = ${minutes(30)}`;
  await api.sql`insert into stuck_monitors (client_id, failing_since) values (${failing}, ${minutes(-3)})`;
  await api.sql`update monitors set next_check_at = ${minutes(-10)} where client_id = ${late}`;
  await api.sql`update monitors set signaled_at = ${minutes(-5)} where client_id = ${unanswered}`;
  api.now = now += 10_000;
  expect((await checks())['monitors']).toMatchObject({
    status: 'degraded',
    since: minutes(-10 - 1 / 6).toISOString(),
    detail: '3 monitors do not proceed: 1 failing, 1 overdue, 1 without an evaluation after a change',
    remedy: expect.stringContaining('state=unhealthy'),
  });
  const { body } = await api.get('/v1/clients?sort=id');
  expect(
    body.data.map(({ id, state, unhealthyReason }: Record<string, unknown>) => [id, state, unhealthyReason]),
  ).toEqual([
    [failing, 'unhealthy', 'failing'],
    [late, 'unhealthy', 'overdue'],
    [unanswered, 'unhealthy', 'signal_unanswered'],
    [fine, 'unknown', null],
  ]);
  expect((await api.get(`/v1/clients/${unanswered}/monitor`)).body).toMatchObject({
    ...{ state: 'unhealthy', unhealthyReason: 'signal_unanswered', overdue: false },
  });
  await api.sql`update monitors set seen_at = ${minutes(0)}, next_check_at = ${minutes(30)}`;
  api.now = now += 10_000;
  expect((await checks())['monitors']?.status).toBe('ok');
});

test('machines are the operator’s business', async () => {
  const heartbeat = await startHeartbeat(api.sql, { kind: 'worker', version: '9', facts: () => ({}), onError: fault });
  const key = await api.makeKey({ resellerId: await api.reseller('Branch') });
  expect((await api.get('/v1/health/summary')).body.processes).toEqual([
    expect.objectContaining({ kind: 'worker', version: '9', running: true }),
  ]);
  expect((await api.get('/v1/health/summary', { key })).body.processes).toEqual([]);
  expect((await api.get('/v1/meta', { key })).body.settings).toBeNull();
  await heartbeat.stop();
});

test('settings are told to the operator without secrets', async () => {
  const lonely = await startTestApi({
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    SMTP_URL: 'smtp://me:hush@mail.example',
  });
  const { body, text } = await lonely.get('/v1/meta');
  expect(body.settings).toMatchObject({
    SECRET_KEY: '(set)',
    SMTP_URL: 'smtp://me:***@mail.example',
    REQUEST_LOG_DAYS: 14,
  });
  expect(text).not.toContain('hush');
  await lonely.stop();
});

describe('the judgement of', () => {
  const at = new Date('2026-03-01T10:00:00Z');
  const attempt = (outcome: RecentAttempt['outcome'], reply: string | null = null): RecentAttempt => ({
    startedAt: at,
    outcome,
    code: null,
    reply,
  });

  test('mails: one refusal is a bad sign, three in a row are an outage, a bad address is neither', () => {
    expect(smtpCheck([]).status).toBe('ok');
    expect(smtpCheck([attempt('accepted'), attempt('refused')]).status).toBe('ok');
    expect(smtpCheck([attempt('refused'), attempt('accepted')])).toMatchObject({ status: 'degraded', since: at });
    const down = smtpCheck([attempt('refused', '421 busy'), attempt('interrupted'), attempt('refused')]);
    expect(down).toMatchObject({ status: 'down', since: at });
    expect(down.detail).toContain('421 busy');
    expect(smtpCheck([attempt('refused_for_good')]).status).toBe('ok');
    expect(smtpCheck([attempt('accepted')], 2)).toMatchObject({
      status: 'ok',
      detail: 'accepting email; deliveries not accepted in the last hour: 2',
    });
  });

  test('the mailbox for bounces: well or not set, and degraded while its event is open', () => {
    expect(bouncesCheck(false, null)).toMatchObject({ status: 'ok', detail: 'no mailbox for bounces is set' });
    expect(bouncesCheck(true, null)).toMatchObject({ status: 'ok', detail: 'the mailbox for bounces is read' });
    const failing = bouncesCheck(true, { since: at, reason: 'login refused' });
    expect(failing).toMatchObject({ status: 'degraded', since: at, detail: expect.stringMatching(/login refused$/) });
  });

  test('the outbox: by the age of the oldest', () => {
    const stats = { depth: 3, retrying: 0 };
    expect(outboxCheck({ ...stats, oldestSeconds: 5 }, at).status).toBe('ok');
    expect(outboxCheck({ ...stats, oldestSeconds: 60 }, at)).toMatchObject({
      status: 'degraded',
      since: new Date('2026-03-01T09:59:00Z'),
    });
    expect(outboxCheck({ ...stats, oldestSeconds: 600 }, at).status).toBe('down');
  });

  const worker = (facts: ProcessRow['facts'], version = '1'): ProcessRow => ({
    kind: 'worker',
    version,
    host: 'a',
    startedAt: at,
    seenAt: at,
    isRunning: true,
    facts,
  });
  const broken = {
    balanceSource: { isUp: false, since: at.toISOString(), reason: 'postgres://u:hush@db answered 503' },
  };
  const works = { balanceSource: { isUp: true, since: at.toISOString(), reason: null } };

  test('the balance source: by what running workers say, without secrets', () => {
    expect(balanceSourceCheck('ledger', [worker(broken)]).status).toBe('ok');
    expect(balanceSourceCheck('http', [worker(works), worker(broken)]).status).toBe('degraded');
    const down = balanceSourceCheck('http', [worker(broken)]);
    expect(down).toMatchObject({ status: 'down', since: at });
    expect(down.detail).not.toContain('hush');
  });

  test('versions: all that runs should be the same', () => {
    expect(versionsCheck('1', [worker({})]).status).toBe('ok');
    expect(versionsCheck('1', [worker({}, '2')])).toMatchObject({
      status: 'degraded',
      detail: 'this API is 1; others are 2',
    });
    expect(workerCheck([worker({}), worker({})]).detail).toBe('2 workers run');
  });
});

test('a mailbox that cannot be read is a check that is not well, until it is read', async () => {
  await raiseMailboxFailure(api.sql, 'mail.example/INBOX', 'login refused', now);
  expect((await checks())['bounces']).toMatchObject({
    status: 'degraded',
    detail: expect.stringContaining('login refused'),
  });
  await resolveMailboxFailure(api.sql, 'The mailbox is read again');
  api.now = now += 10_000;
  expect((await checks())['bounces']).toMatchObject({ status: 'ok', since: null });
});
