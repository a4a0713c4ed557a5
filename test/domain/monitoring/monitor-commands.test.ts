import { nextWake } from '../../../src/domain/monitoring/next-wake.js';
import { client, hourMs, minuteMs, rule, startMs, warning } from '../support/client.js';
import { configOf, describeCommands, Monitor } from '../support/monitor.js';

const change = rule({ trigger: 'change' });
const first = { rule: 'client', episode: 1, number: 1 };

/** Checked at the start with 60.00, and published. */
function quiet(...rules: Parameters<typeof configOf>[0]): Monitor {
  const monitor = new Monitor(rules);
  monitor.check(0, '60.00');
  monitor.take(0, { type: 'published' });
  return monitor;
}

test('a check in which nothing changes has no command, and keeps the rules as they are', () => {
  const monitor = quiet(rule(), warning('25.00'));
  monitor.check(60, '60.00');
  monitor.take(60, { type: 'published' });
  const { rules } = monitor.state;
  expect(monitor.check(120, '60.00')).toEqual([]);
  expect(monitor.state.rules).toBe(rules);
  expect(monitor.state).toMatchObject({ isUnpublished: false, records: [], evaluatedAt: startMs + 2 * hourMs });
});

test('a charge that changes no reason and no bound has no command', () => {
  const monitor = quiet(change);
  expect(monitor.change(5, '55.00', { chargedAt: startMs + 5 * minuteMs })).toEqual([]);
});

test('a change that no rule acts on is one publish: the state follows every evaluation', () => {
  const monitor = quiet(rule());
  expect(describeCommands(monitor.change(5, '40.00'))).toEqual(['publish']);
  expect(monitor.reasons).toEqual(['waiting_for_check']);
  expect(monitor.state.clientState).toBe('low');
});

test('deliveries are called off before others start, and the state is published last', () => {
  const monitor = quiet(change, rule({ key: 'user', trigger: 'change', threshold: { kind: 'below', value: '20.00' } }));
  monitor.change(5, '40.00');
  const edited = configOf([rule({ key: 'user', trigger: 'change' })]);
  expect(describeCommands(monitor.change(6, '40.00', { rate: '1' }, edited))).toEqual([
    'cancelDelivery client 1/1',
    'notify user 1/1',
    'publish',
  ]);
});

test('a notification names its number, its maximum, the amounts, and the check that ends its window', () => {
  const monitor = quiet(change);
  expect(monitor.change(5, '-5.00', { credit: '40.00', temporary: '7.00' })).toContainEqual({
    type: 'notify',
    ...first,
    max: 3,
    decidedAt: startMs + 5 * minuteMs,
    nextCheckAt: startMs + hourMs,
    available: '42.00',
    live: '-5.00',
  });
});

test('a rule that is removed is called off, and one that comes back is a new rule', () => {
  const monitor = quiet(change);
  monitor.change(5, '40.00');
  expect(describeCommands(monitor.change(6, '40.00', {}, configOf([])))).toEqual([
    'cancelDelivery client 1/1',
    'publish',
  ]);
  expect(monitor.take(6, { type: 'deliveryEnded', ...first, outcome: 'accepted' })).toEqual([]);
  const again = monitor.change(7, '40.00', {}, configOf([change], { episodes: { client: 1 } }));
  expect(describeCommands(again)).toContain('notify client 2/1');
});

test('a rule that is turned off and on again keeps its counter', () => {
  const monitor = quiet(change);
  monitor.change(5, '40.00');
  monitor.take(5, { type: 'deliveryEnded', ...first, outcome: 'accepted' });
  monitor.change(6, '40.00', {}, configOf([{ ...change, threshold: null }]));
  monitor.change(7, '40.00', {}, configOf([change]));
  expect(monitor.state.rules['client']).toMatchObject({ count: 1, episode: 1 });
  expect(monitor.reasons).toEqual(['period_not_elapsed']);
});

