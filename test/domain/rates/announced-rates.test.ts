import { renderRateFile } from '../../../src/documents/rate-file.js';
import { noTerm } from '../../../src/domain/rates/agreements/agreement.js';
import { rateFiles } from '../../../src/domain/rates/notifications/rate-files.js';
import {
  countAnnounced,
  firstEffective,
  announcedRates,
  type StoredRate,
  type AnnouncedRate,
} from '../../../src/domain/rates/notifications/announced-rates.js';
import { manualExample } from '../../support/rates/manual-example.js';

const at = (text: string): Date => new Date(text);
const rate = (fields: Partial<StoredRate>): StoredRate => ({
  ...{ code: '380', codeName: null, effectiveFrom: at('2026-01-01T00:00:00Z'), endsAt: null, rate: '1' },
  ...{ minVolume: 1, interval: 1, graceVolume: 0, setupFee: '0', timeProfile: 'all', tags: [], notes: null },
  ...({ policy: 'regular', status: 'active' } as const),
  updatedAt: at('2026-01-01T00:00:00Z'),
  ...fields,
});
const now = Date.parse('2026-03-05T10:00:00Z');
const scheduled = {
  ...({ kind: 'scheduled', type: 'changed', unique: true, now, lastAt: null, correctedAt: null } as const),
  ...{ agreement: null, timezone: 'UTC' },
};
const codes = (rates: readonly AnnouncedRate[]): string[] => rates.map(({ code }) => code);

test('the four notifications of the manual, cell by cell, as their files have them', async () => {
  const rates = new Map<string, StoredRate>();
  const times = ['2017-07-07', '2017-07-14', '2017-07-21', '2017-07-28'].map((day) => Date.parse(`${day}T00:00:00Z`));
  for (const [step, { name, written, shown }] of manualExample.entries()) {
    for (const [code, price, from] of written) {
      rates.set(`${code} ${from}`, rate({ code, rate: price, effectiveFrom: at(from) }));
    }
    const announced = announcedRates([...rates.values()], {
      ...{ ...scheduled, type: 'all', now: times[step] ?? 0, lastAt: times[step - 1] ?? null },
    });
    const lines = (await renderRateFile(announced, 'csv', 'UTC')).toString('utf8').trim().split('\r\n').slice(1);
    const cells = lines.map((line) => line.split(',')).map((row) => [0, 3, 2, 10, 11, 12, 14].map((i) => row[i]));
    expect([name, ...cells]).toEqual([name, ...shown.map((row) => row.map((cell) => (cell === '-' ? '' : cell)))]);
  }
});

test('only changed rates: what differs, and what ends after the last notification', () => {
  const rates = [
    rate({ code: '1', effectiveFrom: at('2026-04-01T00:00:00Z') }),
    rate({ code: '2' }),
    rate({ code: '3', endsAt: at('2026-04-01T00:00:00Z') }),
    rate({ code: '4', endsAt: at('2026-03-01T00:00:00Z') }),
    rate({ code: '5' }),
    rate({ code: '5', rate: '0.5', effectiveFrom: at('2026-04-01T00:00:00Z') }),
    rate({ code: '6', effectiveFrom: at('2026-04-01T00:00:00Z'), status: 'stashed' }),
  ];
  const announced = announcedRates(rates, { ...scheduled, lastAt: Date.parse('2026-03-01T00:00:00Z') });
  expect(announced.map(({ code, prevDiffStatusExport }) => `${code} ${prevDiffStatusExport}`)).toEqual([
    '1 new',
    '3 closed',
    '5 decreased',
  ]);
  expect(countAnnounced(announced)).toEqual({ total: 3, new: 1, increased: 0, decreased: 1, unchanged: 0, closed: 1 });
  expect(firstEffective(announced)).toEqual(at('2026-04-01T00:00:00Z'));
  const all = { ...scheduled, type: 'all' } as const;
  expect(codes(announcedRates(rates, all))).toEqual(['1', '2', '3', '5']);
  expect(codes(announcedRates(rates, { ...all, unique: false }))).toEqual(['1', '2', '3', '5', '5']);
  expect(announcedRates([rate({ code: '2' })], scheduled)).toEqual([]);
});

