import fc from 'fast-check';
import { compareRates, exportStatusText, type ComparedFields } from '../../../src/domain/rates/tables/rate-changes.js';
import { plainRate } from '../../../src/domain/rates/tables/table-rate.js';
import { manualExample, manualDate } from '../../support/rates/manual-example.js';

const base = { timeProfile: 'all', policy: 'regular', status: 'active', endsAt: null } as const;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

describe('the example of the manual', () => {
  let rates = new Map<string, ComparedFields>();
  beforeAll(() => (rates = new Map()));

  test.each(manualExample)('$name', ({ written, reference, shown }) => {
    for (const [code, rate, from] of written) {
      rates.set(`${code} ${from}`, { ...base, code, rate, effectiveFrom: new Date(from) });
    }
    const compared = compareRates([...rates.values()], Date.parse(reference));
    const latest = new Map(
      compared.sort((a, b) => a.effectiveFrom.getTime() - b.effectiveFrom.getTime()).map((row) => [row.code, row]),
    );
    const cells = ['1', '2', '3'].map((code) => {
      const row = latest.get(code);
      if (!row) throw new Error(`no rate of ${code}`);
      return [
        ...[row.code, row.rate, manualDate(row.effectiveFrom), row.previousRate ?? '-', row.prevDiff ?? '-'],
        ...[row.prevDiffStatus, exportStatusText(row.prevDiffStatusExport, row.prevDiffExport)],
      ];
    });
    expect(cells).toEqual(shown);
  });
});

test('a rate after a closed series is new, as is one after a stashed rate alone', () => {
  const [, after] = compareRates(
    [
      { ...base, code: '1', rate: '10', effectiveFrom: day(1), endsAt: day(5) },
      { ...base, code: '1', rate: '12', effectiveFrom: day(10) },
    ],
    0,
  );
  expect(after).toMatchObject({
    previousRate: null,
    prevDiff: null,
    prevDiffStatus: 'new',
    prevDiffStatusExport: 'new',
  });
  const [, second] = compareRates(
    [
      { ...base, code: '1', rate: '10', effectiveFrom: day(1), status: 'stashed' },
      { ...base, code: '1', rate: '12', effectiveFrom: day(10) },
    ],
    0,
  );
  expect(second?.prevDiffStatus).toBe('new');
});

test('series of another profile or policy are not compared', () => {
  const others = [{ timeProfile: 'weekends' }, { policy: 'additive' as const }, { code: '11' }];
  for (const other of others) {
    const rows = [
      { ...base, code: '1', rate: '10', effectiveFrom: day(1), ...other },
      { ...base, code: '1', rate: '12', effectiveFrom: day(10) },
    ];
    expect(compareRates(rows, 0)[1]?.prevDiffStatus).toBe('new');
  }
});

test.each([
  ['10.50', '10.5'],
  ['-0.000001', '-0.000001'],
  ['007', '7'],
  ['1e3', null],
  ['1,5', null],
  ['0.0000001', null],
  ['1000000000', null],
])('%s is read as %s', (text, plain) => {
  expect(plainRate(text)).toBe(plain);
});

test.each([
  ['increased', '5', 'increased (5.0000)'],
  ['decreased', '-0.5', 'decreased (-0.5000)'],
  ['increased', '0.012345', 'increased (0.012345)'],
  ['unchanged', '0', 'unchanged'],
  ['new', null, 'new'],
] as const)('%s by %s is written "%s"', (status, diff, text) => {
  expect(exportStatusText(status, diff)).toBe(text);
});

test('the order of rows does not matter', () => {
  const row = fc.record({
    code: fc.constantFrom('1', '2'),
    day: fc.integer({ min: 1, max: 9 }),
    rate: fc.integer({ min: -9, max: 9 }),
  });
  const rows = fc.uniqueArray(row, { selector: ({ code, day: n }) => `${code} ${n}`, maxLength: 12 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 10 }), (some, reference) => {
      const made = some.map(({ code, day: n, rate }) => ({ ...base, code, rate: String(rate), effectiveFrom: day(n) }));
      const byKey = (list: readonly ComparedFields[]): Map<string, unknown> =>
        new Map(compareRates(list, day(reference).getTime()).map((one) => [`${one.code} ${one.effectiveFrom}`, one]));
      expect(byKey([...made].reverse())).toEqual(byKey(made));
    }),
  );
});
