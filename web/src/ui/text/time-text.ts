import { dayMs, hourMs, minuteMs } from '../durations';
import { dateTimeFormat, relativeTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';

/** Instants as people read them, in a zone and a locale. */

export type TimeStyle = 'date' | 'minute' | 'second' | 'short';

const styles: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  short: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
};

export function timeText(instant: number, zone: string, locale: string, style: TimeStyle = 'minute'): string {
  return dateTimeFormat(locale, { ...styles[style], timeZone: zone }).format(instant);
}

/** A day by its date, `2026-11-29`: `Nov 29, 2026`, whatever the zone of the reader. */
export function dayText(date: string): string {
  return timeText(Date.parse(`${date}T12:00:00Z`), 'UTC', intlLocale(), 'date');
}

/** `2026-03-01 10:00:00 UTC`: one spelling in every language, to be compared with logs. */
export function utcText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The zone's short name at an instant: `GMT+2`, `CET`. */
export function zoneText(instant: number, zone: string, locale: string): string {
  const parts = dateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(instant);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * dayMs],
  ['month', 30 * dayMs],
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', minuteMs],
  ['second', 1000],
];

/** `in 3 hours`, `2 days ago`, `now`: never `tomorrow`, which 30 hours are not. */
export function relativeText(instant: number, now: number, locale: string): string {
  const distance = instant - now;
  const [unit, size] = steps.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', 1000];
  const count = Math.trunc(distance / size);
  // A count of 0 would have the sign of what is to come.
  return relativeTimeFormat(locale, { numeric: count === 0 ? 'auto' : 'always' }).format(count === 0 ? 0 : count, unit);
}
