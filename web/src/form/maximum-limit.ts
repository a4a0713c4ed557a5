import type { FieldError } from './checks';
import { moneyError, required } from './checks';
import type { Pointer } from './pointer';

/** A maximum credit limit as a form holds it: no amount is no own maximum. */
export interface MaximumLimitValues {
  amount: string;
  currency: string;
}

export function maximumLimitErrors({ amount, currency }: MaximumLimitValues): Readonly<Record<Pointer, FieldError>> {
  return {
    '#/maximumCreditLimit/amount': moneyError(amount, 'zero'),
    '#/maximumCreditLimit/currency': amount === '' ? null : required(currency),
  };
}

/** As it is sent; null: as the caller's. */
export function maximumLimitOf({ amount, currency }: MaximumLimitValues): MaximumLimitValues | null {
  return amount === '' ? null : { amount, currency };
}
