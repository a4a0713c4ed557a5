import { dayMs, hourMs, minuteMs } from '../durations';
import { numberFormat } from '../../i18n/intl';

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

/** `12:33` under an hour, a clock that runs; above it `5 hr 12 min`, where seconds would say nothing. */
export function clockText(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 3600) return durationText(seconds * 1000, locale);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function unitText(count: number, unit: (typeof units)[number][0], locale: string): string {
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}
