import { formatMoney, moneyOf } from '../../domain/money.js';
import type { LimitCap } from '../../storage/credit/limit-cap.js';
import { currency, money, moneyObject, orNull } from '../contract/schemas.js';
import { z } from '../contract/zod.js';

/** The highest permanent credit limit that a key or a user may set, as requests and responses write it. */

export const maximumCreditLimit = z
  .strictObject({ amount: money({ least: 'zero' }), currency })
  .openapi({
    description:
      'The highest permanent credit limit to which a client’s may be raised; absent or null: as the maker’s own maximum',
  })
  .nullish();

export type MaximumCreditLimit = z.output<typeof maximumCreditLimit>;

export const maximumCreditLimitSchema = orNull(moneyObject).openapi({
  description: 'The highest permanent credit limit to which a client’s may be raised; null: no maximum',
});

export function maximumCreditLimitJson({
  maxLimit,
  limitCurrency,
}: LimitCap): z.output<typeof maximumCreditLimitSchema> {
  if (maxLimit === null || limitCurrency === null) return null;
  return { amount: formatMoney(moneyOf(maxLimit)), currency: limitCurrency };
}
