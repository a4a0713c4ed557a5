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
 * An amount as people read it: the digits of the locale, at least two decimals, U+2212 before what is negative, and
 * the currency always.
 *
 * @example moneyText('-419.78', 'USD', 'en') === '−419.78 USD'
 */
export function moneyText(
  amount: string,
  currency: string | null,
  locale: string,
  options: MoneyTextOptions = {},
): string {
  const number = amountText(amount, locale, options);
  return currency === null ? number : `${number}\u00a0${currency}`;
}

/** The digits alone, for inputs, whose currency stands beside them. */
export function amountText(amount: string, locale: string, options: MoneyTextOptions = {}): string {
  if (!isDecimal(amount)) return amount;
  const format = formatter(locale, options.signed === true);
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

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, signed: boolean): Intl.NumberFormat {
  const key = `${locale} ${signed}`;
  const known =
    formatters.get(key) ??
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: decimals,
      signDisplay: signed ? 'exceptZero' : 'negative',
    });
  formatters.set(key, known);
  return known;
}
