import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t, type Key } from '../../i18n/t';
import { dayMs, hourMs, minuteMs } from '../durations';
import { durationText } from './duration-text';

const named: ReadonlyMap<number, Key> = new Map([
  [minuteMs, 'ui.interval.minute'],
  [hourMs, 'ui.interval.hour'],
  [dayMs, 'ui.interval.day'],
  [7 * dayMs, 'ui.interval.week'],
]);

/** How often: `daily`, `every 2 days`, `every 15 min`. */
export function intervalText(ms: number): string {
  const key = named.get(ms);
  return key ? t(key) : t('ui.interval.every', { time: durationText(ms, intlLocale()) });
}

/** The same at the beginning of a line. */
export function intervalTitle(ms: number): string {
  const text = intervalText(ms);
  return text.charAt(0).toLocaleUpperCase(intlLocale()) + text.slice(1);
}

const hoursShown = 48;

/** How late something can be: in hours up to two days, `24 hours`, not `1 day`. */
export function delayText(ms: number): string {
  const hours = ms / hourMs;
  if (!Number.isInteger(hours) || hours > hoursShown) return durationText(ms, intlLocale());
  return numberFormat(intlLocale(), { style: 'unit', unit: 'hour', unitDisplay: 'long' }).format(hours);
}
