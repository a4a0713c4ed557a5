import { hourMs, minuteMs } from '../../ui/durations';
import { daysIn, instantOf, plusDays, plusMonths, wallClock, weekday, type WallClock } from '../../ui/text/zoned';
import { dateOrder, monthOf, weekdayOf } from './date-words';

/**
 * Instants as people type them: `tomorrow 18:00`, `+7d`, `fri 9:30`, `18:00`, `2026-12-31`, `31.12.2026 23:59`,
 * `Dec 31`, `end of month`, RFC 3339; in English and in Ukrainian. What has no zone is meant in `zone`.
 */
export interface ReadingOf {
  readonly now: number;
  readonly zone: string;
  readonly locale: string;
  /** the time meant by a date without one, `HH:MM` */
  readonly timeOfDay: string;
}

type Day = Pick<WallClock, 'year' | 'month' | 'day'>;

/** The instant, or null where the text is none. */
export function parseInstant(typed: string, of: ReadingOf): number | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  if (/^\d{4}-\d{2}-\d{2}t/.test(text)) return rfc3339(typed.trim(), of);
  if (/^(now|зараз)$/.test(text)) return of.now;
  return shifted(text, of) ?? onADay(text, of);
}

function rfc3339(text: string, of: ReadingOf): number | null {
  if (/(z|[+-]\d{2}:?\d{2})$/i.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  return onADay(text.toLowerCase().replace('t', ' '), of);
}

const shifts: readonly (readonly [RegExp, (now: number, count: number, zone: string) => number])[] = [
  [/^(m|min|mins|minutes?|хв|хвилин[ауи]?)$/, (now, count) => now + count * minuteMs],
  [/^(h|hr|hrs|hours?|г|год|годин[ауи]?)$/, (now, count) => now + count * hourMs],
  [/^(d|days?|д|дн|день|дні|днів)$/, plusDays],
  [/^(w|weeks?|т|тиж|тиждень|тижні|тижнів)$/, (now, count, zone) => plusDays(now, count * 7, zone)],
  [/^(mo|mon|months?|міс|місяц[іь]в?)$/, plusMonths],
];

/** `+7d`, `-2h`, `in 3 days`, `через 3 дні`, `2 days ago`; `+7d 18:00` is that day at that time. */
function shifted(text: string, of: ReadingOf): number | null {
  const match = /^(\+|-|\u2212|in |через )? ?(\d{1,5}) ?(\p{L}+)( ago| тому)?(?: (?:at |о |об )?(\S.*))?$/u.exec(text);
  if (!match) return null;
  const [, sign, count, unit = '', ago, time] = match;
  if (sign === undefined && ago === undefined) return null;
  const shift = shifts.find(([words]) => words.test(unit));
  if (!shift) return null;
  const backwards = sign === '-' || sign === '\u2212' || ago !== undefined;
  const moved = shift[1](of.now, backwards ? -Number(count) : Number(count), of.zone);
  return time === undefined ? moved : at(wallClock(moved, of.zone), time, of);
}

/** A day and a time; either may be left out. */
function onADay(text: string, of: ReadingOf): number | null {
  const today = wallClock(of.now, of.zone);
  const bare = timeOf(text);
  if (bare) return nextTime(bare, of);
  const [, dayText = text, time] =
    /^(.*?)[ ,]+(?:at |о |об )?(\d{1,2}(?::\d{2}(?::\d{2})?)? ?(?:[ap]m)?)$/.exec(text) ?? [];
  const named = time === undefined || !timeOf(time) ? null : dayOf(dayText, today, of.locale);
  if (named) return at(named, time ?? of.timeOfDay, of);
  const alone = dayOf(text, today, of.locale);
  return alone ? at(alone, of.timeOfDay, of) : null;
}

function at(day: Day, time: string, of: ReadingOf): number | null {
  const clock = timeOf(time);
  if (!clock || day.day < 1 || day.month < 1 || day.month > 12 || day.day > daysIn(day.year, day.month)) return null;
  return instantOf({ year: day.year, month: day.month, day: day.day, ...clock }, of.zone);
}

/** `18:00` is today where that is still to come, else tomorrow. */
function nextTime(clock: { hour: number; minute: number }, of: ReadingOf): number {
  const today = wallClock(of.now, of.zone);
  const instant = instantOf({ ...today, ...clock }, of.zone);
  return instant > of.now ? instant : instantOf({ ...today, day: today.day + 1, ...clock }, of.zone);
}

function timeOf(text: string): { hour: number; minute: number } | null {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?([ap]m)?$/.exec(text.trim());
  if (!match || (match[2] === undefined && match[3] === undefined)) return null;
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? 0), match[3]];
  if (minute > 59 || hour > (half ? 12 : 24) || (half !== undefined && hour === 0)) return null;
  if (hour === 24) return minute === 0 ? { hour: 24, minute } : null;
  return { hour: half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour, minute };
}

function dayOf(text: string, today: WallClock, locale: string): Day | null {
  const words = text.trim().replace(/,$/, '');
  if (/^(today|сьогодні)$/.test(words)) return today;
  if (/^(tomorrow|завтра)$/.test(words)) return later(today, 1);
  if (/^(yesterday|вчора|учора)$/.test(words)) return later(today, -1);
  if (/^(day after tomorrow|післязавтра)$/.test(words)) return later(today, 2);
  if (/^(end of (the )?month|кінець місяця)$/.test(words)) return { ...today, day: daysIn(today.year, today.month) };
  const named = weekdayOf(words.replace(/^(next|on|наступн\S+|у|в) /, ''), locale);
  if (named !== null) return later(today, ((named - weekday(today) + 6) % 7) + 1);
  return numericDay(words, today, locale) ?? monthDay(words, today, locale);
}

function later(day: Day, days: number): Day {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** `2026-12-31`, `31.12.2026`, `31.12`, and with `/` in the order of the locale. */
function numericDay(text: string, today: WallClock, locale: string): Day | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const other = /^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?$/.exec(text);
  if (!other) return null;
  const [first, second] = [Number(other[1]), Number(other[3])];
  // A point between the parts is written by those who write the day first.
  const dayFirst = other[2] === '.' || dateOrder(locale) === 'day-first';
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return inAYear({ month, day }, other[4], today);
}

/** `31 Dec 2026`, `Dec 31`, `31 грудня`. */
function monthDay(text: string, today: WallClock, locale: string): Day | null {
  const before = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?(\p{L}+)\.?,?(?: (\d{4}))?(?: р\.?)?$/u.exec(text);
  const after = before ? null : /^(\p{L}+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?$/u.exec(text);
  const month = monthOf(before?.[2] ?? after?.[1] ?? '', locale);
  const day = Number(before?.[1] ?? after?.[2]);
  return month === null ? null : inAYear({ month, day }, before?.[3] ?? after?.[3], today);
}

/** Without a year the next such day is meant. */
function inAYear(day: { month: number; day: number }, year: string | undefined, today: WallClock): Day {
  if (year !== undefined) return { ...day, year: year.length === 2 ? 2000 + Number(year) : Number(year) };
  const over = day.month < today.month || (day.month === today.month && day.day < today.day);
  return { ...day, year: over ? today.year + 1 : today.year };
}
