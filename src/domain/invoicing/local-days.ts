import { dayMs, hourMs, minuteMs } from '../durations.js';

/**
 * Days of a time zone. A day begins at its midnight, where there is none at its first instant; its length is never assumed.
 * Dates are texts, `2026-03-31`, which compare in order.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return format;
}

/** The date of an instant in a zone. */
export function localDate(instant: number, zone: string): string {
  return formatOf(zone).format(instant);
}

/** @param zone of IANA */
export function startOfDay(date: string, zone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  // Zones are up to 14 hours ahead and 12 behind. The last instant of the day before, and the first that is not.
  let [before, from] = [utc - 15 * hourMs, utc + 15 * hourMs];
  while (from - before > 1000) {
    const middle = before + Math.floor((from - before) / 2000) * 1000;
    if (localDate(middle, zone) < date) before = middle;
    else from = middle;
  }
  return from;
}

/** @param days may be negative */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The first date after this one that has the day, which every month has (1 to 28). */
export function nextDayOfMonth(date: string, day: number): string {
  const [year = 0, month = 0, today = 0] = date.split('-').map(Number);
  const following = new Date(Date.UTC(year, today < day ? month - 1 : month, day));
  return following.toISOString().slice(0, 10);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The instant at which clocks of a zone show a full hour of a day, also where a day has 23 or 25 hours. */
export function localTime(date: string, hour: number, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  const guess = startOfDay(date, zone) + hour * hourMs;
  const [shown = 0, minutes = 0] = clock.format(guess).split(':').map(Number);
  return guess + (hour - shown) * hourMs - minutes * minuteMs;
}