test('a rate that a later one has replaced is over', () => {
  const rates = [rate({}), rate({ rate: '2', effectiveFrom: at('2026-02-01T00:00:00Z') })];
  const announced = announcedRates(rates, { ...scheduled, type: 'all', unique: false });
  expect(announced.map((one) => one.rate)).toEqual(['2']);
});

describe('a forced notification', () => {
  const forced = { ...scheduled, kind: 'forced' } as const;
  const rise = (code: string, from: string): StoredRate[] => [
    rate({ code }),
    rate({ code, rate: '2', effectiveFrom: at(from) }),
  ];
  const agreement = {
    ...({ notificationDays: { mode: 'weekly', days: [1] }, hour: 9, timezone: 'UTC' } as const),
    terms: {
      ...{ new: noTerm, decreased: noTerm, unchanged: noTerm, closed: noTerm },
      increased: { value: 7, unit: 'days_from_midnight' } as const,
    },
  };

  test('has the rates that the next scheduled one would announce too late', () => {
    const rates = [
      ...rise('late', '2026-03-12T00:00:00Z'),
      ...rise('punctual', '2026-03-16T00:00:00Z'),
      ...rise('later', '2026-03-20T00:00:00Z'),
      ...rise('past', '2026-03-05T10:00:00Z'),
      rate({ code: 'new', effectiveFrom: at('2026-03-12T00:00:00Z') }),
    ];
    expect(codes(announcedRates(rates, { ...forced, agreement }))).toEqual(['late']);
  });

  test('has without an agreement the rates until the end of tomorrow', () => {
    const rates = [...rise('in', '2026-03-06T23:59:59Z'), ...rise('out', '2026-03-07T00:00:00Z')];
    expect(codes(announcedRates(rates, forced))).toEqual(['in']);
  });
});

test('a correction has the announced rates that were changed later, with what they are', () => {
  const lastAt = Date.parse('2026-03-01T00:00:00Z');
  const edited = at('2026-03-02T00:00:00Z');
  const rates = [
    rate({ code: '1' }),
    rate({ code: '1', rate: '2', effectiveFrom: at('2026-02-01T00:00:00Z'), updatedAt: edited }),
    rate({ code: '2', rate: '3' }),
    rate({ code: '3', effectiveFrom: at('2026-04-01T00:00:00Z'), updatedAt: edited }),
  ];
  const correction = { ...scheduled, kind: 'correction', lastAt } as const;
  expect(announcedRates(rates, correction)).toMatchObject([
    { code: '1', rate: '2', prevDiffExport: '1', prevDiffStatusExport: 'increased' },
  ]);
  expect(announcedRates(rates, { ...correction, correctedAt: edited.getTime() })).toEqual([]);
  expect(announcedRates(rates, { ...correction, lastAt: null })).toEqual([]);
});

test('one file for each time profile, with a name that every system takes', () => {
  const announced = announcedRates([rate({}), rate({ timeProfile: 'week ends' })], { ...scheduled, type: 'all' });
  const names = {
    ...({
      type: 'all',
      format: 'xlsx',
      resellerName: 'Оператор "A"/1',
      clientId: '17',
      timezone: 'Europe/Kyiv',
    } as const),
    at: Date.parse('2026-03-09T07:05:00Z'),
  };
  const files = rateFiles(announced, { ...names, clientName: 'Клієнт' });
  expect(files.map(({ fileName }) => fileName)).toEqual([
    'rates-all-A1-for-17-all-2026-03-09_09-05.xlsx',
    'rates-all-A1-for-17-week_ends-2026-03-09_09-05.xlsx',
  ]);
});
