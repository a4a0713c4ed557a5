import {
  mergeWindows,
  nextBoundaryAfter,
  windowEndAt,
  type SilenceWindow,
} from '../../../src/domain/silences/silence-window.js';
import { nextWake } from '../../../src/domain/monitoring/next-wake.js';
import { explainState } from '../../../src/domain/monitoring/explain.js';
import { hourMs, minuteMs, rule, startMs } from '../support/client.js';
import { configOf, describeCommands, Monitor } from '../support/monitor.js';

const window = (from: number, until: number): SilenceWindow => ({ from, until });

test.each([
  ['overlapping ones', [window(0, 10), window(5, 20)], [window(0, 20)]],
  ['ones that touch', [window(10, 20), window(0, 10)], [window(0, 20)]],
  ['one within another', [window(0, 30), window(5, 10)], [window(0, 30)]],
  ['ones apart', [window(20, 30), window(0, 10)], [window(0, 10), window(20, 30)]],
  ['empty ones', [window(5, 5)], []],
])('windows are merged: %s', (_name, windows, merged) => {
  expect(mergeWindows(windows)).toEqual(merged);
});

test('a window holds from its start to before its end', () => {
  const windows = [window(0, 10), window(20, 30)];
  expect([0, 9, 10, 19, 20, 30].map((at) => windowEndAt(windows, at))).toEqual([10, 10, null, null, 30, null]);
  expect([-1, 0, 10, 25, 30].map((at) => nextBoundaryAfter(windows, at))).toEqual([0, 10, 20, 30, null]);
});

describe('a monitor under a silence over many clients', () => {
  const change = rule({ trigger: 'change' });
  const at = (minutes: number): number => startMs + minutes * minuteMs;
  /** Checked at the start with 60.00; then silenced from minute 10 to 30. */
  function silenced(): Monitor {
    const monitor = new Monitor([change]);
    monitor.check(0, '60.00');
    monitor.take(0, { type: 'published' });
    monitor.change(1, '60.00', {}, configOf([change], { silenceWindows: [window(at(10), at(30))] }));
    return monitor;
  }

  test('wakes at its start and at its end', () => {
    const monitor = silenced();
    expect(nextWake(monitor.state)).toEqual({ at: at(10), reason: 'silence_window' });
    monitor.change(10, '60.00');
    expect(nextWake(monitor.state)).toEqual({ at: at(30), reason: 'silence_window' });
    monitor.change(30, '60.00');
    expect(nextWake(monitor.state)).toEqual({ at: startMs + hourMs, reason: 'check' });
  });

  test('notifies before it, is silenced within it, and notifies at its end', () => {
    const monitor = silenced();
    expect(describeCommands(monitor.change(12, '40.00'))).toEqual(['publish']);
    expect([monitor.reasons, monitor.state.clientState]).toEqual([['silenced'], 'silenced']);
    const [explained] = explainState(monitor.state, { checks: 1, deliveries: 0 }, at(12)).rules;
    expect(explained).toMatchObject({ reasonNow: 'silenced', nextPossibleAt: at(30) });
    expect(describeCommands(monitor.change(30, '40.00'))).toContain('notify client 1/1');
  });

  test('that is ended notifies at once', () => {
    const monitor = silenced();
    monitor.change(12, '40.00');
    expect(describeCommands(monitor.change(15, '40.00', {}, configOf([change])))).toContain('notify client 1/1');
  });

  test('and of its own is silenced until the later end', () => {
    const monitor = silenced();
    const request = { id: '1', actor: { id: 'user:1', source: 'web' as const }, kind: 'silence' as const, reason: 'r' };
    monitor.take(12, { type: 'requested', request: { ...request, until: at(20) } });
    monitor.change(12, '40.00');
    const [explained] = explainState(monitor.state, { checks: 1, deliveries: 0 }, at(12)).rules;
    expect(explained).toMatchObject({ nextPossibleAt: at(30) });
    monitor.change(20, '40.00');
    expect(monitor.reasons).toEqual(['silenced']);
  });
});
