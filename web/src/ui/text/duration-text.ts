import { dayMs, hourMs, minuteMs } from '../durations';

/** Lengths of time as people read them. */

const units = [
  ['day', dayMs],
  ['hour', hourMs],
  ['minute', minuteMs],
  ['second', 1000],
] as const;

/** The two largest units that are not zero: `3 days 4 hr`, `12 min`, `0 sec`. */
export function durationText(ms: number, locale: string): string {
  let rest = Math.max(0, ms);
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(unitText(count, unit, locale));
    // A unit below the first one that counts: `3 days 4 hr`, not `3 days 12 sec`.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || unitText(0, 'second', locale);
}

/** `05:12:33`, above a day `3 days 04:11:09`: a clock that runs, its digits in their places. */
export function clockText(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const days = Math.floor(seconds / 86_400);
  return days === 0 ? clock : `${unitText(days, 'day', locale)} ${clock}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function unitText(count: number, unit: (typeof units)[number][0], locale: string): string {
  const key = `${locale} ${unit}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
  formats.set(key, known);
  return known.format(count);
}
