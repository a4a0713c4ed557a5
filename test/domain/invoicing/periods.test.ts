import fc from 'fast-check';
import { localDate, startOfDay } from '../../../src/domain/invoicing/local-days.js';
import { dueDate, nextPeriod, type PaymentTerms } from '../../../src/domain/invoicing/periods.js';
import { dayMs, hourMs } from '../../../src/domain/durations.js';

const at = (text: string): number => Date.parse(text);
const text = (instant: number): string => new Date(instant).toISOString().replace(':00.000Z', 'Z');

function periods(terms: PaymentTerms, from: string, zone: string, count: number): string[] {
  const ends: string[] = [];
  let last = at(from);
  for (let n = 0; n < count; n++) {
    const { start, end } = nextPeriod(terms, last, zone);
    expect(start).toBe(last);
    ends.push(text(end));
    last = end;
  }
  return ends;
}

const week: PaymentTerms = { mode: 'every', days: 7, graceDays: 7 };
const first: PaymentTerms = { mode: 'on', day: 1, graceDays: 14 };

describe('periods', () => {
  test('of 7/7 in Kyiv are weeks of local days, due a week after their issue', () => {
    const ends = periods(week, '2026-02-28T22:00:00Z', 'Europe/Kyiv', 4);
    // The last of them crosses the beginning of summer time.
    expect(ends).toEqual(['2026-03-07T22:00Z', '2026-03-14T22:00Z', '2026-03-21T22:00Z', '2026-03-28T22:00Z']);
    const due = ['08', '15', '22'].map((day) => dueDate(at(`2026-03-${day}T04:00:00Z`), 7, 'Europe/Kyiv').dueOn);
    expect(due).toEqual(['2026-03-15', '2026-03-22', '2026-03-29']);
  });

  test('of months have as many hours as the months', () => {
    const march = nextPeriod(first, at('2026-02-28T22:00:00Z'), 'Europe/Kyiv');
    expect(text(march.end)).toBe('2026-03-31T21:00Z');
    expect((march.end - march.start) / hourMs).toBe(743);
    const october = nextPeriod(first, at('2026-09-30T21:00:00Z'), 'Europe/Kyiv');
    expect(text(october.end)).toBe('2026-10-31T22:00Z');
    expect((october.end - october.start) / hourMs).toBe(745);
  });

  test('begin at the first instant of a day that has no midnight', () => {
    expect(text(startOfDay('2026-03-29', 'Asia/Beirut'))).toBe('2026-03-28T22:00Z');
    expect(text(startOfDay('2026-03-28', 'Asia/Beirut'))).toBe('2026-03-27T22:00Z');
    expect(text(startOfDay('2026-03-30', 'Asia/Beirut'))).toBe('2026-03-29T21:00Z');
  });

  test('on a day that some months lack are on the 28th', () => {
    const terms: PaymentTerms = { mode: 'on', day: 30, graceDays: 0 };
    expect(periods(terms, '2026-03-30T09:30:00Z', 'UTC', 3)).toEqual([
      '2026-04-28T00:00Z',
      '2026-05-28T00:00Z',
      '2026-06-28T00:00Z',
    ]);
  });

  test('on a day begin at the creation, and pass the year', () => {
    expect(periods(first, '2026-11-14T15:30:00Z', 'UTC', 3)).toEqual([
      '2026-12-01T00:00Z',
      '2027-01-01T00:00Z',
      '2027-02-01T00:00Z',
    ]);
  });

  test('of another zone begin where the last one ended', () => {
    const next = nextPeriod(week, at('2026-02-28T22:00:00Z'), 'America/New_York');
    expect(text(next.start)).toBe('2026-02-28T22:00Z');
    expect(text(next.end)).toBe('2026-03-07T05:00Z');
  });

  test('end at a beginning of a day, and are never empty, whatever zone, terms, and instant', () => {
    const zones = [
      'UTC',
      'Europe/Kyiv',
      'Asia/Beirut',
      'America/New_York',
      'Pacific/Kiritimati',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('2020-01-01T00:00:00Z') / 1000, max: at('2035-01-01T00:00:00Z') / 1000 }),
        fc.oneof(
          fc.integer({ min: 1, max: 366 }).map((days): PaymentTerms => ({ mode: 'every', days, graceDays: 0 })),
          fc.integer({ min: 1, max: 31 }).map((day): PaymentTerms => ({ mode: 'on', day, graceDays: 0 })),
        ),
        (zone, second, terms) => {
          const { start, end } = nextPeriod(terms, second * 1000, zone);
          expect(end).toBeGreaterThan(start);
          expect(localDate(end - 1000, zone) < localDate(end, zone)).toBe(true);
          if (terms.mode === 'on') expect(end - start).toBeLessThanOrEqual(31 * dayMs + 2 * hourMs);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the due date', () => {
  test('is as many days after the issue as the terms give, the invoice overdue from the day after', () => {
    const due = dueDate(at('2026-06-02T08:00:00Z'), 14, 'Europe/Kyiv');
    expect(due.dueOn).toBe('2026-06-16');
    expect(text(due.overdueFrom)).toBe('2026-06-16T21:00Z');
  });

  test('is the date of the issue in the zone of the invoice, where it is due on receipt', () => {
    expect(dueDate(at('2026-06-02T23:30:00Z'), 0, 'Europe/Kyiv').dueOn).toBe('2026-06-03');
    expect(dueDate(at('2026-06-02T23:30:00Z'), 0, 'America/New_York').dueOn).toBe('2026-06-02');
  });
});
