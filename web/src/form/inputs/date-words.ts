import { dateTimeFormat } from '../../i18n/intl';
/** The names of months and days in a locale, besides the English ones. */

/** 1 to 12, or null. In many languages a month next to a day has another form: `грудень`, `31 грудня`. */
export function monthOf(word: string, locale: string): number | null {
  const index = indexOf(word, locale, 12, (tag, month) => {
    const date = Date.UTC(2026, month, 15);
    return [
      nameIn(tag, date, { month: 'long' }, 'month'),
      nameIn(tag, date, { month: 'short' }, 'month'),
      nameIn(tag, date, { month: 'long', day: 'numeric' }, 'month'),
    ];
  });
  return index < 0 ? null : index + 1;
}

/** 0 (Sunday) to 6, or null. */
export function weekdayOf(word: string, locale: string): number | null {
  const index = indexOf(word, locale, 7, (tag, day) => {
    // The 4th of January 2026 was a Sunday.
    const date = Date.UTC(2026, 0, 4 + day);
    return [nameIn(tag, date, { weekday: 'long' }, 'weekday'), nameIn(tag, date, { weekday: 'short' }, 'weekday')];
  });
  return index < 0 ? null : index;
}

/** Whether the locale writes the day or the month first. */
export function dateOrder(locale: string): 'day-first' | 'month-first' {
  const parts = dateTimeFormat(locale, { month: 'numeric', day: 'numeric' }).formatToParts(0);
  const first = parts.find((part) => part.type === 'month' || part.type === 'day');
  return first?.type === 'month' ? 'month-first' : 'day-first';
}

/** A name, or its beginning of three letters or more, which is the beginning of that one alone. */
function indexOf(word: string, locale: string, count: number, names: (tag: string, index: number) => string[]): number {
  const typed = word.toLowerCase().replace(/\.$/, '');
  for (const tag of ['en', locale]) {
    const known = Array.from({ length: count }, (_, index) => names(tag, index));
    const exact = known.findIndex((forms) => forms.includes(typed));
    if (exact >= 0) return exact;
    const begun = known.flatMap((forms, index) => (forms.some((form) => form.startsWith(typed)) ? [index] : []));
    if (typed.length >= 3 && begun.length === 1) return begun[0] ?? -1;
  }
  return -1;
}

function nameIn(
  tag: string,
  date: number,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
): string {
  const parts = dateTimeFormat(tag, { ...options, timeZone: 'UTC' }).formatToParts(date);
  return (parts.find((part) => part.type === type)?.value ?? '').toLowerCase().replace(/\.$/, '');
}
