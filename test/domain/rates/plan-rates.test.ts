import fc from 'fast-check';
import { noTerm, type AgreementTerm } from '../../../src/domain/rates/agreements/agreement.js';
import {
  agreedTimes,
  areSameTimes,
  closingTime,
  type ImportTerms,
} from '../../../src/domain/rates/import/import-terms.js';
import {
  missingRates,
  planRates,
  type FileRate,
  type PlannedRate,
} from '../../../src/domain/rates/import/plan-rates.js';
import type { ComparedFields } from '../../../src/domain/rates/tables/rate-changes.js';

const sevenDays: AgreementTerm = { value: 7, unit: 'days_from_midnight' };
/** Imported on Thursday, 5 March 2026: announced on Monday, 9 March at 9:00, and an increase may begin on 16 March. */
const thursday = Date.parse('2026-03-05T12:00:00Z');
const weekly = {
  ...{ id: '3', name: 'Wholesale', hour: 9, timezone: 'UTC' },
  notificationDays: { mode: 'weekly', days: [1] },
  terms: { new: sevenDays, increased: sevenDays, decreased: noTerm, unchanged: noTerm, closed: sevenDays },
} as const;
const agreement = agreedTimes(weekly, thursday);
const terms: ImportTerms = { agreement, lastExportedAt: null, lastNotifiedAt: null };
const free: ImportTerms = { ...terms, agreement: null };

let position = 0;
function rate(code: string, price: string, from: string, more: Partial<ComparedFields> = {}): FileRate {
  const effectiveFrom = new Date(`${from}T00:00:00Z`);
  const fields = { timeProfile: 'all', policy: 'regular', status: 'active', endsAt: null } as const;
  return { position: (position += 1), code, rate: price, effectiveFrom, ...fields, ...more };
}

const plain = { onDuplicate: 'last', ifUnchanged: 'save', ifEarly: 'warn' } as const;
function planned(
  file: readonly FileRate[],
  table: readonly ComparedFields[],
  ifEarly: 'warn' | 'shift' | 'reject' = 'warn',
  known = terms,
): PlannedRate[] {
  const plan = planRates(file, table, { rules: { ...plain, ifEarly }, terms: known });
  return plan.sort((one, other) => one.position - other.position);
}
const day = (at: Date | null): string | null => at && at.toISOString().slice(0, 10);
const short = ({ effectiveFrom, change, skipped, early, fault }: PlannedRate): string =>
  [day(effectiveFrom), change, skipped, early && `${early.kind} before ${day(early.allowed)}`, fault?.code]
    .filter((part) => part !== null && part !== undefined)
    .join(' · ');

const table = [rate('1', '10', '2026-01-01'), rate('2', '10', '2026-01-01'), rate('3', '10', '2026-01-01')];

test('the worked example: a rise from 12 March is too soon, one from 16 March and a decrease from 9 March are not', () => {
  const file = [
    ...[rate('1', '15', '2026-03-12'), rate('2', '15', '2026-03-16'), rate('3', '5', '2026-03-09')],
    rate('4', '1', '2026-03-15'),
  ];
  expect(planned(file, table).map(short)).toEqual([
    '2026-03-12 · increased · increased before 2026-03-16',
    '2026-03-16 · increased',
    '2026-03-09 · decreased',
    '2026-03-15 · new · new before 2026-03-16',
  ]);
  expect(planned(file, table, 'shift').map(short)).toEqual([
    '2026-03-16 · increased · increased before 2026-03-16',
    '2026-03-16 · increased',
    '2026-03-09 · decreased',
    '2026-03-16 · new · new before 2026-03-16',
  ]);
  const rejected = planned(file, table, 'reject');
  expect(rejected.map(({ fault }) => fault?.code ?? null)).toEqual(['too_early', null, null, 'too_early']);
  expect(rejected[0]?.fault?.detail).toBe(
    'must be 2026-03-16T00:00:00Z or later for a rate that is increased, by the agreement "Wholesale"',
  );
  expect(planned(file, table, 'reject', free).every(({ early, fault }) => early === null && fault === null)).toBe(true);
});

test('a rate that is shifted to or past the next one of its series is left out, and others are compared without it', () => {
  const file = [rate('1', '15', '2026-03-10'), rate('1', '12', '2026-03-12'), rate('1', '20', '2026-03-20')];
  expect(planned(file, table, 'shift').map(short)).toEqual([
    '2026-03-10 · increased · superseded · increased before 2026-03-16',
    '2026-03-16 · increased · increased before 2026-03-16',
    '2026-03-20 · increased',
  ]);
  const later = [...table, rate('1', '11', '2026-03-16')];
  expect(planned([rate('1', '15', '2026-03-10')], later, 'shift').map(short)).toEqual([
    '2026-03-10 · increased · superseded · increased before 2026-03-16',
  ]);
});

