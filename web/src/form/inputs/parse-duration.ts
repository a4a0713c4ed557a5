/** Lengths of time as people type them: `24`, `36h`, `1d 12h`, `2 weeks`, `3 дні`. */

const unitMinutes: readonly (readonly [RegExp, number])[] = [
  [/^(m|min|mins|minutes?|хв|хвилин[аи]?)$/, 1],
  [/^(h|hr|hrs|hours?|г|год|годин[аи]?)$/, 60],
  [/^(d|days?|д|дн|день|дні|днів)$/, 1440],
  [/^(w|weeks?|т|тиж|тиждень|тижні|тижнів)$/, 10_080],
];

/**
 * Whole minutes, or null where it is no length of time.
 *
 * @param bareMinutes what a number without a unit counts, in minutes
 */
export function parseDuration(typed: string, bareMinutes: number): number | null {
  const text = typed.trim().toLowerCase().replace(/\./g, '').replace(/^\+/, '');
  if (/^\d{1,7}$/.test(text)) return Number(text) * bareMinutes;
  if (!/^(\d{1,7}\s*\p{L}+[\s,]*)+$/u.test(text)) return null;
  let minutes = 0;
  for (const [, count, word] of text.matchAll(/(\d+)\s*(\p{L}+)/gu)) {
    const unit = unitMinutes.find(([words]) => words.test(word ?? ''));
    if (!unit) return null;
    minutes += Number(count) * unit[1];
  }
  return minutes;
}
