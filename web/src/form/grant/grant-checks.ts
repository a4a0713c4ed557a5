import type { components } from '../../api/schema';
import { serverNow } from '../../api/transport';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { dayMs } from '../../ui/durations';
import { compareAmounts, moneyText } from '../../ui/text/money-text';
import { firstOf, moneyError, percentError, required, type FieldError } from '../checks';

type GrantLimits = components['schemas']['TemporaryCreditLimits'];

/** The bounds of the user (docs/manuals.md#maximum-possible-increase), checked where they are typed. */

interface Asked {
  readonly by: string;
  readonly amount: string;
  readonly percent: string;
}

export function amountErrors(
  { by, amount, percent }: Asked,
  limits: GrantLimits | null,
): Record<`#/${string}`, FieldError> {
  if (by === 'percent') {
    return { '#/percent': firstOf(required(percent), percentError(percent), aboveShare(percent, limits)) };
  }
  return { '#/amount': firstOf(required(amount), moneyError(amount, 'more_than_zero'), aboveAmount(amount, limits)) };
}

/** What is above the user's own maximum, for credit that another user can approve; null: nothing that is typed. */
export function aboveMaximum(
  { amount, ...span }: { readonly amount: string | null; readonly from: string; readonly validUntil: string },
  limits: GrantLimits,
): FieldError {
  return firstOf(amount === null ? null : aboveAmount(amount, limits), tooLong(span, limits));
}

function aboveAmount(amount: string, limits: GrantLimits | null): FieldError {
  if (!limits || limits.maxAmount === null || moneyError(amount) !== null || amount === '') return null;
  if (compareAmounts(amount, limits.maxAmount) <= 0) return null;
  return t('credit.above', { amount: moneyText(limits.maxAmount, limits.currency, intlLocale()) });
}

function aboveShare(percent: string, limits: GrantLimits | null): FieldError {
  if (!limits || limits.maxPercent === null || percentError(percent) !== null || percent === '') return null;
  return compareAmounts(percent, limits.maxPercent) <= 0
    ? null
    : t('credit.abovePercent', { percent: limits.maxPercent });
}

export function untilError(
  { from, validUntil }: { readonly from: string; readonly validUntil: string },
  limits: GrantLimits | null,
): FieldError {
  const start = from === '' ? serverNow() : Date.parse(from);
  const end = Date.parse(validUntil);
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  if (end <= start) return t('credit.untilBeforeFrom');
  return limits && tooLong({ from, validUntil }, limits);
}

function tooLong(
  { from, validUntil }: { readonly from: string; readonly validUntil: string },
  { maxDays }: GrantLimits,
): FieldError {
  const start = from === '' ? serverNow() : Date.parse(from);
  const end = Date.parse(validUntil);
  return maxDays !== null && end > start + maxDays * dayMs ? t('credit.tooLong', { n: maxDays }) : null;
}
