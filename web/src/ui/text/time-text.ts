import { dayMs, hourMs, minuteMs } from '../durations';

/** Instants as people read them, in a zone and a locale. */

export type TimeStyle = 'date' | 'minute' | 'second' | 'short';

const styles: Readonly<Record<TimeStyle, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  short: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
};

export function timeText(instant: number, zone: string, locale: string, style: TimeStyle = 'minute'): string {
  return dateFormat(locale, { ...styles[style], timeZone: zone }).format(instant);
}

/** `2026-03-01 10:00:00 UTC`: one spelling in every language, to be compared with logs. */
export function utcText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The zone's short name at an instant: `GMT+2`, `CET`. */
export function zoneText(instant: number, zone: string, locale: string): string {
  const parts = dateFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(instant);
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

/** `in 3 hours`, `2 days ago`, `now`. */
export function relativeText(instant: number, now: number, locale: string): string {
  const distance = instant - now;
  const [unit, size] = steps.find(([, ms]) => Math.abs(distance) >= ms) ?? ['second', 1000];
  return relativeFormat(locale).format(Math.trunc(distance / size), unit);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, known);
  return known;
}

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const known = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, known);
  return known;
}
