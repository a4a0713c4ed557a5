import { numberFormat } from '../../i18n/intl';
/** Money as people type and paste it: `1,234.5`, `1 234,50`, `−5`, `USD 12`. */

export type TypedMoney =
  { readonly amount: string } | { readonly fault: 'form.money.invalid' | 'form.money.tooLong' | 'form.money.decimals' };

const maxWholeDigits = 12;
const maxDecimals = 6;

/**
 * Reads what was typed into the API's decimal string, canonical as the server writes it (`7` becomes `7.00`).
 *
 * With `,` and `.` the last one is the decimal sign. One sign alone before exactly three digits groups thousands only
 * where the locale groups by it: `1,234` is a thousand in English and a little over one in Ukrainian.
 */
export function parseMoney(typed: string, locale: string): TypedMoney {
  const text = withoutCurrency(typed)
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .replace(/[\s\u00a0\u2009\u202f]/g, ' ')
    .replace(/^([+-]) +/, '$1')
    .trim();
  const [, sign = '', digits = ''] = /^([+-]?)([\d .,'’]+)$/.exec(text) ?? [];
  const parts = split(digits.trim(), locale);
  if (!parts) return { fault: 'form.money.invalid' };
  const whole = parts.whole.replace(/^0+(?=\d)/, '');
  const fraction = parts.fraction.replace(/0+$/, '');
  if (whole.length > maxWholeDigits) return { fault: 'form.money.tooLong' };
  if (fraction.length > maxDecimals) return { fault: 'form.money.decimals' };
  const amount = `${whole}.${fraction.padEnd(2, '0')}`;
  return { amount: sign === '-' && /[1-9]/.test(amount) ? `-${amount}` : amount };
}

/** A code or a sign of a currency at either end, as it comes along with a pasted amount. */
function withoutCurrency(text: string): string {
  return text
    .trim()
    .replace(/^([+\-\u2212]?)\s*(?:\p{Sc}|[A-Za-z]{3}\b)\s*/u, '$1')
    .replace(/\s*(?:\p{Sc}|\b[A-Za-z]{3})$/u, '');
}

function split(digits: string, locale: string): { whole: string; fraction: string } | null {
  const point = decimalSignAt(digits, locale);
  const whole = point < 0 ? digits : digits.slice(0, point);
  const fraction = point < 0 ? '' : digits.slice(point + 1);
  if (!/^\d*$/.test(fraction) || !isWhole(whole)) return null;
  if (whole === '' && fraction === '') return null;
  return { whole: whole.replace(/\D/g, '') || '0', fraction };
}

/** Plain digits, or groups of three behind one and the same sign. */
function isWhole(text: string): boolean {
  return /^\d*$/.test(text) || /^\d{1,3}([ .,'’])\d{3}(\1\d{3})*$/.test(text);
}

/** Position of the decimal sign, -1 where there is none. */
function decimalSignAt(digits: string, locale: string): number {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma >= 0 && point >= 0) return Math.max(comma, point);
  const at = Math.max(comma, point);
  if (at < 0) return -1;
  const sign = digits.charAt(at);
  if (digits.indexOf(sign) !== at) return -1;
  const groups = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) && sign === groupSign(locale);
  return groups ? -1 : at;
}

function groupSign(locale: string): string {
  const parts = numberFormat(locale).formatToParts(1_234_567);
  return parts.find((part) => part.type === 'group')?.value ?? '';
}
