import { serverNow } from '../../api/transport';
import { atMost, firstOf, instantFault, moneyFault, percentFault, required, type Fault } from '../../form/checks';
import type { Pointer } from '../../form/pointer';
import { t } from '../../i18n/t';
import { compareAmounts } from '../../ui/money-text';
import type { Grant } from './grants-list';

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

export function faultsOf(values: GrantValues): Readonly<Record<Pointer, Fault>> {
  const { by, amount, percent, from, validUntil, reason } = values;
  const isBackwards = from !== '' && validUntil !== '' && Date.parse(validUntil) <= Date.parse(from);
  return {
    '#/clientId': required(values.clientId),
    '#/amount': by === 'amount' ? firstOf(required(amount), moneyFault(amount, 'more_than_zero')) : null,
    '#/percent': by === 'percent' ? firstOf(required(percent), percentFault(percent)) : null,
    '#/from': instantFault(from),
    '#/validUntil': firstOf(
      required(validUntil),
      instantFault(validUntil, serverNow()),
      isBackwards ? t('credit.backwards') : null,
    ),
    '#/reason': firstOf(required(reason), atMost(500, reason)),
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
