import { intlLocale } from '../i18n/language';
import { t } from '../i18n/t';
import { compareAmounts } from '../ui/text/money-text';
import { emailError } from './recipients/parse-emails';
import { parseMoney } from './inputs/parse-money';

/** Checks as the server makes them, so that a mistake shows where it is made. Null: nothing is wrong. */
export type FieldError = string | null;

const money = /^-?\d{1,12}(\.\d{1,6})?$/;
const percent = /^\d{1,3}(\.\d{1,4})?$/;

/** The first fault of several checks. */
export function firstOf(...errors: readonly FieldError[]): FieldError {
  return errors.find((error) => error !== null) ?? null;
}

export function required(value: string | readonly unknown[] | null | undefined): FieldError {
  const isThere = typeof value === 'string' ? value.trim() !== '' : (value?.length ?? 0) > 0;
  return isThere ? null : t('form.required');
}

export function maxLength(length: number, value: string): FieldError {
  return value.length > length ? t('form.tooLong', { n: length }) : null;
}

/** A decimal string; an empty one is left to `required`. */
export function moneyError(value: string | null, min?: 'zero' | 'more_than_zero', digits = 12): FieldError {
  if (value === null || value === '') return null;
  if (!money.test(value)) {
    const read = parseMoney(value, intlLocale());
    const fault = 'fault' in read ? read.fault : 'form.money.invalid';
    return t(fault);
  }
  if (value.replace(/^-?0*|\..*$/g, '').length > digits) return t('form.money.digits', { n: digits });
  if (min === 'zero' && compareAmounts(value, '0') < 0) return t('form.money.negative');
  if (min === 'more_than_zero' && compareAmounts(value, '0') <= 0) return t('form.money.positive');
  return null;
}

export function percentError(value: string | null): FieldError {
  if (value === null || value === '') return null;
  if (!/^[\d.]+$/.test(value)) return t('form.percent.invalid');
  if (!percent.test(value)) return t('form.percent.decimals');
  return /[1-9]/.test(value) ? null : t('form.percent.invalid');
}

/** What a number field holds: a number, or a text that is none. */
export function integerError(value: number | string | null, min: number, max: number): FieldError {
  if (value === null || value === '') return null;
  const isFit = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return isFit ? null : t('form.integer', { min, max });
}

export function emailsError(addresses: readonly string[]): FieldError {
  for (const address of addresses) {
    const error = emailError(address);
    if (error === 'form.email.latin') return t('form.email.latinNamed', { address });
    if (error !== null) return t('form.email.invalidNamed', { address });
  }
  return null;
}

export function emailAddressError(address: string | null): FieldError {
  if (address === null || address.trim() === '') return null;
  const error = emailError(address);
  return error === null ? null : t(error);
}

/** What a time field holds: an RFC 3339 instant, or a text that is none. */
export function instantError(value: string | null, now: number | null = null): FieldError {
  if (value === null || value === '') return null;
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) return t('form.instant.invalid');
  return now !== null && instant <= now ? t('form.instant.past') : null;
}
