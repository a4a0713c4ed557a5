import { serverNow } from '../../api/transport';
import { maxLength, firstOf, instantError, required, type FieldError } from '../../form/checks';
import { amountErrors, untilError } from '../../form/grant-checks';
import type { Pointer } from '../../form/pointer';
import { compareAmounts } from '../../ui/text/money-text';
import type { Grant } from './grants-list';
import type { ClientCredit } from './use-client-credit';

type GrantLimits = ClientCredit['limits'];

/** What is lent, as a form holds it: an amount, or a share of the permanent limit. */
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

/** @param limits what I may lend; null: not read yet, the service has the last word anyhow */
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
