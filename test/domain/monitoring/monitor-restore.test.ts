import type { RuleState } from '../../../src/domain/monitoring/rule-state.js';
import { toCarriedState, type StoredMonitor } from '../../../src/domain/monitoring/state.js';
import { nextWake } from '../../../src/domain/monitoring/next-wake.js';
import { hourMs, minuteMs, rule, startMs } from '../support/client.js';
import { describeCommands, Monitor } from '../support/monitor.js';

const before = startMs - 10 * minuteMs;
const counted: RuleState = {
  count: 1,
  episode: 3,
  periodFrom: before - 24 * hourMs,
  hourFrom: before - 24 * hourMs,
  lastNotifiedAt: before - 24 * hourMs,
  lowSince: before - 24 * hourMs,
  refillSeq: 0,
};

function restore(changes: Partial<StoredMonitor>): Monitor {
  return new Monitor(
    [rule({ trigger: 'change' })],
    { episodes: { client: 3 } },
    {
      nextCheckAt: startMs + 20 * minuteMs,
      lastCheckAt: before,
      rules: { client: counted },
      counted: [],
      pausedBy: null,
      silences: {},
      capacity: null,
      ...changes,
    },
  );
}

test('counters, schedule, silences, and pause come back', () => {
  const monitor = restore({ pausedBy: 'user:1', silences: { client: startMs + hourMs } });
  expect(monitor.state).toMatchObject({
    rules: { client: counted },
    pausedBy: 'user:1',
    silences: { client: startMs + hourMs },
    lastCheckAt: before,
  });
  expect(nextWake({ ...monitor.state, evaluationDue: null, silences: {} }).at).toBe(startMs + 20 * minuteMs);
});

test('all rules are evaluated at once: something may have been missed', () => {
  const monitor = restore({});
  expect(nextWake(monitor.state)).toMatchObject({ reason: 'evaluation' });
  expect(describeCommands(monitor.change(0, '40.00'))).toContain('notify client 3/2');
});

test('a notification that is later than the read model counts', () => {
  const monitor = restore({ counted: [{ rule: 'client', episode: 3, number: 2, decidedAt: before }] });
  expect(monitor.state.rules['client']).toMatchObject({ count: 2, episode: 3, periodFrom: before, hourFrom: before });
  monitor.change(0, '40.00');
  expect(monitor.reasons).toEqual(['period_not_elapsed']);
});

test('one of an earlier episode does not', () => {
  const monitor = restore({ counted: [{ rule: 'client', episode: 2, number: 3, decidedAt: before }] });
  expect(monitor.state.rules['client']).toEqual(counted);
});

test('one that was pending counts where it reached a server, else it is decided again under its number', () => {
  const pending = {
    ...counted,
    count: 2,
    periodFrom: before,
    hourFrom: before,
    pending: {
      episode: 3,
      number: 2,
      decidedAt: before,
      before: { periodFrom: null, hourFrom: null, lastNotifiedAt: null },
    },
  };
  const reached = restore({
    rules: { client: pending },
    counted: [{ rule: 'client', episode: 3, number: 2, decidedAt: before }],
  });
  reached.change(0, '40.00');
  expect(reached.reasons).toEqual(['period_not_elapsed']);
  expect(describeCommands(restore({ rules: { client: pending } }).change(0, '40.00'))).toContain('notify client 3/2');
});

test('a notification counts also where the state was never published', () => {
  const monitor = restore({ rules: {}, counted: [{ rule: 'client', episode: 3, number: 1, decidedAt: before }] });
  monitor.change(0, '40.00');
  expect(monitor.reasons).toEqual(['period_not_elapsed']);
  expect(monitor.state.rules['client']).toMatchObject({ count: 1, episode: 3 });
});

test('a rule that was added since starts after its last episode', () => {
  const others = { 'advanced:old': counted };
  const monitor = restore({ rules: others, counted: [{ rule: 'client', episode: 3, number: 1, decidedAt: before }] });
  expect(describeCommands(monitor.change(0, '40.00'))).toContain('notify client 4/1');
});

test('a run hands everything to the next, which goes on without reading', () => {
  const monitor = new Monitor([rule()]);
  monitor.check(0, '40.00');
  const handedOver = structuredClone(toCarriedState(monitor.state));
  expect(handedOver).toEqual({ ...monitor.state, runs: 1 });
  expect(nextWake(handedOver)).toEqual(nextWake(monitor.state));
});
