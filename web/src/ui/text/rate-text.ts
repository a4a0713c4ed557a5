import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';

/** Exchange rates are decimal strings of up to 12 decimals; Intl reads such strings exactly. */

const shape = /^\d{1,9}(\.\d{1,12})?$/;

export function isRate(rate: string): boolean {
  return shape.test(rate) && /[1-9]/.test(rate);
}

/** A rate as people read it, `1.0825`; what is none stays as it is. */
export function rateText(rate: string): string {
  if (!isRate(rate)) return rate;
  const format = numberFormat(intlLocale(), { minimumFractionDigits: 2, maximumFractionDigits: 12 });
  return format.format(rate as `${number}`);
}
