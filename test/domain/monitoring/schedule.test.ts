import fc from 'fast-check';
import {
  advanceSchedule,
  dueCheck,
  nextCheckAt,
  spreadMsOf,
  toSecond,
  withInterval,
  type Schedule,
} from '../../../src/domain/monitoring/schedule.js';
import { dayMs, hourMs, minuteMs, startMs } from '../support/client.js';

/** Checked at the start, then every hour. */
function hourly(changes: Partial<Schedule> = {}): Schedule {
  return { lastSlotAt: startMs, isFirst: false, intervalMs: hourMs, spreadMs: 0, ...changes };
}

test('a year of checks does not drift, whatever the lateness of each', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(hourMs, 6 * hourMs, dayMs),
      fc.constantFrom(0, 17_000, 300_000),
      fc.infiniteStream(fc.integer({ min: 0, max: 59_000 })),
      (intervalMs, spreadMs, late) => {
        let schedule = hourly({ isFirst: true, intervalMs, spreadMs });
        for (let count = 0; count <= (365 * dayMs) / intervalMs; count++) {
          const dueAt = nextCheckAt(schedule);
          expect(dueAt).toBe(startMs + count * intervalMs + (count === 0 ? 0 : spreadMs));
          const now = dueAt + (late.next().value ?? 0);
          expect(dueCheck(schedule, now)).toEqual({ dueAt, nextAt: startMs + (count + 1) * intervalMs + spreadMs });
          schedule = advanceSchedule(schedule, now);
        }
      },
    ),
    { numRuns: 5 },
  );
});

test('checks that were missed are left out, the phase stays', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 1e7 }), (seconds, lateSeconds) => {
      const schedule = hourly({ intervalMs: seconds * 1000 });
      const now = nextCheckAt(schedule) + lateSeconds * 1000;
      const { dueAt, nextAt } = dueCheck(schedule, now);
      expect(dueAt).toBeLessThanOrEqual(now);
      expect(nextAt).toBeGreaterThan(now);
      expect(nextAt - dueAt).toBe(schedule.intervalMs);
      expect((dueAt - startMs) % schedule.intervalMs).toBe(0);
      expect(nextCheckAt(advanceSchedule(schedule, now))).toBe(nextAt);
    }),
  );
});

test('the first check is due at once and has no spread', () => {
  expect(nextCheckAt(hourly({ isFirst: true, spreadMs: 60_000 }))).toBe(startMs);
});

test('days have 24 hours, also where a calendar has 23', () => {
  const beforeSummerTime = Date.parse('2026-03-28T12:00:00Z');
  const next = nextCheckAt(hourly({ lastSlotAt: beforeSummerTime, intervalMs: dayMs }));
  expect(new Date(next).toISOString()).toBe('2026-03-29T12:00:00.000Z');
});

describe('an edited interval', () => {
  const editedAt = (minutes: number, intervalMs: number, schedule = hourly()): number =>
    nextCheckAt(withInterval(schedule, intervalMs, 0, startMs + minutes * minuteMs)) - startMs;

  test('counts from the last scheduled check', () => {
    expect(editedAt(10, 2 * hourMs)).toBe(2 * hourMs);
    expect(editedAt(10, hourMs / 2)).toBe(hourMs / 2);
  });

  test('that has passed already runs the check at once, and the next counts from it', () => {
    const now = startMs + 40 * minuteMs;
    const edited = withInterval(hourly(), hourMs / 2, 0, now);
    expect(nextCheckAt(edited)).toBe(now);
    expect(nextCheckAt(advanceSchedule(edited, now))).toBe(now + hourMs / 2);
  });

  test('moves nothing before the first check', () => {
    expect(editedAt(10, 2 * hourMs, hourly({ isFirst: true }))).toBe(0);
  });

  test('at the instant of a due check: a longer one moves that check too', () => {
    expect(editedAt(60, 2 * hourMs)).toBe(2 * hourMs);
    expect(editedAt(60, hourMs / 2)).toBe(hourMs);
  });

  test('that is the same changes nothing', () => {
    const schedule = hourly();
    expect(withInterval(schedule, hourMs, 0, startMs + 1000)).toBe(schedule);
  });
});

test('the spread is stable, whole seconds, and within its share and its maximum', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 60, max: 90_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (id, seconds, share) => {
        const delayMs = spreadMsOf(id, seconds * 1000, { share, maxMs: 300_000 });
        expect(delayMs).toBe(spreadMsOf(id, seconds * 1000, { share, maxMs: 300_000 }));
        expect(delayMs % 1000).toBe(0);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(Math.min(seconds * 1000 * share, 300_000));
      },
    ),
  );
});

test('the spread scatters: a thousand clients in five minutes leave no minute empty', () => {
  const delays = Array.from({ length: 1000 }, (_, id) =>
    spreadMsOf(String(id), dayMs, { share: 0.05, maxMs: 300_000 }),
  );
  expect([...new Set(delays.map((delay) => Math.floor(delay / minuteMs)))].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('instants are whole seconds', () => {
  expect(toSecond(startMs + 999)).toBe(startMs);
});