test('a missing rate raises one event until a rate was seen, also across a pause and an unknown balance', () => {
  const monitor = quiet(rule());
  const raised = (commands: readonly { type: string }[]): number =>
    commands.filter(({ type }) => type === 'raiseEvent').length;
  expect(raised(monitor.change(1, '60.00', { rate: null }))).toBe(1);
  expect(raised(monitor.change(2, null, { rate: null }))).toBe(0);
  expect(raised(monitor.change(3, '60.00', { rate: null, status: 'stop' }))).toBe(0);
  expect(raised(monitor.change(4, '60.00', { rate: null }))).toBe(0);
  monitor.change(5, '60.00', { rate: '1.1' });
  expect(raised(monitor.change(6, '60.00', { rate: null }))).toBe(1);
});

describe('how a delivery ends', () => {
  test.each([
    ['accepted', 'sent', 1],
    ['uncertain', 'send_uncertain', 1],
    ['failed', 'send_failed', 0],
  ] as const)('%s: the reason is %s, and %i counts', (outcome, reason, count) => {
    const monitor = quiet(change);
    monitor.change(5, '40.00');
    monitor.take(5, { type: 'published' });
    expect(describeCommands(monitor.take(6, { type: 'deliveryEnded', ...first, outcome }))).toEqual(['publish']);
    expect(monitor.reasons).toEqual([reason]);
    expect(monitor.state.rules['client']?.count).toBe(count);
  });

  test('the end of another notification changes nothing', () => {
    const monitor = quiet(change);
    monitor.change(5, '40.00');
    const { state } = monitor;
    expect(monitor.take(6, { type: 'deliveryEnded', ...first, episode: 7, outcome: 'failed' })).toEqual([]);
    expect(monitor.state).toBe(state);
  });

  test('a failure after an evaluation that counted it still ends the wait in time', () => {
    const monitor = quiet(warning('25.00'));
    monitor.change(5, '20.00');
    monitor.change(10, '19.00');
    expect(monitor.reasons).toEqual(['max_reached']);
    monitor.take(35, { type: 'deliveryEnded', rule: 'warning:25.00', episode: 1, number: 1, outcome: 'failed' });
    expect(nextWake(monitor.state)).toMatchObject({ reason: 'evaluation' });
    monitor.change(35, '19.00');
    expect(monitor.reasons).toEqual(['waiting_for_check']);
    expect(nextWake({ ...monitor.state, schedule: { ...monitor.state.schedule, intervalMs: 24 * hourMs } })).toEqual({
      at: startMs + 65 * minuteMs,
      reason: 'rule',
    });
  });

  test('a failure long after its decision does not leave the rule asleep', () => {
    const monitor = quiet(warning('25.00'));
    monitor.change(5, '20.00');
    monitor.change(100, '19.00');
    monitor.take(120, { type: 'deliveryEnded', rule: 'warning:25.00', episode: 1, number: 1, outcome: 'failed' });
    expect(nextWake(monitor.state).at).toBeLessThanOrEqual(startMs + 120 * minuteMs);
    expect(describeCommands(monitor.change(120, '19.00'))).toContain('notify warning:25.00 1/1');
  });

  test('one that was called off is followed by an evaluation of the kind that called it off', () => {
    const monitor = quiet(rule({ resetOn: 'refill' }));
    monitor.check(60, '40.00');
    monitor.check(120, '30.00', { refills: 1 });
    expect(monitor.reasons).toEqual(['period_not_elapsed']);
    monitor.take(120, { type: 'deliveryEnded', ...first, outcome: 'failed' });
    expect(monitor.state.evaluationDue).toBe('check');
    expect(describeCommands(monitor.change(120, '30.00', { refills: 1 }))).toContain('notify client 2/1');
  });
});

test('the wake of a silence, of an unknown balance, and of a failed read', () => {
  const monitor = quiet(change);
  const wakeMinutes = (): number => (nextWake(monitor.state).at - startMs) / minuteMs;
  for (const [at, delay] of [
    [1, 1],
    [2, 2],
    [4, 5],
    [9, 15],
    [24, 15],
  ] as const) {
    monitor.change(at, null);
    expect([wakeMinutes(), nextWake(monitor.state).reason]).toEqual([at + delay, 'balance_unknown']);
  }
  monitor.take(39, { type: 'readFailed' });
  expect(wakeMinutes()).toBeCloseTo(39 + 1 / 6);
  monitor.change(40, '60.00');
  expect(nextWake(monitor.state)).toEqual({ at: startMs + hourMs, reason: 'check' });
  expect(client('60').silences).toEqual({});
});
