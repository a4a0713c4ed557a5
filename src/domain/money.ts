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
      `"${text.slice(0, 40)}" must be an amount: a decimal string with up to 12 digits and 6 decimals, such as ` +
        '"12.50"',
      pointer,
    );
  }
  return scaled(text, moneyDecimals);
}

/** Whether an amount has more digits before the point than these, on either side of 0. */
export function exceedsDigits(amount: Micros, digits: number): boolean {
  const most = 10n ** BigInt(digits) * microsPerUnit;
  return amount >= most || amount <= -most;
}

/** What is wrong with an amount that has more digits before the point than these. */
export function digitsError(digits: number): string {
  return `must have up to ${digits} digits before the point`;
}

/** Reads what the database or an own message says, which was checked when it was written. */
export function moneyOf(text: string): Micros {
  return scaled(text, moneyDecimals);
}

/**
 * Reads a positive exchange rate of up to 9 digits and 12 decimals.
 *
 * @throws DomainError `invalid` when it is none, or zero.
 */
export function parseRate(text: string, pointer = ''): Rate {
  const rate = ratePattern.test(text) ? scaled(text, rateDecimals) : 0n;
  if (rate <= 0n) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" must be a rate: a positive decimal string, such as "1.0825"`,
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
 * @throws DomainError `invalid` unless it is above 0 and has up to 3 digits and 4 decimals.
 */
export function parsePercent(text: string, pointer = ''): Micros {
  const percent = percentPattern.test(text) ? scaled(text, moneyDecimals) : 0n;
  if (percent <= 0n) {
    throw new DomainError(
      'invalid',
      `"${text.slice(0, 40)}" must be a percentage: a positive number, such as "75"`,
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

/**
 * An amount as texts show it: all digits that it has, at least the minor digits of the currency (`950.00` USD, `950` JPY,
 * `950.000` KWD). Never rounded, so that 99.999999 does not look like 100.
 */
export function formatMoneyFor(micros: Micros, currency: string): string {
  const [whole = '', fraction = ''] = formatMoney(micros).split('.');
  const digits = fraction.replace(/0+$/, '').padEnd(minorDigits(currency), '0');
  return digits === '' ? whole : `${whole}.${digits}`;
}

/** The same with its currency: `99.999999 USD`. */
export function moneyWithCurrency(micros: Micros, currency: string): string {
  return `${formatMoneyFor(micros, currency)} ${currency}`;
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

/** True where the amount is in whole units of the currency's smallest coin. */
export function fitsMinorDigits(amount: Micros, currency: string): boolean {
  return amount % 10n ** BigInt(Math.max(0, moneyDecimals - minorDigits(currency))) === 0n;
}

/**
 * Rounds a converted amount to the currency's minor digits, half away from zero, but never onto or across the amount
 * that it is compared with: 99.999 USD next to 100 is 99.99.
 *
 * @param other what the text compares it with; 0 where only its sign matters
 */
export function roundBeside(amount: Micros, other: Micros, currency: string): Micros {
  // Equal to what it is compared with, and to be shown so.
  if (amount === other) return amount;
  const unit = 10n ** BigInt(Math.max(0, moneyDecimals - minorDigits(currency)));
  const rounded = divideRounded(amount, unit) * unit;
  if (amount < other) return rounded < other ? rounded : roundDown(amount, unit);
  return rounded > other ? rounded : -roundDown(-amount, unit);
}

/** The amount in the currency's minor digits, half away from zero: 13.463456 USD is 13.46, 2.5 JPY is 3. */
export function roundFor(amount: Micros, currency: string): Micros {
  const unit = 10n ** BigInt(Math.max(0, moneyDecimals - minorDigits(currency)));
  return divideRounded(amount, unit) * unit;
}

/** `amount × numerator / denominator` (above 0) in the currency's minor digits, rounded once, half away from zero. */
export function shareFor(amount: Micros, numerator: bigint, denominator: bigint, currency: string): Micros {
  const unit = 10n ** BigInt(Math.max(0, moneyDecimals - minorDigits(currency)));
  return divideRounded(amount * numerator, denominator * unit) * unit;
}

/** Two decimals, half away from zero: how scenarios state a balance (docs/scenarios.md). Texts show amounts exactly. */
export function formatCents(micros: Micros): string {
  return formatMoney(divideRounded(micros, centMicros) * centMicros);
}

/** The largest amount with the currency's minor digits that is not above this one: for maximums that are converted. */
export function roundDownFor(amount: Micros, currency: string): Micros {
  return roundDown(amount, 10n ** BigInt(Math.max(0, moneyDecimals - minorDigits(currency))));
}

function roundDown(amount: bigint, unit: bigint): bigint {
  const rest = amount % unit;
  return amount - (rest < 0n ? rest + unit : rest);
}

/** `amount × rate`, rounded half away from zero to six decimals. */
export function convert(amount: Micros, rate: Rate): Micros {
  return divideRounded(amount * rate, rateUnit);
}

/** The same, on that side of `other` on which the exact product lies: what is rounded compares as what is not. */
export function convertBeside(amount: Micros, rate: Rate, other: Micros): Micros {
  const converted = convert(amount, rate);
  const [exact, bound] = [amount * rate, other * rateUnit];
  if (exact < bound) return converted < other ? converted : other - 1n;
  return exact > bound && converted <= other ? other + 1n : converted;
}

/** `percent` (millionths of a percent) of `amount`, rounded half away from zero to cents. */
export function percentOf(amount: Micros, percent: Micros): Micros {
  return divideRounded(amount * percent, 100n * microsPerUnit * centMicros) * centMicros;
}

/** The smallest amount that is `percent` of `amount` or more, exactly: where a share is compared, nothing is rounded. */
export function shareUp(amount: Micros, percent: Micros): Micros {
  const [product, whole] = [amount * percent, 100n * microsPerUnit];
  const quotient = product / whole;
  return product > 0n && quotient * whole !== product ? quotient + 1n : quotient;
}

/** The smallest x with `x × rate >= amount`. */
export function unconvertUp(amount: Micros, rate: Rate): Micros {
  const product = amount * rateUnit;
  const quotient = product / rate;
  return product > 0n && quotient * rate !== product ? quotient + 1n : quotient;
}

/** @param divisor above 0 */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (dividend < 0n ? dividend - half : dividend + half) / divisor;
}

function scaled(text: string, decimals: number): bigint {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text + '0'.repeat(decimals));
  return BigInt(text.slice(0, point) + text.slice(point + 1, point + 1 + decimals).padEnd(decimals, '0'));
}
