import type { components } from '../api/schema';
import { serverNow } from '../api/transport';
import { intlLocale } from '../i18n/language';
import { t } from '../i18n/t';
import { dayMs } from '../ui/durations';
import { compareAmounts, moneyText } from '../ui/text/money-text';
import { firstOf, moneyError, percentError, required, type FieldError } from './checks';

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

function aboveAmount(amount: string, limits: GrantLimits | null): FieldError {
  if (!limits || limits.maxAmount === null || moneyError(amount) !== null || amount === '') return null;
  if (compareAmounts(amount, limits.maxAmount) <= 0) return null;
  return t('client.grant.above', { amount: moneyText(limits.maxAmount, limits.currency, intlLocale()) });
}

function aboveShare(percent: string, limits: GrantLimits | null): FieldError {
  if (!limits || limits.maxPercent === null || percentError(percent) !== null || percent === '') return null;
  return compareAmounts(percent, limits.maxPercent) <= 0
    ? null
    : t('client.grant.abovePercent', { percent: limits.maxPercent });
}

export function untilError(
  { from, validUntil }: { readonly from: string; readonly validUntil: string },
  limits: GrantLimits | null,
): FieldError {
  const start = from === '' ? serverNow() : Date.parse(from);
  const end = Date.parse(validUntil);
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
  if (end <= start) return t('client.grant.untilBeforeFrom');
  const days = limits?.maxDays ?? null;
  return days !== null && end > start + days * dayMs ? t('client.grant.tooLong', { n: days }) : null;
}

/** `200.00 USD · 30 days`, or that nothing bounds it. */
export function maximumText({ maxAmount, maxPercent, maxDays, currency }: GrantLimits): string {
  const parts = [
    maxAmount !== null && moneyText(maxAmount, currency, intlLocale()),
    maxPercent !== null && t('client.grant.maxPercent', { percent: maxPercent }),
    maxDays !== null && t('client.grant.maxDays', { n: maxDays }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? t('client.grant.noMaximum') : parts.join(' · ');
}
