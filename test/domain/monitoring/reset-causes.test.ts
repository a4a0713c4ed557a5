import { explainState } from '../../../src/domain/monitoring/explain.js';
import type { CounterReset } from '../../../src/domain/monitoring/rule-state.js';
import { hourMs, rule, startMs } from '../support/client.js';
import { configOf, Monitor } from '../support/monitor.js';

/** Notified once at the start, with 10.00 left of a threshold of 50.00. */
function notified(): Monitor {
  const monitor = new Monitor([rule({ trigger: 'change' })]);
  monitor.check(0, '10.00');
  monitor.take(0, { type: 'published' });
  return monitor;
}

const resetsOf = (monitor: Monitor): (readonly CounterReset[] | undefined)[] =>
  monitor.state.records.map(({ check }) => check?.resets);

const reset = (cause: CounterReset['cause'], more: Partial<CounterReset> = {}): CounterReset => ({
  rule: 'client',
  count: 1,
  cause,
  ...more,
});

test.each<[string, Parameters<Monitor['change']>, CounterReset]>([
  ['a payment', [5, '60.00', { refills: 1 }], reset('payment', { refill: 1 })],
  ['a payment that leaves it low', [5, '20.00', { refills: 3 }], reset('payment', { refill: 3 })],
  ['a correction', [5, '60.00'], reset('balance')],
  ['a credit limit', [5, '10.00', { credit: '50.00' }], reset('credit')],
  ['a temporary credit', [5, '10.00', { temporary: '50.00' }], reset('credit')],
  ['an exchange rate', [5, '10.00', { rate: '6' }], reset('rate')],
  [
    'a lower threshold',
    [
      5,
      '10.00',
      {},
      configOf([rule({ trigger: 'change', threshold: { kind: 'below', value: '5.00' } })], { version: '2' }),
    ],
    reset('edit'),
  ],
])('%s resets the counter, and the record says so', (_, change, expected) => {
  const monitor = notified();
  monitor.change(...change);
  expect(resetsOf(monitor)).toEqual([[expected]]);
});

test('a counter that was 0 already is not reset again', () => {
  const monitor = notified();
  monitor.change(5, '60.00', { refills: 1 });
  monitor.take(5, { type: 'published' });
  monitor.change(6, '70.00', { refills: 2 });
  expect(resetsOf(monitor)).toEqual([]);
});

describe('when a rule can notify next', () => {
  const next = (monitor: Monitor, minutes = 1): number | null | undefined =>
    explainState(monitor.state, { checks: 0, deliveries: 0 }, startMs + minutes * 60_000).rules[0]?.nextPossibleAt;

  test('is the end of the period with trigger change, and the check after it with trigger period', () => {
    expect(next(notified())).toBe(startMs + 24 * hourMs);
    const atChecks = new Monitor([rule({ periodMs: 90 * 60_000 })]);
    atChecks.check(0, '10.00');
    expect(next(atChecks)).toBe(startMs + 2 * hourMs);
  });

  test('is never in the past', () => {
    const monitor = new Monitor([rule({ trigger: 'change' })]);
    monitor.check(0, '60.00');
    expect(next(monitor, 7)).toBe(startMs + 7 * 60_000);
  });

  test('is not known while the balance or the rate is unknown, or the client is stopped', () => {
    const changes: Parameters<Monitor['change']>[] = [
      [5, null],
      [5, '10.00', { rate: null }],
      [5, '10.00', { status: 'stop' }],
    ];
    for (const change of changes) {
      const monitor = notified();
      monitor.change(...change);
      expect(next(monitor, 6)).toBeNull();
    }
  });
});
