import { DomainError } from './errors.js';

/**
 * Money is an exact integer of millionths of its currency's unit: `-419.78` is `-419780000n`. At every boundary it is
 * a decimal string; a float never touches it. Six decimals, because charges have up to six.
 */
export type Micros = bigint;

/** An exchange rate times 10^12: `1.10` is `1100000000000n`. */
export type Rate = bigint;

const moneyDecimals = 6;
const microsPerUnit = 1_000_000n;
const centMicros = 10_000n;
const rateDecimals = 12;

/** What a rate of one is; `amount × rate / rateUnit` converts. */
export const rateUnit: Rate = 1_000_000_000_000n;

/** Twelve digits before the point and six after it: what `numeric(18,6)` holds. */
const moneyPattern = /^-?\d{1,12}(\.\d{1,6})?$/;
const ratePattern = /^\d{1,9}(\.\d{1,12})?$/;
const percentPattern = /^\d{1,3}(\.\d{1,4})?$/;

export function isMoney(text: string): boolean {
  return moneyPattern.test(text);
}

/**
 * Reads a decimal string (`-12`, `0.50`, `99.999999`).
 *
 * @throws DomainError `invalid` for anything else: exponents, thousands separators, more than 12 + 6 digits.
 */
export function parseMoney(text: string, pointer = ''): Micros {
  if (!moneyPattern.test(text)) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" is not an amount: write a decimal string of at most 12 digits and 6 decimals, such as "12.50"`,
      pointer,
    );
  }
  return scaled(text, moneyDecimals);
}

/** Reads what the database or an own message says, which was checked when it was written. */
export function moneyOf(text: string): Micros {
  return scaled(text, moneyDecimals);
}

/**
 * Reads a positive exchange rate of at most 9 digits and 12 decimals.
 *
 * @throws DomainError `invalid` when it is none, or zero.
 */
export function parseRate(text: string, pointer = ''): Rate {
  const rate = ratePattern.test(text) ? scaled(text, rateDecimals) : 0n;
  if (rate <= 0n) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" is not a rate: write a positive decimal string, such as "1.0825"`,
      pointer,
    );
  }
  return rate;
}

export function rateOf(text: string): Rate {
  return scaled(text, rateDecimals);
}

/** Writes a rate without trailing zeros: `1.1`, `2`. */
export function formatRate(rate: Rate): string {
  const decimals = (rate % rateUnit).toString().padStart(rateDecimals, '0').replace(/0+$/, '');
  return decimals === '' ? `${rate / rateUnit}` : `${rate / rateUnit}.${decimals}`;
}

/**
 * Reads a share in percent (`75`, `7.5`) as millionths of a percent.
 *
 * @throws DomainError `invalid` unless it is above 0 and has at most 3 digits and 4 decimals.
 */
export function parsePercent(text: string, pointer = ''): Micros {
  const percent = percentPattern.test(text) ? scaled(text, moneyDecimals) : 0n;
  if (percent <= 0n) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" is not a percentage: write a positive number, such as "75"`,
      pointer,
    );
  }
  return percent;
}

/** All digits that are there, at least two decimals: `12.50`, `0.000001`. */
export function formatMoney(micros: Micros): string {
  const negative = micros < 0n;
  const digits = (negative ? -micros : micros).toString().padStart(moneyDecimals + 1, '0');
  const whole = digits.slice(0, -moneyDecimals);
  // Most amounts are whole cents.
  const fraction = digits.endsWith('0000') ? digits.slice(-6, -4) : digits.slice(-moneyDecimals).replace(/0{1,3}$/, '');
  return `${negative ? '-' : ''}${whole}.${fraction}`;
}

/** All digits that the amount has, at least the minor digits of the currency: `950.00` USD, `950` JPY, `950.000` KWD. */
export function formatMoneyFor(micros: Micros, currency: string): string {
  const [whole = '', fraction = ''] = formatMoney(micros).split('.');
  const digits = fraction.replace(/0+$/, '').padEnd(minorDigits(currency), '0');
  return digits === '' ? whole : `${whole}.${digits}`;
}

const digitsByCurrency = new Map<string, number>();

/** How many decimals the currency's smallest coin has; 2 where the currency is unknown. */
function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

/** Two decimals, half away from zero: how mails and lists show a balance. */
export function formatCents(micros: Micros): string {
  return formatMoney(divideRounded(micros, centMicros) * centMicros);
}

/** `amount × rate`, rounded half away from zero to six decimals. */
export function convert(amount: Micros, rate: Rate): Micros {
  return divideRounded(amount * rate, rateUnit);
}

/** `percent` (millionths of a percent) of `amount`, rounded half away from zero to cents. */
export function percentOf(amount: Micros, percent: Micros): Micros {
  return divideRounded(amount * percent, 100n * microsPerUnit * centMicros) * centMicros;
}

/** The smallest x with `x × rate >= amount`. */
export function unconvertUp(amount: Micros, rate: Rate): Micros {
  const product = amount * rateUnit;
  const quotient = product / rate;
  return product > 0n && quotient * rate !== product ? quotient + 1n : quotient;
}

function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (dividend < 0n ? dividend - half : dividend + half) / divisor;
}

function scaled(text: string, decimals: number): bigint {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text + '0'.repeat(decimals));
  return BigInt(text.slice(0, point) + text.slice(point + 1, point + 1 + decimals).padEnd(decimals, '0'));
}
