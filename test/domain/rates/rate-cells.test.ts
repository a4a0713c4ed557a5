import type { RateImportOptions } from '../../../src/domain/rates/import/import-options.js';
import { matchRateColumns, readRateCells, type RateMapping } from '../../../src/domain/rates/import/rate-cells.js';
import { readRateDate } from '../../../src/domain/rates/import/rate-dates.js';

const options: RateImportOptions = {
  ...{ mode: 'add', dateFormat: 'auto', timezone: 'UTC', effectiveFrom: null },
  ...{ onDuplicate: 'last', onError: 'import_valid', ifUnchanged: 'save', ifEarly: 'warn' },
};

test('columns are matched by the headers of the manual, of our own files, and of spreadsheets', () => {
  const manual = ['Code', 'Code Name', 'Effective Date', 'Rate', 'Min Volume', 'Interval', 'Grace Volume', 'Setup Fee'];
  const more = [
    'Profile',
    'End Date',
    'Previous Rate',
    'Prev Diff Status (export)',
    'Notes',
    'Tag',
    'Policy',
    'Status',
  ];
  expect(matchRateColumns([...manual, ...more])).toEqual([
    ...['code', 'codeName', 'effectiveFrom', 'rate', 'minVolume', 'interval', 'graceVolume', 'setupFee'],
    ...['timeProfile', 'endsAt', null, null, 'notes', 'tags', 'policy', 'status'],
  ]);
  expect(matchRateColumns(['Destination', 'prefix', 'PRICE', 'constructor'])).toEqual([
    'codeName',
    'code',
    'rate',
    null,
  ]);
});

test.each([
  ['2026-03-01', 'auto', '2026-03-01T00:00:00.000Z'],
  ['2026/3/1', 'auto', '2026-03-01T00:00:00.000Z'],
  ['20260301', 'auto', '2026-03-01T00:00:00.000Z'],
  ['2026-03', 'auto', '2026-03-01T00:00:00.000Z'],
  ['01-03-2026', 'auto', '2026-03-01T00:00:00.000Z'],
  ['01.03.2026', 'auto', '2026-03-01T00:00:00.000Z'],
  ['03/21/2026', 'auto', '2026-03-21T00:00:00.000Z'],
  ['21/03/2026', 'auto', '2026-03-21T00:00:00.000Z'],
  ['03/03/2026', 'auto', '2026-03-03T00:00:00.000Z'],
  ['03/04/2026', 'auto', null],
  ['03/04/2026', 'MM/DD/YYYY', '2026-03-04T00:00:00.000Z'],
  ['03/04/2026', 'DD/MM/YYYY', '2026-04-03T00:00:00.000Z'],
  ['2026-03-01', 'DD.MM.YYYY', null],
  ['2026-03-01T00:00:00', 'DD.MM.YYYY', '2026-03-01T00:00:00.000Z'],
  ['2026-02-30', 'auto', null],
  ['2026-03-01T10:30:00Z', 'DD.MM.YYYY', '2026-03-01T10:30:00.000Z'],
  ['07/21/2017 00:00:00 +0000', 'auto', '2017-07-21T00:00:00.000Z'],
  ['2026-03-01 02:00 +0200', 'auto', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01 25:00', 'auto', null],
  ['tomorrow', 'auto', null],
] as const)('%s as %s is %s', (text, format, instant) => {
  expect(readRateDate(text, { format, timezone: 'UTC' })?.toISOString() ?? null).toBe(instant);
});

test.each([
  ['MM/DD/YYYY', ['2026-03-04', '2026-03-21', null]],
  ['DD/MM/YYYY', ['2026-04-03', null, '2026-03-21']],
  ['mixed', [null, null, null]],
  [null, [null, '2026-03-21', '2026-03-21']],
] as const)('dates of a column whose dates with slashes are %s', (slashes, days) => {
  const read = (text: string): string | null =>
    readRateDate(text, { format: 'auto', timezone: 'UTC', slashes })?.toISOString().slice(0, 10) ?? null;
  expect(['03/04/2026', '03/21/2026', '21/03/2026'].map(read)).toEqual(days);
  expect(read('2026-03-04')).toBe('2026-03-04');
});

test.each([
  ['All time', 'all'],
  ['Business time', 'business'],
  ['Non-business time', 'non_business'],
  ['NON_BUSINESS', 'non_business'],
  ['Weekends', 'weekends'],
  ['Night', 'Night'],
])('the profile %s is %s', (text, profile) => {
  const { fields } = readRateCells(
    ['code', 'rate', 'effectiveFrom', 'timeProfile'],
    ['1', '1', '2026-03-01', text],
    options,
  );
  expect(fields?.timeProfile).toBe(profile);
});

test('a date without a zone is one of the zone of the import, also on the day of a change of clocks', () => {
  const kyiv = { format: 'auto', timezone: 'Europe/Kyiv' } as const;
  expect(readRateDate('2026-07-01', kyiv)?.toISOString()).toBe('2026-06-30T21:00:00.000Z');
  expect(readRateDate('2026-03-29 12:00', kyiv)?.toISOString()).toBe('2026-03-29T09:00:00.000Z');
  expect(readRateDate('2026-03-29', kyiv)?.toISOString()).toBe('2026-03-28T22:00:00.000Z');
});

describe('a row', () => {
  const mapping: RateMapping = ['code', 'rate', 'effectiveFrom', 'interval', 'tags', 'status'];
  const read = (...cells: string[]): ReturnType<typeof readRateCells> => readRateCells(mapping, cells, options);

  test('has the defaults where its cells are empty', () => {
    const { fields, faults } = read("'+380", '0.0150', '2026-03-01', '', 'eu; vip', 'Stashed');
    expect(faults).toEqual([]);
    expect(fields).toMatchObject({
      ...{ code: '+380', rate: '0.015', interval: 1, minVolume: 1, graceVolume: 0, setupFee: '0', timeProfile: 'all' },
      ...{ policy: 'regular', status: 'stashed', tags: ['eu', 'vip'], codeName: null, endsAt: null, notes: null },
    });
  });

  test('without a date takes that of the import', () => {
    const given = { ...options, effectiveFrom: '2026-04-01T00:00:00Z' };
    expect(readRateCells(mapping, ['1', '1', '', '', '', ''], given).fields?.effectiveFrom).toEqual(
      new Date('2026-04-01T00:00:00Z'),
    );
    expect(read('1', '1', '', '', '', '').faults).toMatchObject([{ field: 'effectiveFrom', code: 'missing' }]);
  });

  test.each([
    ['code', ['38 0', '1', '2026-03-01', '', '', '']],
    ['code', ['', '1', '2026-03-01', '', '', '']],
    ['rate', ['1', '1,5', '2026-03-01', '', '', '']],
    ['effectiveFrom', ['1', '1', '03/04/2026', '', '', '']],
    ['interval', ['1', '1', '2026-03-01', '0', '', '']],
    ['status', ['1', '1', '2026-03-01', '', '', 'open']],
  ])('with a wrong %s is refused', (field, cells) => {
    const { fields, faults } = read(...cells);
    expect(fields).toBeNull();
    expect(faults).toMatchObject([{ field, column: mapping.indexOf(field as 'code') }]);
  });
});
