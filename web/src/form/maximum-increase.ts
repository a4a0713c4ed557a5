import type { MaximumIncrease } from '../api/types';
import { t } from '../i18n/t';
import { integerError, moneyError, percentError, type FieldError } from './checks';
import type { Pointer } from './pointer';

/** A maximum possible increase as forms hold it: what is not set is an empty text. */
export interface MaximumIncreaseValues {
  amount: { amount: string; currency: string };
  percent: string;
  days: number | '';
}

type Given = { readonly [Part in keyof MaximumIncrease]?: MaximumIncrease[Part] | undefined };

export function maximumIncreaseValues(maximum: Given | null | undefined): MaximumIncreaseValues {
  return {
    amount: maximum?.amount ?? { amount: '', currency: 'USD' },
    percent: maximum?.percent ?? '',
    days: maximum?.days ?? '',
  };
}

/** @param at its pointer in the form */
export function maximumIncreaseErrors(
  at: Pointer,
  { amount, percent, days }: MaximumIncreaseValues,
): Readonly<Record<Pointer, FieldError>> {
  return {
    [`${at}/amount/amount`]: moneyError(amount.amount, 'more_than_zero'),
    [`${at}/amount/currency`]:
      amount.amount !== '' && amount.currency === '' ? t('settings.users.currencyMissing') : null,
    [`${at}/percent`]: /^0(\.0{1,4})?$/.test(percent) ? null : percentError(percent),
    [`${at}/days`]: integerError(days, 1, 36_600),
  };
}

export function maximumIncreaseOf({ amount, percent, days }: MaximumIncreaseValues): MaximumIncrease {
  return {
    amount: amount.amount === '' ? null : { amount: amount.amount, currency: amount.currency },
    percent: percent === '' ? null : percent,
    days: days === '' ? null : days,
  };
}
