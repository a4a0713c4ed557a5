import { numberFormat } from '../../i18n/intl';
/** Money is a decimal string from end to end; Intl reads such strings exactly, so that no float is ever made of one. */

const decimal = /^-?\d+(\.\d+)?$/;

function isDecimal(text: string): text is `${number}` {
  return decimal.test(text);
}

export interface MoneyTextOptions {
  /** `+` before what is more than zero: for changes, not for balances */
  readonly signed?: boolean;
}

/**
 * An amount as people read it: the digits of the locale, all decimals that it has and at least those of its currency,
 * U+2212 before what is negative, and the currency always. Never rounded: `roundAmount` is for what was converted.
 *
 * @param currency null: the decimals stay as they are
 * @example moneyText('-419.78', 'USD', 'en') === '−419.78 USD'
 */
export function moneyText(
  amount: string,
  currency: string | null,
  locale: string,
  options: MoneyTextOptions = {},
): string {
  const number = amountText(amount, currency, locale, options);
  return currency === null ? number : `${number}\u00a0${currency}`;
}

/** The digits alone, for inputs, whose currency is next to them. */
export function amountText(
  amount: string,
  currency: string | null,
  locale: string,
  options: MoneyTextOptions = {},
): string {
  if (!isDecimal(amount)) return amount;
  const digits = currency === null ? (amount.split('.')[1]?.length ?? 0) : minorDigits(currency);
  const format = formatter(locale, Math.min(digits, decimals), options.signed === true);
  return format.format(amount).replace('-', '\u2212');
}

export function isNegative(amount: string): boolean {
  return amount.startsWith('-') && !isZero(amount);
}

export function isZero(amount: string): boolean {
  return /^-?0+(\.0+)?$/.test(amount);
}

/** Compares two decimal strings of one currency exactly: below 0, 0, above 0. */
export function compareAmounts(left: string, right: string): number {
  const difference = micros(left) - micros(right);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** `left − right` of one currency, exactly. */
export function subtractAmounts(left: string, right: string): string {
  return decimalOf(micros(left) - micros(right));
}

export function addAmounts(left: string, right: string): string {
  return decimalOf(micros(left) + micros(right));
}

/** So many percent of an amount, cut after six decimals. */
export function shareOf(amount: string, percent: string): string {
  return decimalOf((micros(amount) * micros(percent)) / 100_000_000n);
}

const decimals = 6;

/**
 * Rounds a converted amount to the minor digits of its currency, but never onto or across the amount that it is compared
 * with. The service does the same (src/domain/money.ts); both have one table of tests.
 */
export function roundAmount(amount: string, other: string, currency: string): string {
  const [value, bound] = [micros(amount), micros(other)];
  const unit = 10n ** BigInt(Math.max(0, decimals - minorDigits(currency)));
  if (value === bound) return decimalOf(value);
  const half = unit / 2n;
  const rounded = ((value < 0n ? value - half : value + half) / unit) * unit;
  if (value < bound) return decimalOf(rounded < bound ? rounded : roundDown(value, unit));
  return decimalOf(rounded > bound ? rounded : -roundDown(-value, unit));
}

function roundDown(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return value - (rest < 0n ? rest + unit : rest);
}

const digitsByCurrency = new Map<string, number>();

/** How many decimals the currency's smallest coin has; 2 where the currency is unknown. */
function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const digits = /^[A-Z]{3}$/.test(currency)
    ? (numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

function micros(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = BigInt(`${whole.replace('-', '') || '0'}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  return amount.startsWith('-') ? -digits : digits;
}

function decimalOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0{1,4}$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${fraction}`;
}

function formatter(locale: string, digits: number, signed: boolean): Intl.NumberFormat {
  return numberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: decimals,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
}
