import * as messages from '../../../src/contract/messages.js';
import type { GrantCreditInput } from '../../../src/contract/temporary-credit.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';
import { kindOf } from '../../support/temporal/history-events.js';
import { refusal } from '../../support/monitoring/update-refusal.js';

/**
 * What the time-skipping server cannot show, on Temporal's dev server in real time: what a check costs, how a run ends
 * while others write to it, resets, and workers that are away.
 */
jest.setTimeout(120_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness({ server: 'local' });
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

describe('a run that ends after 40 events', () => {
  let short: MonitorHarness;
  beforeAll(async () => {
    short = await startMonitorHarness({ server: 'local', monitor: { continueAfterEvents: 40 } });
  }, 60_000);
  afterAll(() => short?.stop());

  test('hands over many times and loses no request and no refill', async () => {
    const clientId = await short.watched({ balance: '-1000', profile: { clientThreshold: null } });
    const rounds = 10;
    for (let round = 0; round < rounds; round++) {
      await short.post(clientId, 'payment', '1');
      await Promise.all([
        ...Array.from({ length: 20 }, () => short.sendSignal(clientId, 'refilled')),
        short.update(clientId, messages.checkNow, { actor: tester }),
        short.update(clientId, messages.resetRule, { rule: 'user', reason: 'again', actor: tester }),
      ]);
      // A run ends in a task that answers no request: this one, while the next round comes in.
      await short.sendSignal(clientId);
    }
    await short.until(clientId, ({ run, rules }) => run.runs > 0 && rules[0]?.state?.refillSeq === rounds);
    const [written] = await short.sql`
      select count(*) filter (where action = 'rule.reset')::int as resets,
        count(*) filter (where action = 'monitor.check')::int as checks from audit where client_id = ${clientId}`;
    expect(written).toEqual({ resets: rounds, checks: rounds });
  });

  test('does not end while somebody waits for an answer', async () => {
    const clientId = await short.watched({ balance: '400' });
    const gate = short.gates.arm('grantCredit', 'before', clientId);
    const granted = short.update(clientId, messages.grantCredit, await twoHours('lend'));
    await gate.reached;
    // Temporal lets ten requests of one workflow wait at a time.
    const checked = Array.from({ length: 7 }, () => short.update(clientId, messages.checkNow, { actor: tester }));
    const paused = short.update(clientId, messages.pause, { actor: tester, reason: 'talks' });
    gate.open();
    expect(await granted).toMatchObject({ status: 'active', amount: '10.00' });
    for (const answer of checked) expect(await answer).toMatchObject({ available: '410.00' });
    expect(await paused).toMatchObject({ state: 'paused' });
    // The run ends in its own task, not in that of the last answer; the new one reads the configuration again.
    await short.sendSignal(clientId);
    const renewed = await short.until(clientId, ({ run, rules }) => run.runs > 0 && rules.length > 0);
    expect(renewed).toMatchObject({ state: 'paused', pausedBy: 'user:7', grant: { started: true } });
    for (const { events } of (await short.runs(clientId)).slice(0, -1)) {
      const kinds = (events ?? []).map(kindOf);
      const accepted = kinds.filter((kind) => kind === 'workflowExecutionUpdateAccepted');
      expect(kinds.filter((kind) => kind === 'workflowExecutionUpdateCompleted')).toHaveLength(accepted.length);
      const lastTask = kinds.slice(kinds.lastIndexOf('workflowTaskCompleted'));
      expect(lastTask).toContain('workflowExecutionContinuedAsNew');
      expect(lastTask).not.toContain('workflowExecutionUpdateCompleted');
    }
  });
});

async function twoHours(requestId: string): Promise<GrantCreditInput> {
  const validUntil = new Date((await harness.now()) + 7_200_000).toISOString();
  return { requestId, amount: '10', validUntil, reason: 'late transfer', actor: tester };
}

describe('what a check costs at which nothing is sent', () => {
  const checkKinds = [
    'timerFired',
    'workflowTaskScheduled',
    'workflowTaskStarted',
    'workflowTaskCompleted',
    'markerRecorded',
    'timerStarted',
  ];

  interface Reading {
    readonly runId: string;
    readonly events: number;
    readonly transitions: number;
    readonly bytes: number;
    /** what happened so far, by kind */
    readonly kinds: readonly string[];
  }

  /** Of one moment at which the monitor sleeps. */
  async function readAtRest(clientId: string, least: number): Promise<Reading> {
    return harness.eventually(
      async () => {
        const { runId, raw, historyLength, historySize } = await harness.handle(clientId).describe();
        const { events } = await harness.env.client.workflow.getHandle(`monitor/${clientId}`, runId).fetchHistory();
        return {
          runId,
          events: historyLength,
          transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
          bytes: historySize ?? 0,
          kinds: (events ?? []).slice(0, historyLength).map(kindOf),
        };
      },
      ({ events, kinds }) => events >= least && kinds.at(-1) === 'timerStarted',
    );
  }

  test('six events, one task, no activity, three transitions, at most 1 KB', async () => {
    const wish = { balance: '-5', profile: null, warningThresholds: ['10.00', '20.00'], checkEveryMs: 1000 };
    const clientId = await harness.watched(wish);
    // Both notifications of the first check are sent: from here on every check says `max_reached`.
    await harness.until(
      clientId,
      ({ rules, run }) => run.deliveries === 0 && rules.every(({ lastReason }) => lastReason === 'max_reached'),
    );
    // A busy machine may let a task time out or hold it by others, and a run may end in between: the test measures again.
    const [before, after] = await harness.eventually(
      async () => {
        const first = await readAtRest(clientId, 0);
        return [first, await readAtRest(clientId, first.events + 3 * checkKinds.length)] as const;
      },
      ([first, last]) => {
        const between = last.kinds.slice(first.events);
        const undisturbed = withoutHeartbeats(between).length === between.length;
        return first.runId === last.runId && undisturbed && !between.includes('workflowTaskTimedOut');
      },
    );
    const passed = after.kinds.slice(before.events);
    const checks = passed.filter((kind) => kind === 'timerFired').length;
    expect(checks).toBeGreaterThanOrEqual(3);
    expect(passed).toEqual(Array.from({ length: checks }, () => checkKinds).flat());
    expect(after.transitions - before.transitions).toBe(3 * checks);
    expect((after.bytes - before.bytes) / checks).toBeLessThanOrEqual(1024);
  });
});

/**
 * Without the tasks that nothing asked for: a local activity that takes long on a busy machine holds its task by more of
 * them, each right after what the one before ended with, markers included.
 */
function withoutHeartbeats(kinds: readonly string[]): readonly string[] {
  const asks = ['workflowExecutionSignaled', 'timerFired', 'activityTaskCompleted', 'workflowExecutionUpdateAccepted'];
  const task = ['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted'];
  let asked = true;
  return kinds.filter((kind) => {
    if (asks.includes(kind)) asked = true;
    else if (kind === 'workflowTaskCompleted' && asked) {
      asked = false;
      return true;
    }
    return asked || !task.includes(kind);
  });
}

test('a change that no rule acts on costs one task and one publish; a charge that crosses nothing costs nothing', async () => {
  const clientId = await harness.watched({ balance: '140', profile: { clientThreshold: null } });
  const signals = async (): Promise<unknown> =>
    (await harness.sql`select count(*)::int as n from outbox where client_id = ${clientId}`)[0]?.['n'];
  await harness.sql`delete from outbox`;
  await harness.post(clientId, 'charge', '30');
  expect(await signals()).toBe(0);
  await harness.post(clientId, 'charge', '30');
  expect(await signals()).toBe(1);
  const kinds = async (): Promise<string[]> =>
    ((await harness.handle(clientId).fetchHistory()).events ?? []).map(kindOf);
  const before = await kinds();
  await harness.sendSignal(clientId);
  const state = await harness.until(clientId, (explanation) => explanation.state === 'low');
  expect(state.rules[0]).toMatchObject({ lastReason: 'waiting_for_check' });
  const since = async (): Promise<string[]> => (await kinds()).slice(before.length);
  const passed = await harness.eventually(since, (all) => all.filter((kind) => kind === 'markerRecorded').length === 2);
  // Its next check is as far away as before: the timer keeps running.
  expect(withoutHeartbeats(passed)).toEqual([
    'workflowExecutionSignaled',
    'workflowTaskScheduled',
    'workflowTaskStarted',
    'workflowTaskCompleted',
    'markerRecorded',
    'upsertWorkflowSearchAttributes',
    'markerRecorded',
  ]);
});

describe('a monitor that is ended from outside', () => {
  test('is started anew and takes up counts, distances, pause and schedule', async () => {
    const clientId = await harness.watched({ balance: '40' });
    await harness.update(clientId, messages.silence, {
      rule: 'client',
      until: new Date((await harness.now()) + 3_600_000).toISOString(),
      reason: 'they know',
      actor: tester,
    });
    const before = await harness.update(clientId, messages.pause, { reason: 'talks', actor: tester });
    await harness.handle(clientId).terminate('somebody pressed the wrong button');
    await harness.sendSignal(clientId, 'balanceChanged');
    const after = await harness.until(clientId, ({ run }) => run.checks > 0);
    expect(after).toEqual({
      ...before,
      at: expect.any(Number) as unknown,
      // A paused monitor names no next time.
      rules: before.rules.map((rule) => ({ ...rule, nextPossibleAt: null })),
      // The evaluation after the signal.
      run: { checks: 1, runs: 0, deliveries: 0 },
    });
  });

  test('with a mail on its way: the next check sends it under its own number, and no mail is doubled', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await harness.createClient({ balance: '40', profile: { clientThreshold: null } });
    await harness.startMonitor(clientId);
    await harness.eventually(
      () => harness.mails(clientId),
      ([mail]) => mail === 'user 1 retrying',
    );
    await harness.handle(clientId).terminate('somebody pressed the wrong button');
    harness.mail.mode = 'accept';
    await harness.sendSignal(clientId, 'balanceChanged');
    const again = await harness.until(clientId, ({ lastCheckAt }) => lastCheckAt !== null);
    expect(again.rules[0]?.state).toMatchObject({ count: 0, episode: 1, periodFrom: null });
    await harness.update(clientId, messages.checkNow, { actor: tester });
    const sent = await harness.until(
      clientId,
      ({ run, rules }) => run.deliveries === 0 && rules[0]?.state?.count === 1,
    );
    expect(sent.rules[0]).toMatchObject({ lastReason: 'sent' });
    const [mail] = await harness.notifications(clientId);
    expect(mail).toMatchObject({ number: 1, episode: 1, status: 'accepted' });
    expect(harness.mail.taken.filter(({ messageId }) => messageId === mail?.messageId)).toHaveLength(1);
  });

  test('with trigger change, what crossed meanwhile is noticed when it is started anew', async () => {
    const clientId = await harness.watched({ balance: '140', profile: { trigger: 'change' } });
    await harness.handle(clientId).terminate('somebody pressed the wrong button');
    await harness.post(clientId, 'charge', '60');
    await harness.sendSignal(clientId, 'balanceChanged');
    await harness.eventually(
      () => harness.mails(clientId),
      ([mail]) => mail === 'user 1 accepted',
    );
  });

  test('is reset to an earlier point: no mail is sent twice, and no count is lost', async () => {
    const clientId = await harness.watched({ balance: '40' });
    await harness.update(clientId, messages.checkNow, { actor: tester });
    const { runId } = await harness.handle(clientId).describe();
    const { events } = await harness.handle(clientId).fetchHistory();
    const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
    await harness.env.client.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: harness.handle(clientId).workflowId, runId },
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
      reason: 'a test',
      requestId: `reset-${clientId}`,
    });
    const reset = await harness.until(
      clientId,
      ({ rules, run }) => run.deliveries === 0 && rules.length === 2 && rules.every(({ state }) => state?.count === 1),
    );
    expect(reset.rules.map(({ state }) => state)).toMatchObject([{ episode: 1 }, { episode: 1 }]);
    expect(await harness.mails(clientId)).toEqual(['client 1 accepted', 'user 1 accepted']);
    const ids = (await harness.notifications(clientId)).map(({ messageId }) => messageId);
    expect(harness.mail.taken.filter(({ messageId }) => ids.includes(messageId))).toHaveLength(2);
  });
});

