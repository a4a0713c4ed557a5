import type { User, UserInput, UserRole } from '../../../api/types';
import { maxLength, emailAddressError, firstOf, required } from '../../../form/checks';
import type { FieldError } from '../../../form/checks';
import {
  maximumIncreaseErrors,
  maximumIncreaseOf,
  maximumIncreaseValues,
  type MaximumIncreaseValues,
} from '../../../form/maximum-increase';
import { maximumLimitErrors, maximumLimitOf, type MaximumLimitValues } from '../../../form/maximum-limit';
import type { Pointer } from '../../../form/pointer';

/** The user as the form holds it: what is not set is an empty text. */
export interface UserValues extends Record<string, unknown> {
  name: string;
  email: string;
  role: UserRole;
  isActive: boolean;
  /** of a new user: an email with a link to set a password */
  isInvited: boolean;
  maximumIncrease: MaximumIncreaseValues;
  maximumCreditLimit: MaximumLimitValues;
  reason: string;
}

export function valuesOf(user: User | null): UserValues {
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? 'viewer',
    isActive: user?.status !== 'disabled',
    isInvited: user === null,
    maximumIncrease: maximumIncreaseValues(user?.maximumIncrease),
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
  return {
    '#/name': firstOf(required(name), maxLength(200, name)),
    '#/email': firstOf(required(email), emailAddressError(email)),
    ...maximumIncreaseErrors('#/maximumIncrease', maximumIncrease),
    ...maximumLimitErrors(maximumCreditLimit),
  };
}

/** @param before null: a new one; else only what differs is sent, because users can't change their own rights */
export function bodyOf(values: UserValues, before: User | null): UserInput {
  const maximumIncrease = maximumIncreaseOf(values.maximumIncrease);
  const reason = values.reason.trim();
  const status = values.isActive ? 'active' : 'disabled';
  const changesMaximum =
    JSON.stringify(maximumIncrease) !== JSON.stringify(maximumIncreaseOf(valuesOf(before).maximumIncrease));
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
