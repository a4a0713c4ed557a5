import fc from 'fast-check';
import { dueDigestDay, restOfDay } from '../../../src/domain/digests/digest-day.js';

const at = (text: string): number => Date.parse(text);

test.each([
  ['before its hour', 8, 'Europe/Kyiv', '2026-03-02T05:59:59Z', null],
  ['at its hour', 8, 'Europe/Kyiv', '2026-03-02T06:00:00Z', '2026-03-02'],
  ['late in the day', 8, 'Europe/Kyiv', '2026-03-02T21:59:59Z', '2026-03-02'],
  ['after midnight', 8, 'Europe/Kyiv', '2026-03-02T22:00:00Z', null],
  ['at midnight', 0, 'Europe/Kyiv', '2026-03-02T22:00:00Z', '2026-03-03'],
  ['on another day than UTC', 8, 'Pacific/Auckland', '2026-03-01T19:00:00Z', '2026-03-02'],
  ['in an hour that summer time leaves out', 2, 'Europe/Berlin', '2026-03-29T00:59:59Z', null],
  ['after an hour that summer time leaves out', 2, 'Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29'],
  ['in an hour that comes twice', 2, 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25'],
  ['in the same hour again', 2, 'Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25'],
])('a digest %s', (_when, hour, zone, now, day) => {
  expect(dueDigestDay(hour, zone, at(now))).toBe(day);
});

test('every local day has one digest, whatever hour and zone, with runs every quarter of an hour across a change of the clock', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), (zone, hour) => {
      for (const start of ['2026-03-06', '2026-03-28', '2026-10-03', '2026-10-31']) {
        const days: string[] = [];
        for (let now = at(`${start}T00:00:00Z`), end = now + 96 * 3_600_000; now < end; now += 900_000) {
          const day = dueDigestDay(hour, zone, now);
          if (day !== null && days.at(-1) !== day) days.push(day);
        }
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBeGreaterThanOrEqual(4);
      }
    }),
    { numRuns: 4 },
  );
});

test('a day ends at local midnight, also where it has 23 or 25 hours', () => {
  const end = (zone: string, now: string): string => new Date(restOfDay(zone, at(now)).until).toISOString();
  expect(end('Europe/Berlin', '2026-03-29T00:10:00Z')).toBe('2026-03-29T22:00:00.000Z');
  expect(end('Europe/Berlin', '2026-10-25T00:10:00Z')).toBe('2026-10-25T23:00:00.000Z');
  expect(end('Asia/Kathmandu', '2026-03-02T10:00:00Z')).toBe('2026-03-02T18:15:00.000Z');
});
