import { formatMoney, moneyOf } from '../../domain/money.js';
import type { CreditCap } from '../../storage/credit/credit-cap.js';
import { currency, currencyText, money, moneyText, percentString } from '../contract/schemas.js';
import { z } from '../contract/zod.js';

/** The maximum possible increase of a key or a user (docs/manuals.md#maximum-possible-increase), as requests and responses write it. */

const percent = percentString('Percent of the client’s permanent credit limit; 0: no temporary credit', '25');

/** "Cannot be higher than the values provided in the Maximum possible increase prompt" (docs/manuals.md#maximum-possible-increase). */
export const maximumIncrease = z
  .strictObject({
    amount: z.strictObject({ amount: money({ least: 'more_than_zero' }), currency }).nullish(),
    percent: percent.nullish(),
    days: z.int().min(1).max(36_600).nullish(),
  })
  .openapi({
    description:
      'Maximum possible increase: how much temporary credit may be granted. An absent or null part is that of the ' +
      'creator; of a manager’s user or key, without an amount and a percentage, it is 0%.',
  });

export type MaximumIncrease = z.output<typeof maximumIncrease>;

export const maximumIncreaseSchema = z
  .strictObject({
    amount: z.strictObject({ amount: moneyText, currency: currencyText }).nullable(),
    percent: z.string().nullable(),
    days: z.int().nullable(),
  })
  .openapi('MaximumIncrease');

export function maximumIncreaseJson(cap: CreditCap): z.output<typeof maximumIncreaseSchema> {
  const { maxAmount, currency: of, maxPercent, maxDays } = cap;
  return {
    amount: maxAmount === null || of === null ? null : { amount: formatMoney(moneyOf(maxAmount)), currency: of },
    // `25.0000` as the database writes it
    percent: maxPercent === null ? null : maxPercent.replace(/\.0*$|(\.\d*?)0+$/, '$1'),
    days: maxDays,
  };
}
