import { dateTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { dayMs, hourMs, minuteMs } from '../durations';
import { instantOf, plusDays, wallClock } from '../text/zoned';

/** A time axis: where it begins, and its labels. */

/** Fewer than this would be drawn as a stroke. */
const minSpan = 10 * minuteMs;

interface AxisStart {
  readonly from: number;
  /** there are no data before `from`: say since when, with `DataSince` */
  readonly isYoung: boolean;
}

/** An axis begins with its range, or with the first data where the range has older times without any. */
export function axisStart(range: { readonly from: number; readonly to: number }, dataSince: number | null): AxisStart {
  if (dataSince === null || dataSince <= range.from) return { from: range.from, isYoung: false };
  return { from: Math.max(range.from, Math.min(dataSince, range.to - minSpan)), isYoung: true };
}

/** Below this, labels are times of day. */
const hoursUpTo = 2 * dayMs;
const spans = [1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs);
const hours = [1, 2, 3, 6, 12].map((count) => count * hourMs);
const maxTicks = 7;

/** Round minutes, hours, or midnights of the zone, up to seven. */
export function timeTicks(from: number, to: number, zone: string): readonly number[] {
  const span = to - from;
  if (span >= hoursUpTo) return dayTicks(from, to, zone);
  const step = [...spans, ...hours].find((size) => span / size <= maxTicks) ?? 12 * hourMs;
  const { year, month, day } = wallClock(from, zone);
  const midnight = instantOf({ year, month, day, hour: 0, minute: 0 }, zone);
  const first = midnight + Math.ceil((from - midnight) / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

function dayTicks(from: number, to: number, zone: string): readonly number[] {
  const step = Math.max(1, Math.ceil((to - from) / dayMs / maxTicks));
  const start = wallClock(from, zone);
  const ticks: number[] = [];
  let at = instantOf({ ...start, hour: 0, minute: 0 }, zone);
  if (at < from) at = plusDays(at, 1, zone);
  for (; at <= to; at = plusDays(at, step, zone)) ticks.push(at);
  return ticks;
}

/** The label of a tick: the time of day on a short axis, the day on a long one. */
export function tickText(at: number, axis: { readonly from: number; readonly to: number }, zone: string): string {
  const isShort = axis.to - axis.from < hoursUpTo;
  const parts = isShort
    ? ({ hour: 'numeric', minute: '2-digit' } as const)
    : ({ month: 'short', day: 'numeric' } as const);
  return dateTimeFormat(intlLocale(), { timeZone: zone, ...parts }).format(at);
}
