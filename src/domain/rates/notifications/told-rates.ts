import { addDays, localDate, startOfDay } from '../../invoicing/local-days.js';
import type { AgreementFields } from '../agreements/agreement.js';
import { earliestEffective, nextNotification } from '../agreements/notice-times.js';
import { compareRates, rateChanges, seriesKey, type RateChange, type RateComparison } from '../tables/rate-changes.js';
import type { TableRateFields } from '../tables/table-rate.js';
import type { RateNotificationKind, RateNotificationType } from './rate-notification.js';

/** Which rates of a table a notification tells, and how each differs (docs/rates.md#rate-notifications). */

/** closed: nothing but that it ends */
export const toldChanges = [...rateChanges, 'closed'] as const;
type ToldChange = RateChange | 'closed';

export interface StoredRate extends TableRateFields {
  readonly updatedAt: Date;
}

export type ToldRate = StoredRate &
  Omit<RateComparison, 'prevDiffStatusExport'> & { readonly prevDiffStatusExport: ToldChange };

type Agreement = Pick<AgreementFields, 'notificationDays' | 'hour' | 'timezone' | 'terms'>;

interface Telling {
  readonly kind: RateNotificationKind;
  readonly type: RateNotificationType;
  /** of each series the last rate alone, also one of the future */
  readonly unique: boolean;
  /** ms since 1970 */
  readonly now: number;
  /** of the last notification; null: there was none */
  readonly lastAt: number | null;
  /** of the last correction; null: there was none */
  readonly correctedAt: number | null;
  readonly agreement: Agreement | null;
  /** of the rate table */
  readonly timezone: string;
}

/** Rates as of when others are unchanged: those of the last notification, the first time of this one. */
export function referenceOf({ lastAt, now }: Pick<Telling, 'lastAt' | 'now'>): number {
  return lastAt ?? now;
}

/** The rates that a notification tells, in the order of their codes; none: there is nothing to send. */
export function toldRates(rows: readonly StoredRate[], telling: Telling): ToldRate[] {
  const { kind, now } = telling;
  const reference = kind === 'correction' ? -Infinity : referenceOf(telling);
  const active = rows.filter(({ status }) => status === 'active');
  const compared = compareRates(active, reference).map((rate) => told(rate, reference));
  const wanted = wantedRates(telling);
  return notOver(compared, now).filter(wanted).sort(byCode);
}

function wantedRates(telling: Telling): (rate: ToldRate, index: number, all: readonly ToldRate[]) => boolean {
  const { kind, type, unique, lastAt, correctedAt } = telling;
  switch (kind) {
    case 'scheduled':
      return (rate, _index, all) =>
        (type === 'all' || rate.prevDiffStatusExport !== 'unchanged') && (!unique || lastOf(all).has(rate));
    case 'forced': {
      const isLate = lateness(telling);
      return (rate) => isLate(rate);
    }
    case 'correction': {
      const since = Math.max(lastAt ?? Infinity, correctedAt ?? -Infinity);
      return ({ effectiveFrom, updatedAt }) =>
        lastAt !== null && effectiveFrom.getTime() <= lastAt && updatedAt.getTime() > since;
    }
  }
}

const lastRates = new WeakMap<readonly ToldRate[], ReadonlySet<ToldRate>>();

/** The last rate of each series. */
function lastOf(rates: readonly ToldRate[]): ReadonlySet<ToldRate> {
  const known = lastRates.get(rates);
  if (known) return known;
  const bySeries = new Map<string, ToldRate>();
  for (const rate of rates) {
    const last = bySeries.get(seriesKey(rate));
    if (!last || rate.effectiveFrom > last.effectiveFrom) bySeries.set(seriesKey(rate), rate);
  }
  const found = new Set(bySeries.values());
  lastRates.set(rates, found);
  return found;
}

/** Whether the next scheduled notification would tell a rate, or its end, later than the agreement permits. */
function lateness({ agreement, now, timezone }: Telling): (rate: ToldRate) => boolean {
  if (!agreement) {
    const dayAfterTomorrow = startOfDay(addDays(localDate(now, timezone), 2), timezone);
    const isSoon = (at: Date | null): boolean => at !== null && at.getTime() > now && at.getTime() < dayAfterTomorrow;
    return ({ effectiveFrom, endsAt }) => isSoon(effectiveFrom) || isSoon(endsAt);
  }
  const next = nextNotification(agreement, now);
  return ({ effectiveFrom, endsAt, prevDiffStatus }) => {
    const isLate = (at: Date | null, kind: ToldChange): boolean =>
      at !== null && at.getTime() > now && at.getTime() < earliestEffective(agreement, kind, next);
    return isLate(effectiveFrom, prevDiffStatus) || isLate(endsAt, 'closed');
  };
}

/** Without those that have ended, and those that a later one has replaced already. */
function notOver(rates: readonly ToldRate[], now: number): ToldRate[] {
  const current = new Map<string, number>();
  for (const rate of rates) {
    const at = rate.effectiveFrom.getTime();
    if (at <= now) current.set(seriesKey(rate), Math.max(at, current.get(seriesKey(rate)) ?? -Infinity));
  }
  return rates.filter(
    (rate) =>
      (rate.endsAt === null || rate.endsAt.getTime() > now) &&
      rate.effectiveFrom.getTime() >= (current.get(seriesKey(rate)) ?? -Infinity),
  );
}

function told(rate: StoredRate & RateComparison, reference: number): ToldRate {
  const isClosed =
    rate.prevDiffStatusExport === 'unchanged' && rate.endsAt !== null && rate.endsAt.getTime() > reference;
  return { ...rate, prevDiffStatusExport: isClosed ? 'closed' : rate.prevDiffStatusExport };
}

function byCode(one: ToldRate, other: ToldRate): number {
  return (
    compareText(one.code, other.code) ||
    compareText(one.timeProfile, other.timeProfile) ||
    compareText(one.policy, other.policy) ||
    one.effectiveFrom.getTime() - other.effectiveFrom.getTime()
  );
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

export type ToldCounts = Readonly<Record<ToldChange | 'total', number>>;

export function countTold(rates: readonly ToldRate[]): ToldCounts {
  const counts: Record<ToldChange | 'total', number> = {
    ...{ total: rates.length, new: 0, increased: 0, decreased: 0, unchanged: 0, closed: 0 },
  };
  for (const { prevDiffStatusExport } of rates) counts[prevDiffStatusExport] += 1;
  return counts;
}

/** When the first of the rates that differ takes effect; null: none differs. */
export function firstEffective(rates: readonly ToldRate[]): Date | null {
  const times = rates.filter(({ prevDiffStatusExport: change }) => change !== 'unchanged' && change !== 'closed');
  const first = Math.min(...times.map(({ effectiveFrom }) => effectiveFrom.getTime()));
  return Number.isFinite(first) ? new Date(first) : null;
}
