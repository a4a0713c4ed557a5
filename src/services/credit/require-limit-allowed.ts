import { DomainError } from '../../domain/errors.js';
import { convert, formatMoney, moneyOf, moneyWithCurrency, rateOf } from '../../domain/money.js';
import type { LimitCap } from '../../storage/credit/limit-cap.js';
import { currentRate } from '../../storage/rates/current-rate.js';
import type { Queries } from '../../storage/system/database.js';
import type { Requester } from '../change.js';

/** A limit in the currency of a client, with what helps where it is above the maximum. */
interface LimitWish {
  readonly limit: string;
  readonly currency: string;
  readonly remedy?: string;
}

/** A maximum credit limit, an amount in the currency of a client. */
interface LimitMaximum {
  readonly amount: string;
  readonly currency: string;
}

/**
 * The highest permanent credit limit that a caller may set, in the client's currency as the maximum increase is: with the
 * current exchange rate, and in its currency where there is none.
 *
 * @returns null: there is no maximum
 */
export async function limitMaximum(
  q: Queries,
  { maxLimit, limitCurrency }: LimitCap,
  clientCurrency: string,
  now: number,
): Promise<LimitMaximum | null> {
  if (maxLimit === null || limitCurrency === null) return null;
  const rate = await currentRate(q, limitCurrency, clientCurrency, now);
  if (rate === null) return { amount: formatMoney(moneyOf(maxLimit)), currency: limitCurrency };
  return { amount: formatMoney(convert(moneyOf(maxLimit), rateOf(rate))), currency: clientCurrency };
}

/**
 * Refuses a permanent limit above the requester's maximum. Only for a limit that is raised: lowering one is always
 * allowed, also from above the maximum.
 *
 * @throws DomainError `credit_above_maximum`; `no_rate` where the maximum is in another currency and has no rate
 */
export async function requireLimitAllowed(
  q: Queries,
  { limitCap, now }: Requester,
  { limit, currency, remedy = 'request approval, or let a user with a higher maximum set it' }: LimitWish,
): Promise<void> {
  const maximum = limitCap ? await limitMaximum(q, limitCap, currency, now) : null;
  if (maximum === null || moneyOf(limit) <= 0n) return;
  if (maximum.currency !== currency) {
    throw new DomainError(
      'no_rate',
      `your maximum credit limit is in ${maximum.currency}, and there is no exchange rate from ${maximum.currency} to ${currency}: add one, or ${remedy}`,
      '/creditLimit',
    );
  }
  if (moneyOf(limit) <= moneyOf(maximum.amount)) return;
  throw new DomainError(
    'credit_above_maximum',
    `may be up to your maximum credit limit, ${moneyWithCurrency(moneyOf(maximum.amount), currency)}: ${remedy}`,
    '/creditLimit',
  );
}

/** "No Limit" is above every maximum. @throws DomainError `credit_above_maximum` */
export function requireUnlimitedAllowed({ limitCap }: Requester): void {
  if (!limitCap || limitCap.maxLimit === null) return;
  throw new DomainError(
    'credit_above_maximum',
    `"No Limit" is above your maximum credit limit, ${moneyWithCurrency(moneyOf(limitCap.maxLimit), limitCap.limitCurrency ?? '')}: let a user with a higher maximum set it`,
    '/balanceModel',
  );
}
