import type { MaximumIncrease, User, UserInput, UserRole } from '../../../api/types';
import {
  maxLength,
  emailAddressError,
  firstOf,
  integerError,
  moneyError,
  percentError,
  required,
} from '../../../form/checks';
import type { FieldError } from '../../../form/checks';
import { maximumLimitErrors, maximumLimitOf, type MaximumLimitValues } from '../../../form/maximum-limit';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';

/** The user as the form holds it: what is not set is an empty text. */
export interface UserValues extends Record<string, unknown> {
  name: string;
  email: string;
  role: UserRole;
  isActive: boolean;
  /** of a new user: an email with a link to set a password */
  isInvited: boolean;
  maximumIncrease: { amount: { amount: string; currency: string }; percent: string; days: number | '' };
  maximumCreditLimit: MaximumLimitValues;
  reason: string;
}

export function valuesOf(user: User | null): UserValues {
  const maximum = user?.maximumIncrease;
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? 'viewer',
    isActive: user?.status !== 'disabled',
    isInvited: user === null,
    maximumIncrease: {
      amount: maximum?.amount ?? { amount: '', currency: 'USD' },
      percent: maximum?.percent ?? '',
      days: maximum?.days ?? '',
    },
    maximumCreditLimit: user?.maximumCreditLimit ?? { amount: '', currency: 'USD' },
    reason: '',
  };
}

export function userErrors({
  name,
  email,
  maximumIncrease,
  maximumCreditLimit,
}: UserValues): Readonly<Record<Pointer, FieldError>> {
  const { amount, percent, days } = maximumIncrease;
  return {
    '#/name': firstOf(required(name), maxLength(200, name)),
    '#/email': firstOf(required(email), emailAddressError(email)),
    '#/maximumIncrease/amount/amount': moneyError(amount.amount, 'more_than_zero'),
    '#/maximumIncrease/amount/currency':
      amount.amount !== '' && amount.currency === '' ? t('settings.users.currencyMissing') : null,
    '#/maximumIncrease/percent': percentError(percent),
    '#/maximumIncrease/days': integerError(days, 1, 36_600),
    ...maximumLimitErrors(maximumCreditLimit),
  };
}

/** @param before null: a new one; else only what differs is sent, because users can't change their own rights */
export function bodyOf(values: UserValues, before: User | null): UserInput {
  const maximumIncrease = maximumOf(values.maximumIncrease);
  const reason = values.reason.trim();
  const status = values.isActive ? 'active' : 'disabled';
  const changesMaximum =
    JSON.stringify(maximumIncrease) !== JSON.stringify(maximumOf(valuesOf(before).maximumIncrease));
  const maximumCreditLimit = maximumLimitOf(values.maximumCreditLimit);
  const changesLimit =
    JSON.stringify(maximumCreditLimit) !== JSON.stringify(maximumLimitOf(valuesOf(before).maximumCreditLimit));
  return {
    name: values.name.trim(),
    email: values.email.trim(),
    ...(values.role !== before?.role && { role: values.role }),
    ...(status !== (before?.status ?? 'active') && { status }),
    ...(changesMaximum && { maximumIncrease }),
    ...(before === null && values.isInvited && values.isActive && { sendInvitation: true }),
    ...(changesLimit && { maximumCreditLimit }),
    ...(reason !== '' && { reason }),
  };
}

function maximumOf({ amount, percent, days }: UserValues['maximumIncrease']): MaximumIncrease {
  return {
    amount: amount.amount === '' ? null : { amount: amount.amount, currency: amount.currency },
    percent: percent === '' ? null : percent,
    days: days === '' ? null : days,
  };
}
