import { hourMs, minuteMs } from '../durations';
import { dateTimeFormat } from '../../i18n/intl';

/** Wall clocks and instants of any IANA zone, by Intl alone. */

export interface WallClock {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** What a clock on the wall shows in a zone at an instant. */
export function wallClock(instant: number, zone: string): WallClock & { readonly second: number } {
  const parts = new Map(
    partsFormat(zone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

/**
 * The instant at which a zone's clock shows this. Days over the end of a month roll on. A time that the clock jumps
 * over in spring is moved by the jump; of one that it shows twice in autumn the first is meant.
 */
export function instantOf(wall: WallClock, zone: string): number {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  // The offset half a day before and after cover both sides of a jump of the clock.
  const before = offsetAt(asUtc - halfDay, zone);
  const after = offsetAt(asUtc + halfDay, zone);
  const early = asUtc - before;
  if (before === after || offsetAt(early, zone) === before) return early;
  const late = asUtc - after;
  return offsetAt(late, zone) === after ? late : early;
}

/** The same wall clock some days later, whatever the clocks do in between. */
export function plusDays(instant: number, days: number, zone: string): number {
  const wall = wallClock(instant, zone);
  const seconds = instant % minuteMs;
  return instantOf({ ...wall, day: wall.day + days }, zone) + seconds;
}

export function plusMonths(instant: number, months: number, zone: string): number {
  const wall = wallClock(instant, zone);
  const first = new Date(Date.UTC(wall.year, wall.month - 1 + months, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  return instantOf({ ...wall, year, month, day: Math.min(wall.day, daysIn(year, month)) }, zone);
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 0 is Sunday. */
export function weekday(wall: Pick<WallClock, 'year' | 'month' | 'day'>): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
}

const halfDay = 12 * hourMs;

/** What the zone's clock is ahead of UTC, in ms. */
function offsetAt(instant: number, zone: string): number {
  const wall = wallClock(instant, zone);
  const shown = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return shown - Math.floor(instant / 1000) * 1000;
}

function partsFormat(zone: string): Intl.DateTimeFormat {
  return dateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