test('what a rejected row would have replaced stays the rate before the next one', () => {
  const file = [rate('1', '15', '2026-03-10'), rate('1', '10', '2026-03-20')];
  expect(planned(file, table, 'reject').map(({ change, fault }) => [change, fault?.code])).toEqual([
    ['increased', 'too_early'],
    ['unchanged', undefined],
  ]);
});

test('an end that comes too soon is shifted, and the rate with it', () => {
  const endsAt = new Date('2026-03-10T00:00:00Z');
  const [closing] = planned([rate('1', '10', '2026-01-01', { endsAt })], table, 'shift');
  expect(closing).toMatchObject({ early: { kind: 'closed' }, skipped: null });
  expect([day(closing?.effectiveFrom ?? null), day(closing?.endsAt ?? null)]).toEqual(['2026-01-01', '2026-03-16']);
  const [over] = planned([rate('9', '1', '2026-03-08', { endsAt })], [], 'shift');
  expect(over).toMatchObject({ skipped: 'superseded', early: { kind: 'new' } });
});

test('rows that change nothing, and stashed ones, are never too soon', () => {
  const same = planned([rate('1', '10.000', '2026-01-01')], table, 'reject');
  const stashed = planned([rate('1', '99', '2026-03-06', { status: 'stashed' })], table, 'reject');
  expect([...same, ...stashed].map(({ early, fault }) => early ?? fault)).toEqual([null, null]);
});

test('changed rates of which clients were notified are counted, others are not', () => {
  const told = { ...free, lastNotifiedAt: '2026-02-01T00:00:00Z' };
  const file = [rate('1', '11', '2026-01-01'), rate('2', '10', '2026-01-01'), rate('3', '11', '2026-02-02')];
  expect(planned(file, table, 'warn', told).map(({ isNotified }) => isNotified)).toEqual([true, false, false]);
});

test('a check holds until the next notification, or until the terms change', () => {
  expect(areSameTimes(agreement, agreedTimes(weekly, thursday + 3_600_000))).toBe(true);
  expect(areSameTimes(agreement, agreedTimes(weekly, Date.parse('2026-03-09T10:00:00Z')))).toBe(false);
  const longer = { ...weekly, terms: { ...weekly.terms, closed: { ...sevenDays, value: 8 } } };
  expect(areSameTimes(agreement, agreedTimes(longer, thursday))).toBe(false);
  expect(areSameTimes(agreement, null)).toBe(false);
  expect(areSameTimes(null, null)).toBe(true);
});

test('series that a file lacks end at once, or when the agreement allows it', () => {
  const kept = [
    ...[rate('1', '1', '2026-01-01'), rate('2', '1', '2026-01-01'), rate('2', '2', '2026-03-10')],
    rate('2', '3', '2026-04-01'),
  ].map((row, index) => ({ ...row, id: `${index}` }));
  const file = [rate('1', '1', '2026-03-01')];
  const now = closingTime(agreement, 'warn', thursday);
  expect(missingRates(file, kept, now)).toEqual({ closed: ['1'], stashed: ['2', '3'] });
  const allowed = closingTime(agreement, 'shift', thursday);
  expect(new Date(allowed).toISOString()).toBe('2026-03-16T00:00:00.000Z');
  expect(missingRates(file, kept, allowed)).toEqual({ closed: ['2'], stashed: ['3'] });
});

test('with "shift" no imported rate is too soon, and no two of a series have one date', () => {
  const rows = fc.array(
    fc.record({
      code: fc.constantFrom('1', '2'),
      price: fc.integer({ min: 1, max: 5 }),
      at: fc.integer({ min: 1, max: 28 }),
    }),
    { maxLength: 12 },
  );
  const rateOn = ({ code, price, at }: { code: string; price: number; at: number }): FileRate =>
    rate(code, `${price}`, `2026-03-${String(at).padStart(2, '0')}`);
  fc.assert(
    fc.property(rows, rows, (given, known) => {
      const file = given.map(rateOn);
      const plan = planned(file, known.map(rateOn), 'shift');
      expect(plan.map(({ position: at }) => at)).toEqual(file.map(({ position: at }) => at));
      const imported = plan.filter(({ skipped, fault }) => skipped === null && fault === null);
      for (const { early, effectiveFrom } of imported) if (early) expect(effectiveFrom).toEqual(early.allowed);
      const codeOf = new Map(file.map(({ position: at, code }) => [at, code]));
      const dates = imported.map(({ position: at, effectiveFrom }) => `${codeOf.get(at)} ${day(effectiveFrom)}`);
      expect(new Set(dates).size).toBe(dates.length);
    }),
  );
});
