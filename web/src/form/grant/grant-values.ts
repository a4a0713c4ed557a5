import { serverNow } from '../../api/transport';
import { maxLength, firstOf, instantError, moneyError, percentError, required, type FieldError } from '../checks';
import { amountErrors, untilError } from './grant-checks';
import type { Pointer } from '../pointer';
import { compareAmounts, shareOf } from '../../ui/text/money-text';
import type { Grant, GrantLimits } from './use-client-credit';

/** The amount to grant, as a form holds it: an amount, or a share of the permanent limit. */
export interface GrantValues extends Record<string, unknown> {
  clientId: string;
  by: 'amount' | 'percent';
  amount: string;
  percent: string;
  /** empty: now */
  from: string;
  validUntil: string;
  reason: string;
}

export const freshGrant = (clientId: string): GrantValues => ({
  clientId,
  by: 'amount',
  amount: '',
  percent: '',
  from: '',
  validUntil: '',
  reason: '',
});

export function valuesOf(grant: Grant): GrantValues {
  const { clientId, amount, percent, validFrom, validUntil } = grant;
  return {
    clientId,
    by: percent === null ? 'amount' : 'percent',
    amount: percent === null ? amount : '',
    percent: percent ?? '',
    from: validFrom,
    validUntil,
    reason: '',
  };
}

/** @param limits what I may grant; null: not read yet, the service checks it too */
export function grantErrors(values: GrantValues, limits: GrantLimits | null): Readonly<Record<Pointer, FieldError>> {
  const { from, validUntil, reason } = values;
  return {
    '#/clientId': required(values.clientId),
    ...amountErrors(values, limits),
    '#/from': instantError(from),
    '#/validUntil': firstOf(required(validUntil), instantError(validUntil, serverNow()), untilError(values, limits)),
    '#/reason': firstOf(required(reason), maxLength(500, reason)),
  };
}

/** What a change sends: only what differs, and why. */
export function changesOf(
  values: GrantValues,
  before: Grant,
): { amount?: string; percent?: string; validUntil?: string } {
  const isOther = values.by === 'amount' ? isOtherAmount(values.amount, before) : values.percent !== before.percent;
  return {
    ...(isOther && (values.by === 'amount' ? { amount: values.amount } : { percent: values.percent })),
    ...(Date.parse(values.validUntil) !== Date.parse(before.validUntil) && { validUntil: values.validUntil }),
  };
}

function isOtherAmount(amount: string, before: Grant): boolean {
  return before.percent !== null || compareAmounts(amount, before.amount) !== 0;
}

/** The amount to grant, as far as it is typed; null: not yet, or no amount. */
export function typedAmount({ by, amount, percent }: GrantValues, creditLimit: string): string | null {
  if (by === 'amount') return amount !== '' && moneyError(amount, 'more_than_zero') === null ? amount : null;
  return percent !== '' && percentError(percent) === null ? shareOf(creditLimit, percent) : null;
}
