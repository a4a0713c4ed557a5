import { addDays, localDate, startOfDay } from '../../invoicing/local-days.js';
import type { AgreementFields } from '../agreements/agreement.js';
import { earliestEffective, nextNotification } from '../agreements/notice-times.js';
import { compareRates, rateChanges, seriesKey, type RateChange, type RateComparison } from '../tables/rate-changes.js';
import type { TableRateFields } from '../tables/table-rate.js';
import type { RateNotificationKind, RateNotificationType } from './rate-notification.js';

/** Which rates of a table a notification announces, and how each differs (docs/rates.md#rate-notifications). */

/** closed: the only change is that it ends */
export const announcedChanges = [...rateChanges, 'closed'] as const;
type AnnouncedChange = RateChange | 'closed';

export interface StoredRate extends TableRateFields {
  readonly updatedAt: Date;
}

export type AnnouncedRate = StoredRate &
  Omit<RateComparison, 'prevDiffStatusExport'> & { readonly prevDiffStatusExport: AnnouncedChange };

type Agreement = Pick<AgreementFields, 'notificationDays' | 'hour' | 'timezone' | 'terms'>;

interface Selection {
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
export function referenceOf({ lastAt, now }: Pick<Selection, 'lastAt' | 'now'>): number {
  return lastAt ?? now;
}

/** The rates that a notification announces, in the order of their codes; none: there is nothing to send. */
export function announcedRates(rows: readonly StoredRate[], selection: Selection): AnnouncedRate[] {
  const { kind, now } = selection;
  const reference = kind === 'correction' ? -Infinity : referenceOf(selection);
  const active = rows.filter(({ status }) => status === 'active');
  const compared = compareRates(active, reference).map((rate) => toAnnounced(rate, reference));
  const wanted = wantedRates(selection);
  return notOver(compared, now).filter(wanted).sort(byCode);
}

function wantedRates(
  selection: Selection,
): (rate: AnnouncedRate, index: number, all: readonly AnnouncedRate[]) => boolean {
  const { kind, type, unique, lastAt, correctedAt } = selection;
  switch (kind) {
    case 'scheduled':
      return (rate, _index, all) =>
        (type === 'all' || rate.prevDiffStatusExport !== 'unchanged') && (!unique || lastOf(all).has(rate));
    case 'forced': {
      const isLate = lateness(selection);
      return (rate) => isLate(rate);
    }
    case 'correction': {
      const since = Math.max(lastAt ?? Infinity, correctedAt ?? -Infinity);
      return ({ effectiveFrom, updatedAt }) =>
        lastAt !== null && effectiveFrom.getTime() <= lastAt && updatedAt.getTime() > since;
    }
  }
}

const lastRates = new WeakMap<readonly AnnouncedRate[], ReadonlySet<AnnouncedRate>>();

/** The last rate of each series. */
function lastOf(rates: readonly AnnouncedRate[]): ReadonlySet<AnnouncedRate> {
  const known = lastRates.get(rates);
  if (known) return known;
  const bySeries = new Map<string, AnnouncedRate>();
  for (const rate of rates) {
    const last = bySeries.get(seriesKey(rate));
    if (!last || rate.effectiveFrom > last.effectiveFrom) bySeries.set(seriesKey(rate), rate);
  }
  const found = new Set(bySeries.values());
  lastRates.set(rates, found);
  return found;
}

/** Whether the next scheduled notification would announce a rate, or its end, later than the agreement permits. */
function lateness({ agreement, now, timezone }: Selection): (rate: AnnouncedRate) => boolean {
  if (!agreement) {
    const dayAfterTomorrow = startOfDay(addDays(localDate(now, timezone), 2), timezone);
    const isSoon = (at: Date | null): boolean => at !== null && at.getTime() > now && at.getTime() < dayAfterTomorrow;
    return ({ effectiveFrom, endsAt }) => isSoon(effectiveFrom) || isSoon(endsAt);
  }
  const next = nextNotification(agreement, now);
  return ({ effectiveFrom, endsAt, prevDiffStatus }) => {
    const isLate = (at: Date | null, kind: AnnouncedChange): boolean =>
      at !== null && at.getTime() > now && at.getTime() < earliestEffective(agreement, kind, next);
    return isLate(effectiveFrom, prevDiffStatus) || isLate(endsAt, 'closed');
  };
}

/** Without those that have ended, and those that a later one has replaced already. */
function notOver(rates: readonly AnnouncedRate[], now: number): AnnouncedRate[] {
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

function toAnnounced(rate: StoredRate & RateComparison, reference: number): AnnouncedRate {
  const isClosed =
    rate.prevDiffStatusExport === 'unchanged' && rate.endsAt !== null && rate.endsAt.getTime() > reference;
  return { ...rate, prevDiffStatusExport: isClosed ? 'closed' : rate.prevDiffStatusExport };
}

function byCode(one: AnnouncedRate, other: AnnouncedRate): number {
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

export type AnnouncedCounts = Readonly<Record<AnnouncedChange | 'total', number>>;

export function countAnnounced(rates: readonly AnnouncedRate[]): AnnouncedCounts {
  const counts: Record<AnnouncedChange | 'total', number> = {
    ...{ total: rates.length, new: 0, increased: 0, decreased: 0, unchanged: 0, closed: 0 },
  };
  for (const { prevDiffStatusExport } of rates) counts[prevDiffStatusExport] += 1;
  return counts;
}

/** When the first of the rates that differ takes effect; null: none differs. */
export function firstEffective(rates: readonly AnnouncedRate[]): Date | null {
  const times = rates.filter(({ prevDiffStatusExport: change }) => change !== 'unchanged' && change !== 'closed');
  const first = Math.min(...times.map(({ effectiveFrom }) => effectiveFrom.getTime()));
  return Number.isFinite(first) ? new Date(first) : null;
}
