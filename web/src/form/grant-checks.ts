import type { components } from '../api/schema';
import { serverNow } from '../api/transport';
import { intlLocale } from '../i18n/language';
import { t } from '../i18n/t';
import { dayMs } from '../ui/durations';
import { compareAmounts, moneyText } from '../ui/text/money-text';
import { firstOf, moneyFault, percentFault, required, type Fault } from './checks';

type GrantLimits = components['schemas']['TemporaryCreditLimits'];

/** The bounds of the user ("Maximum possible increase", manual 1), checked where they are typed. */

interface Asked {
  readonly by: string;
  readonly amount: string;
  readonly percent: string;
}

export function amountFaults({ by, amount, percent }: Asked, limits: GrantLimits | null): Record<`#/${string}`, Fault> {
  if (by === 'percent') {
    return { '#/percent': firstOf(required(percent), percentFault(percent), aboveShare(percent, limits)) };
  }
  return { '#/amount': firstOf(required(amount), moneyFault(amount, 'more_than_zero'), aboveAmount(amount, limits)) };
}

function aboveAmount(amount: string, limits: GrantLimits | null): Fault {
  if (!limits || limits.maxAmount === null || moneyFault(amount) !== null || amount === '') return null;
  if (compareAmounts(amount, limits.maxAmount) <= 0) return null;
  return t('client.grant.above', { amount: moneyText(limits.maxAmount, limits.currency, intlLocale()) });
}

function aboveShare(percent: string, limits: GrantLimits | null): Fault {
  if (!limits || limits.maxPercent === null || percentFault(percent) !== null || percent === '') return null;
  return compareAmounts(percent, limits.maxPercent) <= 0
    ? null
    : t('client.grant.abovePercent', { percent: limits.maxPercent });
}

export function untilFault(
  { from, validUntil }: { readonly from: string; readonly validUntil: string },
  limits: GrantLimits | null,
): Fault {
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
  return parts.length === 0 ? t('client.grant.unbounded') : parts.join(' · ');
}
