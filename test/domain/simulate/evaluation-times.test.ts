import type { ObserveInput, ObserveResult, PublishInput, RecordCheckInput } from '../../../src/contract/monitor.js';
import { EvaluationTimes } from '../../../local-stack/src/simulate/evaluation-times.js';

const minute = 60_000;

/** A monitor that reads and publishes under the eye of `EvaluationTimes`. */
function createMonitor() {
  const timeouts: (() => void)[] = [];
  const times = new EvaluationTimes((callBack) => timeouts.push(callBack));
  const answer: ObserveResult = { refills: 0, chargedAt: 0 };
  const observe = times.aroundRead<ObserveInput>(() => Promise.resolve(answer));
  const check = times.aroundRead<RecordCheckInput>(() => Promise.resolve(answer));
  const write = times.aroundPublish(() => Promise.resolve());
  return {
    times,
    timeOut: () => timeouts.at(-1)?.(),
    evaluate: (at: number) => observe({ clientId: '1', at, known: 'v1', task: 2 }),
    begin: (at: number) => observe({ clientId: '1', at, known: '', task: 1, restore: true }),
    load: (at: number) => observe({ clientId: '1', at, known: '', task: 1 }),
    check: (at: number, dueAt: number) =>
      check({ clientId: '1', at, known: 'v1', task: 2, check: { dueAt, nextAt: dueAt + minute } }),
    plan: (nextWakeAt: number | null, available: string | null = '5.00') =>
      write({ nextWakeAt, available, rules: {} } as PublishInput),
    // Of a rule's state, only whether a notification is pending matters.
    deliver: (at: number, rules: Record<string, { pending?: object }>) =>
      write({ at, nextWakeAt: null, available: '5.00', rules } as unknown as PublishInput),
  };
}

test('an evaluation at the instant that is played, or at the planned one, is in time', async () => {
  const { times, evaluate, plan } = createMonitor();
  times.play(minute);
  await evaluate(minute);
  await plan(2 * minute);
  await evaluate(2 * minute);
  expect(times.late).toBeNull();
  expect(times.latestMs).toBe(2 * minute);
});

test('an evaluation a second after the instant that is played is late', async () => {
  const { times, evaluate } = createMonitor();
  times.play(minute);
  await evaluate(minute + 1000);
  expect(times.late).toEqual({ readMs: minute + 1000, dueMs: minute });
});

test('an evaluation a second after the planned instant is late', async () => {
  const { times, evaluate, plan } = createMonitor();
  times.play(minute);
  await plan(2 * minute);
  await evaluate(2 * minute + 1000);
  expect(times.late).toEqual({ readMs: 2 * minute + 1000, dueMs: 2 * minute });
});

test('a scheduled check keeps the instant of its schedule, so it is never late', async () => {
  const { times, check } = createMonitor();
  times.play(minute);
  await check(2 * minute + 1000, 2 * minute);
  expect(times.late).toBeNull();
});

test('a new run reads and evaluates once more at any time', async () => {
  const { times, load, evaluate } = createMonitor();
  times.play(minute);
  await load(minute + 1000);
  await evaluate(minute + 1000);
  expect(times.late).toBeNull();
  await evaluate(minute + 2000);
  expect(times.late).not.toBeNull();
});

test('an unknown balance may be read later than planned, but not before, unless something happens', async () => {
  const { times, evaluate, plan } = createMonitor();
  times.play(minute);
  await plan(2 * minute, null);
  await evaluate(2 * minute + 1000);
  expect(times.late).toBeNull();
  await evaluate(2 * minute - 1000);
  expect(times.late).not.toBeNull();
});

test('an evaluation may follow the end of a delivery at once or a second later, and no later', async () => {
  const { times, evaluate, deliver } = createMonitor();
  times.play(minute);
  await deliver(minute, { client: { pending: {} }, user: { pending: {} } });
  await deliver(2 * minute, { client: {}, user: { pending: {} } });
  await evaluate(2 * minute);
  await evaluate(2 * minute + 1000);
  expect(times.late).toBeNull();
  await evaluate(2 * minute + 3000);
  expect(times.late).toEqual({ readMs: 2 * minute + 3000, dueMs: minute });
});

test('a first read that failed and is repeated later is late', async () => {
  const { times, begin } = createMonitor();
  times.play(minute);
  await begin(minute);
  await begin(minute);
  expect(times.late).toBeNull();
  await begin(minute + 10_000);
  expect(times.late).toEqual({ readMs: minute + 10_000, dueMs: minute });
});

test('a read that timed out is noted until the next story', async () => {
  const { times, evaluate, timeOut } = createMonitor();
  times.play(minute);
  await evaluate(minute);
  expect(times.hasTimedOut).toBe(false);
  timeOut();
  expect(times.hasTimedOut).toBe(true);
  times.reset();
  expect(times.hasTimedOut).toBe(false);
});
