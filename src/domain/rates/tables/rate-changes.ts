import { groupBy } from '../../group-by.js';
import { moneyOf, type Micros } from '../../money.js';
import { plainDecimal, type TableRateFields } from './table-rate.js';

/** How a rate differs from the one before it in its series (docs/rates.md#previous-rate-and-difference). */
export const rateChanges = ['new', 'unchanged', 'increased', 'decreased'] as const;
export type RateChange = (typeof rateChanges)[number];

export interface RateComparison {
  /** null: none, so that the rate is new */
  readonly previousRate: string | null;
  readonly prevDiff: string | null;
  readonly prevDiffStatus: RateChange;
  /** what clients learn from the next notification; empty for a new rate, 0 for one that is unchanged for them */
  readonly prevDiffExport: string | null;
  readonly prevDiffStatusExport: RateChange;
}

export type ComparedFields = Pick<
  TableRateFields,
  'code' | 'timeProfile' | 'policy' | 'status' | 'effectiveFrom' | 'endsAt' | 'rate'
>;

/** Rates of one series follow each other: of these, one is the rate at a time. */
export function seriesKey({
  code,
  timeProfile,
  policy,
}: Pick<ComparedFields, 'code' | 'timeProfile' | 'policy'>): string {
  return JSON.stringify([code, timeProfile, policy]);
}

/**
 * Compares each rate with the one of the same series that was effective before it: by date, never by the order of edits.
 *
 * @param reference ms since 1970: when rates were last notified or exported; the first time, this time
 */
export function compareRates<Row extends ComparedFields>(
  rows: readonly Row[],
  reference: number,
): (Row & RateComparison)[] {
  const series = groupBy(
    rows.filter(({ status }) => status === 'active'),
    seriesKey,
  );
  return rows.map((row) => {
    const before = (series.get(seriesKey(row)) ?? [])
      .filter(({ effectiveFrom }) => effectiveFrom.getTime() < row.effectiveFrom.getTime())
      .reduce<Row | null>((last, one) => (last && last.effectiveFrom > one.effectiveFrom ? last : one), null);
    return { ...row, ...comparison(row, before, reference) };
  });
}

function comparison(row: ComparedFields, before: ComparedFields | null, reference: number): RateComparison {
  const isBeforeExport = row.effectiveFrom.getTime() <= reference;
  if (row.status !== 'active' || before === null || before.endsAt !== null) {
    return {
      ...{ previousRate: null, prevDiff: null, prevDiffStatus: 'new' },
      ...{ prevDiffExport: isBeforeExport ? '0' : null, prevDiffStatusExport: isBeforeExport ? 'unchanged' : 'new' },
    };
  }
  const diff = moneyOf(row.rate) - moneyOf(before.rate);
  const prevDiffStatus = changeOf(diff);
  return {
    ...{ previousRate: before.rate, prevDiff: plainDecimal(diff), prevDiffStatus },
    prevDiffExport: isBeforeExport ? '0' : plainDecimal(diff),
    prevDiffStatusExport: isBeforeExport ? 'unchanged' : prevDiffStatus,
  };
}

function changeOf(diff: Micros): RateChange {
  if (diff === 0n) return 'unchanged';
  return diff > 0n ? 'increased' : 'decreased';
}

/** As files have it: `increased (5.0000)`, `decreased (-0.5000)`, `new`, `unchanged`. */
export function exportStatusText(status: RateChange | 'closed', diff: string | null): string {
  if (diff === null || (status !== 'increased' && status !== 'decreased')) return status;
  return `${status} (${plainDecimal(moneyOf(diff), 4)})`;
}
