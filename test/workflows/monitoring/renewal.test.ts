import { monitorQueue } from '../../../src/contract/ids.js';
import * as messages from '../../../src/contract/messages.js';
import type { MonitorInput } from '../../../src/contract/monitor.js';
import { initialState, type MonitorState } from '../../../src/domain/monitoring/state.js';
import {
  startMonitorHarness,
  tester,
  type History,
  type MonitorHarness,
} from '../../support/monitoring/monitor-harness.js';

jest.setTimeout(60_000);

let harness: MonitorHarness | undefined;
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

async function renewingAfter(monitor: {
  continueAfterChecks?: number;
  continueAfterEvents?: number;
}): Promise<MonitorHarness> {
  await harness?.stop();
  harness = undefined;
  harness = await startMonitorHarness({ monitor: { continueAfterChecks: 1e6, continueAfterEvents: 1e6, ...monitor } });
  return harness;
}

/** What a run passed to the next one, from its history. */
function handedOver(history: History): { input: MonitorInput; bytes: number } {
  const event = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes;
  const data = Buffer.from(event?.input?.payloads?.[0]?.data ?? []);
  return { input: JSON.parse(data.toString()) as MonitorInput, bytes: data.length };
}

describe('after so many checks', () => {
  let after: MonitorHarness;
  beforeAll(async () => {
    after = await renewingAfter({ continueAfterChecks: 3 });
  }, 60_000);

  test('a run hands over to the next, and no count, distance or schedule is lost on the way', async () => {
    const clientId = await after.watched({ balance: '40', profile: { periodHours: 10, checkEveryMinutes: 60 } });
    const begun = (await after.explain(clientId)).lastCheckAt ?? 0;
    await after.pass('26 hours');
    const explanation = await after.quiet(clientId);
    expect(explanation.run).toMatchObject({ runs: 9, checks: 0 });
    expect(explanation).toMatchObject({
      state: 'exhausted',
      lastCheckAt: begun + 26 * 3_600_000,
      nextCheckAt: begun + 27 * 3_600_000,
      rules: [
        { lastReason: 'max_reached', state: { count: 2, periodFrom: begun + 10 * 3_600_000, lowSince: begun } },
        { lastReason: 'max_reached', state: { count: 2, periodFrom: begun + 10 * 3_600_000, lowSince: begun } },
      ],
    });
    expect(await after.mails(clientId)).toEqual([
      'client 1 accepted',
      'user 1 accepted',
      'client 2 accepted',
      'user 2 accepted',
    ]);
    const [stored] = await after.sql`select state from monitors where client_id = ${clientId}`;
    expect(stored).toEqual({ state: 'exhausted' });
    const { searchAttributes } = await after.handle(clientId).describe();
    expect(searchAttributes).toMatchObject({ LowwaterState: ['exhausted'], LowwaterClient: [clientId] });
  });

  test('with ten rules what is handed over, configuration included, stays under 6 KB, and holds no address', async () => {
    const advanced = Object.fromEntries(
      ['noc', 'sales', 'finance', 'partner', 'night', 'owner'].map((key) => [key, '90']),
    );
    const clientId = await after.watched({
      balance: '40',
      warningThresholds: ['75.00', '60.50'],
      profile: { maxNotifications: null, periodHours: 1, advanced },
    });
    await after.update(clientId, messages.silence, {
      rule: 'advanced:noc',
      until: new Date((await after.now()) + 90 * 86_400_000).toISOString(),
      reason: 'maintenance',
      actor: tester,
    });
    for (let episode = 1; episode < 12; episode++)
      await after.update(clientId, messages.resetRule, {
        rule: 'user',
        reason: 'again',
        actor: tester,
      });
    await after.pass('4 hours');
    await after.quiet(clientId);
    const runs = await after.runs(clientId);
    const { input, bytes } = handedOver(runs.at(-2) ?? {});
    expect(Object.keys(input.state?.rules ?? {})).toHaveLength(10);
    expect(input.state?.verdicts).toHaveLength(10);
    expect(bytes).toBeLessThan(6144);
    expect(JSON.stringify(input)).not.toContain('@');
  });
});

describe('a run does not end', () => {
  let after: MonitorHarness;
  beforeAll(async () => {
    after = await renewingAfter({ continueAfterChecks: 1, continueAfterEvents: 20 });
  }, 60_000);

  test('while a mail is on its way: it ends as soon as that has ended', async () => {
    after.mail.mode = 'refuse';
    const clientId = await after.createClient({ balance: '40', profile: { clientThreshold: null } });
    await after.startMonitor(clientId);
    await after.until(clientId, ({ run }) => run.deliveries === 1);
    await after.sendSignal(clientId, 'balanceChanged');
    await after.pass('20 minutes');
    // The first check, and the evaluation after the signal.
    expect((await after.explain(clientId)).run).toMatchObject({ deliveries: 1, checks: 2 });
    const { runId } = await after.handle(clientId).describe();
    after.mail.mode = 'accept';
    await after.pass('2 minutes');
    const renewed = await after.until(clientId, ({ run }) => run.deliveries === 0 && run.checks === 0);
    expect(renewed.rules[0]?.state).toMatchObject({ count: 1 });
    expect((await after.handle(clientId).describe()).runId).not.toBe(runId);
    expect(await after.mails(clientId)).toEqual(['user 1 accepted']);
  });
});

test('a request that comes in the middle of a check is answered after it', async () => {
  const during = await renewingAfter({});
  const clientId = await during.watched({ balance: '40', profile: { periodHours: 1, maxNotifications: 5 } });
  const gate = during.gates.arm('recordCheckAndObserve', 'before', clientId);
  const passing = during.pass('1 hour');
  await gate.reached;
  const asked = during.update(clientId, messages.checkNow, { actor: tester });
  gate.open();
  const { verdicts } = await asked;
  await passing;
  expect(verdicts.map(({ reason }) => reason)).toEqual(['period_not_elapsed', 'period_not_elapsed']);
  await during.quiet(clientId);
  expect(await during.mails(clientId)).toEqual([
    'client 1 accepted',
    'user 1 accepted',
    'client 2 accepted',
    'user 2 accepted',
  ]);
});

test('a state of another version is not taken up: its monitor goes on from the read model', async () => {
  const current = await renewingAfter({});
  const clientId = await current.watched({ balance: '40', profile: { periodHours: 10, checkEveryMinutes: 60 } });
  const before = await current.quiet(clientId);
  const handle = current.handle(clientId);
  const { searchAttributes } = await handle.describe();
  await handle.terminate('its worker was updated');
  const other = { ...initialState(clientId, 0), version: 0 } as unknown as MonitorState;
  await current.env.client.workflow.start<(input: MonitorInput) => Promise<void>>('monitor', {
    workflowId: `monitor/${clientId}`,
    taskQueue: monitorQueue,
    args: [{ clientId, state: other }],
    searchAttributes,
  });
  const after = await current.until(clientId, ({ starting }) => !starting);
  expect(after).toMatchObject({ lastCheckAt: before.lastCheckAt, nextCheckAt: before.nextCheckAt });
  expect(after.rules.map(({ state }) => state)).toEqual(before.rules.map(({ state }) => state));
});
