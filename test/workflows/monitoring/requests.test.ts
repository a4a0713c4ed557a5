import * as messages from '../../../src/contract/messages.js';
import type { Actor } from '../../../src/domain/monitoring/state.js';
import { createSilence } from '../../../src/services/silences/create-silence.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';
import { requesterAt } from '../../support/data/requester.js';
import { refusal } from '../../support/monitoring/update-refusal.js';

jest.setTimeout(60_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

const hours = (n: number): number => n * 3_600_000;

async function audit(clientId: string): Promise<Record<string, unknown>[]> {
  return harness.sql`
    select action, actor, source, reason, before, after, request_id as "requestId"
    from audit where client_id = ${clientId} order by id`;
}

describe('a check on demand', () => {
  test('answers what it found, obeys the spacing and does not move the schedule', async () => {
    const clientId = await harness.watched({ balance: '40' });
    const before = await harness.explain(clientId);
    await harness.pass('1 hour');
    const result = await harness.update(clientId, messages.checkNow, { actor: tester, reason: 'the client called' });
    expect(result).toMatchObject({
      state: 'low',
      available: '40.00',
      verdicts: [
        { rule: 'user', reason: 'period_not_elapsed' },
        { rule: 'client', reason: 'period_not_elapsed' },
      ],
    });
    const after = await harness.explain(clientId);
    expect(after.nextCheckAt).toBe(before.nextCheckAt);
    expect(after.lastCheckAt).toBe(result.at);
    expect(await audit(clientId)).toEqual([
      {
        action: 'monitor.check',
        actor: 'user:7',
        source: 'web',
        reason: 'the client called',
        before: {},
        after: {},
        requestId: 'req-1',
      },
    ]);
    const checks = await harness.sql`select kind from checks where client_id = ${clientId} order by id`;
    expect(checks.map(({ kind }) => kind)).toEqual(['scheduled', 'manual']);
  });

  test('sends where the rule is low and may send', async () => {
    const clientId = await harness.watched({ balance: '90' });
    await harness.pass('1 hour');
    await harness.post(clientId, 'charge', '60');
    const { verdicts } = await harness.update(clientId, messages.checkNow, { actor: tester });
    expect(verdicts).toEqual([
      { rule: 'user', reason: 'period_not_elapsed' },
      { rule: 'client', reason: 'sent', episode: 1, number: 1 },
    ]);
    await harness.quiet(clientId);
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted', 'client 1 accepted']);
  });
});

describe('pause and resume', () => {
  test('a paused monitor says so and sends nothing; a resumed one waits for its schedule', async () => {
    const clientId = await harness.watched({ balance: '500' });
    const paused = await harness.update(clientId, messages.pause, {
      actor: tester,
      reason: 'moving to another tariff',
    });
    expect(paused).toMatchObject({ state: 'paused', pausedBy: 'user:7' });
    await harness.post(clientId, 'charge', '470');
    await harness.pass('25 hours');
    expect(await harness.quiet(clientId)).toMatchObject({
      state: 'paused',
      rules: [{ lastReason: 'paused' }, { lastReason: 'paused' }],
    });

    const resumed = await harness.update(clientId, messages.resume, { actor: tester, reason: 'moved' });
    expect(resumed).toMatchObject({ state: 'low', pausedBy: null });
    expect(await harness.mails(clientId)).toEqual([]);
    await harness.pass('24 hours');
    await harness.quiet(clientId);
    expect(await harness.mails(clientId)).toEqual(['client 1 accepted', 'user 1 accepted']);
    expect(await audit(clientId)).toMatchObject([
      { action: 'monitor.pause', before: { pausedBy: null }, after: { pausedBy: 'user:7' } },
      { action: 'monitor.resume', reason: 'moved', before: { pausedBy: 'user:7' }, after: { pausedBy: null } },
    ]);
  });
});

test('an unknown field of a request changes nothing about it', async () => {
  const clientId = await harness.watched({ balance: '40' });
  const input = { actor: tester, reason: 'holidays', kind: 'maintenance', id: 'other' };
  expect(await harness.update(clientId, messages.pause, input)).toMatchObject({ state: 'paused' });
  expect(await audit(clientId)).toMatchObject([{ action: 'monitor.pause', reason: 'holidays' }]);
});

describe('silence', () => {
  test('one rule is silent until the instant given, the others go on', async () => {
    const clientId = await harness.watched({ balance: '500', profile: { periodHours: 2 } });
    const until = (await harness.now()) + hours(5);
    const silenced = await harness.update(clientId, messages.silence, {
      rule: 'client',
      until: new Date(until).toISOString(),
      reason: 'they know',
      actor: tester,
    });
    expect(silenced.silences).toEqual({ client: until });
    await harness.post(clientId, 'charge', '470');
    await harness.pass('2 hours');
    expect((await harness.quiet(clientId)).rules.map(({ lastReason }) => lastReason)).toEqual(['sent', 'silenced']);
    await harness.pass('3 hours');
    const over = await harness.until(clientId, ({ silences }) => Object.keys(silences).length === 0);
    expect(over.rules[1]).toMatchObject({ lastReason: 'waiting_for_check', reasonNow: 'sent' });
    await harness.pass('2 hours');
    await harness.quiet(clientId);
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted', 'user 2 accepted', 'client 1 accepted']);
  });

  test('all rules, and ended before its time', async () => {
    const clientId = await harness.watched({ balance: '40', profile: { periodHours: 2 } });
    const until = new Date((await harness.now()) + hours(50)).toISOString();
    const silenced = await harness.update(clientId, messages.silence, { until, reason: 'holidays', actor: tester });
    expect(silenced).toMatchObject({ state: 'silenced' });
    const ended = await harness.update(clientId, messages.silence, { until: null, reason: 'back', actor: tester });
    expect(ended).toMatchObject({ state: 'low', silences: {} });
    const [stored] = await harness.sql`select state, silences from monitors where client_id = ${clientId}`;
    expect(stored).toEqual({ state: 'low', silences: {} });
  });
});

test('a silence over many clients holds from its start to its end, which the monitor wakes for', async () => {
  const clientId = await harness.watched({ balance: '500', profile: { trigger: 'change' } });
  const at = await harness.now();
  const [client] = await harness.sql<{ resellerId: string }[]>`
    update clients set tags = '{vip}' where id = ${clientId} returning reseller_id as "resellerId"`;
  const [startsAt, endsAt] = [new Date(at + hours(1)), new Date(at + hours(3))];
  const matcher = { resellerId: client?.resellerId ?? '', tag: 'VIP', profileId: null };
  await createSilence(requesterAt(harness.sql, at), { ...matcher, comment: 'migration', startsAt, endsAt });
  await harness.sendSignal(clientId, 'configurationChanged');
  await harness.until(clientId, ({ nextWakeAt }) => nextWakeAt === startsAt.getTime());
  await harness.pass('2 hours');
  await harness.post(clientId, 'charge', '470');
  await harness.sendSignal(clientId);
  const silenced = await harness.until(clientId, ({ rules }) => rules.some((rule) => rule.lastReason === 'silenced'));
  expect(silenced).toMatchObject({ state: 'silenced', nextWakeAt: endsAt.getTime() });
  expect(await harness.mails(clientId)).toEqual([]);
  await harness.pass('2 hours');
  await harness.until(clientId, ({ state, run }) => state === 'low' && run.deliveries === 0);
  expect((await harness.mails(clientId)).sort()).toEqual(['client 1 accepted', 'user 1 accepted']);
});

describe('resetting a rule', () => {
  test('starts its count over: the next check may send, as a new episode', async () => {
    const clientId = await harness.watched({ balance: '40', profile: { maxNotifications: 1, periodHours: 4 } });
    await harness.pass('5 hours');
    expect(await harness.quiet(clientId)).toMatchObject({ state: 'exhausted' });
    const explanation = await harness.update(clientId, messages.resetRule, {
      rule: 'user',
      reason: 'owner lost the mail',
      actor: tester,
    });
    expect(explanation.rules[0]?.state).toMatchObject({ count: 0, episode: 2, periodFrom: null });
    expect(explanation.rules[1]?.state).toMatchObject({ count: 1, episode: 1 });
    await harness.pass('4 hours');
    await harness.quiet(clientId);
    const sent = await harness.notifications(clientId);
    expect(sent.map(({ rule, episode, number }) => `${rule} ${episode} ${number}`)).toEqual([
      'client 1 1',
      'user 1 1',
      'user 2 1',
    ]);
    expect(await audit(clientId)).toMatchObject([
      { action: 'rule.reset', before: { rule: 'user', count: 1 }, after: { rule: 'user', count: 0 } },
    ]);
  });

  test('of a rule that the client does not have is refused', async () => {
    const clientId = await harness.watched({ balance: '400' });
    const input = { rule: 'advanced:noc', reason: 'typo', actor: tester };
    expect(await refusal(harness.update(clientId, messages.resetRule, input))).toEqual({
      type: 'unknown_rule',
      message: 'the client has no rule "advanced:noc"; it has: user, client',
      pointer: '/rule',
    });
    expect(await audit(clientId)).toEqual([]);
  });
});

describe('what a validator refuses', () => {
  const nobody: Actor = { id: '', source: 'web' };
  const until = '2100-01-01T00:00:00Z';
  type Refused = readonly [string, { readonly name: string }, object, string];
  const cases: readonly Refused[] = [
    ['checkNow without an actor', messages.checkNow, {}, '/actor'],
    ['checkNow by nobody', messages.checkNow, { actor: nobody }, '/actor'],
    ['pause without a reason', messages.pause, { actor: tester }, '/reason'],
    ['pause for no reason', messages.pause, { actor: tester, reason: '  ' }, '/reason'],
    ['resume with a novel', messages.resume, { actor: tester, reason: 'x'.repeat(501) }, '/reason'],
    ['resetRule without a reason', messages.resetRule, { actor: tester, rule: 'user' }, '/reason'],
    ['silence until nonsense', messages.silence, { actor: tester, reason: 'r', until: 'soon' }, '/until'],
    [
      'silence until yesterday',
      messages.silence,
      { actor: tester, reason: 'r', until: '2020-01-01T00:00:00Z' },
      '/until',
    ],
    [
      'grant without a request id',
      messages.grantCredit,
      { actor: tester, reason: 'r', amount: '5', validUntil: until },
      '/requestId',
    ],
    [
      'grant without an end',
      messages.grantCredit,
      { actor: tester, reason: 'r', amount: '5', requestId: 'g' },
      '/validUntil',
    ],
    [
      'grant of nothing',
      messages.grantCredit,
      { actor: tester, reason: 'r', requestId: 'g', validUntil: until },
      '/amount',
    ],
    [
      'grant of an amount and a percentage',
      messages.grantCredit,
      { actor: tester, reason: 'r', requestId: 'g', validUntil: until, amount: '5', percent: '5' },
      '/amount',
    ],
    ['changeGrant without a reason', messages.changeGrant, { actor: tester, requestId: 'c', grantId: '1' }, '/reason'],
    [
      'cancelGrant by nobody',
      messages.cancelGrant,
      { actor: nobody, reason: 'r', requestId: 'c', grantId: '1' },
      '/actor',
    ],
    ['checkNow from nowhere', messages.checkNow, { actor: { id: 'user:7', source: 'telepathy' } }, '/actor'],
    ['checkNow with nothing at all', messages.checkNow, {}, '/actor'],
    ['pause for a number', messages.pause, { actor: tester, reason: 5 }, '/reason'],
    ['silence of a number', messages.silence, { actor: tester, reason: 'r', until, rule: 5 }, '/rule'],
    ['resetRule of no rule', messages.resetRule, { actor: tester, reason: 'r' }, '/rule'],
    [
      'cancelGrant of what is no id',
      messages.cancelGrant,
      { actor: tester, reason: 'r', requestId: 'c', grantId: 'x' },
      '/grantId',
    ],
  ];

  test('names the field, and leaves no trace in the history', async () => {
    const clientId = await harness.watched({ balance: '400' });
    for (const [name, definition, input, pointer] of cases) {
      const { type, pointer: at } = await refusal(
        harness.handle(clientId).executeUpdate(definition.name, { args: [input] }),
      );
      expect({ name, type, at }).toEqual({ name, type: 'invalid', at: pointer });
    }
    const { events } = await harness.handle(clientId).fetchHistory();
    expect(events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
    expect(await audit(clientId)).toEqual([]);
  });
});

test('an explanation says for each rule what was, what would be, and when it can send', async () => {
  const clientId = await harness.watched({ balance: '70', profile: { periodHours: 6, checkEveryMinutes: 60 } });
  await harness.pass('61 minutes');
  const explanation = await harness.quiet(clientId);
  const periodFrom = explanation.rules[0]?.state?.periodFrom ?? 0;
  expect(explanation).toMatchObject({
    clientId,
    state: 'low',
    intervalMs: hours(1),
    pausedBy: null,
    grant: null,
    lastCheckAt: periodFrom + hours(1),
    nextCheckAt: periodFrom + hours(2),
    rules: [
      {
        key: 'user',
        threshold: { kind: 'below', value: '100.00' },
        maxNotifications: 2,
        lastReason: 'period_not_elapsed',
        reasonNow: 'period_not_elapsed',
        nextPossibleAt: periodFrom + hours(6),
        state: { count: 1, episode: 1, lowSince: periodFrom },
      },
      {
        key: 'client',
        lastReason: 'above_threshold',
        reasonNow: 'above_threshold',
        state: { count: 0, lowSince: null },
      },
    ],
    run: { checks: 2, runs: 0, deliveries: 0 },
  });
});

test('requests to the monitor of a client that was deleted are refused, and nothing is left waiting', async () => {
  const clientId = await harness.watched({ balance: '400' });
  await harness.sql`update clients set status = 'deleted', version = version + 1 where id = ${clientId}`;
  const asked = harness.update(clientId, messages.checkNow, { actor: tester });
  expect(await refusal(asked)).toMatchObject({ type: 'client_deleted' });
  await harness.handle(clientId).result();
  const [stored] = await harness.sql`select next_check_at as "nextCheckAt" from monitors where client_id = ${clientId}`;
  expect(stored).toEqual({ nextCheckAt: null });
});