test('workers away over the whole life of a credit: it is lent by the clock, and the client hears of its end only', async () => {
  const { clientId, from } = await leftAloneBeforeItsCredit();
  await harness.eventually(harness.now, (now) => now > from + 2000);
  await harness.startWorkers();
  await harness.until(clientId, ({ grant, run }) => grant === null && run.deliveries === 0);
  expect(await harness.mails(clientId)).toEqual(['user 1 accepted', 'credit_reverted 1 accepted']);
  const [row] = await harness.sql`
    select status, ended_at >= valid_until as "ended" from temporary_credits where client_id = ${clientId}`;
  expect(row).toEqual({ status: 'reverted', ended: true });
});

/** A client whose credit of two seconds is about to begin, with no worker there; the busier the machine the later. */
async function leftAloneBeforeItsCredit(): Promise<{ clientId: string; from: number }> {
  for (let leadMs = 2000; ; leadMs *= 2) {
    const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null } });
    const from = (await harness.now()) + leadMs;
    const granted = await harness.update(clientId, messages.grantCredit, {
      ...(await twoHours(`in ${leadMs} ms`)),
      from: new Date(from).toISOString(),
      validUntil: new Date(from + 2000).toISOString(),
    });
    await harness.stopWorkers();
    if (granted.status === 'scheduled' && (await harness.now()) < from) return { clientId, from };
    await harness.startWorkers();
  }
}

