import fc from 'fast-check';
import { nextDue, spreadMs, toSecond } from '../../src/domain/monitoring/schedule.js';
import { dayMs, hourMs, startMs } from './support/client.js';

test('a year of checks does not drift, whatever the lateness of each', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(hourMs, 6 * hourMs, dayMs),
      fc.infiniteStream(fc.integer({ min: 0, max: 59_000 })),
      (intervalMs, late) => {
        let dueAt = startMs;
        for (let count = 1; count <= (365 * dayMs) / intervalMs; count++) {
          dueAt = nextDue(dueAt, intervalMs, dueAt + (late.next().value ?? 0));
          expect(dueAt).toBe(startMs + count * intervalMs);
        }
      },
    ),
    { numRuns: 5 },
  );
});

test('checks that were missed are left out, the phase stays', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (seconds, lateSeconds) => {
        const [intervalMs, now] = [seconds * 1000, startMs + lateSeconds * 1000];
        const next = nextDue(startMs, intervalMs, now);
        expect(next).toBeGreaterThan(now);
        expect(next - intervalMs).toBeLessThanOrEqual(Math.max(now, startMs));
        expect((next - startMs) % intervalMs).toBe(0);
      },
    ),
  );
});

test('days have 24 hours, also where a calendar has 23', () => {
  const beforeSummerTime = Date.parse('2026-03-28T12:00:00Z');
  expect(new Date(nextDue(beforeSummerTime, dayMs, beforeSummerTime)).toISOString()).toBe('2026-03-29T12:00:00.000Z');
});

test('the spread is stable, whole seconds, and within its share and its maximum', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 60, max: 90_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (id, seconds, share) => {
        const delayMs = spreadMs(id, seconds * 1000, { share, maxMs: 300_000 });
        expect(delayMs).toBe(spreadMs(id, seconds * 1000, { share, maxMs: 300_000 }));
        expect(delayMs % 1000).toBe(0);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(Math.min(seconds * 1000 * share, 300_000));
      },
    ),
  );
});

test('the spread scatters: a thousand clients in five minutes leave no minute empty', () => {
  const minutes = new Set(
    Array.from({ length: 1000 }, (_, id) =>
      Math.floor(spreadMs(String(id), dayMs, { share: 0.05, maxMs: 300_000 }) / 60_000),
    ),
  );
  expect([...minutes].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('instants are whole seconds', () => {
  expect(toSecond(startMs + 999)).toBe(startMs);
});