test('Temporal’s own pages tell what there is to know', async () => {
  const clientId = await harness.watched({ balance: '40' });
  const handle = harness.handle(clientId);
  expect(await handle.describe()).toMatchObject({
    searchAttributes: { LowwaterState: ['low'], LowwaterClient: [clientId], LowwaterReseller: ['1'] },
  });
  expect(await (await handle.describe()).staticSummary()).toBe(`Monitors the balance of client ${clientId}`);
  const { currentDetails } = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  expect(currentDetails).toMatch(/^\*\*low\*\* · last check \S+Z · next check \S+Z/);
  expect(currentDetails).toMatch(/\| user \| < 100\.00 \| 1 of 2 \| \S+Z \| sent \| \S+Z \|/);
  expect(currentDetails).not.toContain('@');
});

test('a request that a validator refuses leaves nothing in the history', async () => {
  const clientId = await harness.watched({ balance: '400' });
  const { historyLength } = await harness.eventually(
    () => harness.handle(clientId).describe(),
    ({ raw }) => !raw.pendingWorkflowTask,
  );
  const asked = harness.handle(clientId).executeUpdate('pause', { args: [{ actor: tester, reason: '' }] });
  expect(await refusal(asked)).toMatchObject({ type: 'invalid' });
  expect((await harness.handle(clientId).describe()).historyLength).toBe(historyLength);
});
