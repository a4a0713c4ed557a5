import type { CapInput } from '../../contract/temporary-credit.js';
import { DomainError } from '../../domain/errors.js';
import { convert, formatMoney, moneyOf, rateOf, roundDownFor } from '../../domain/money.js';
import type { CreditCap } from '../../storage/credit/credit-cap.js';
import type { AccountRow } from '../../storage/ledger/balance-read.js';
import { currentRate } from '../../storage/rates/current-rate.js';
import type { Scope } from '../../storage/system/scope.js';

/**
 * How much temporary credit a key or user may grant to this client, the amount in the client's currency
 * (docs/manuals.md#maximum-possible-increase).
 *
 * @throws DomainError `no_rate` where its maximum is in another currency and there is no current rate
 */
export async function capFor(
  scope: Scope,
  granter: { readonly cap: CreditCap },
  account: Pick<AccountRow, 'currency'>,
  now: number,
): Promise<CapInput> {
  const { maxAmount, currency, maxPercent, maxDays } = granter.cap;
  const share = { ...(maxPercent !== null && { maxPercent }), ...(maxDays !== null && { maxDays }) };
  if (maxAmount === null || currency === null) return share;
  const rate = await scope.read((q) => currentRate(q, currency, account.currency, now));
  if (rate === null) {
    throw new DomainError(
      'no_rate',
      `your maximum is in ${currency}, and there is no exchange rate from ${currency} to ${account.currency}: ` +
        `add one, or grant credit to a client in ${currency}`,
    );
  }
  // Rounded down, so that the maximum that is shown is one that is granted.
  const most = convert(moneyOf(maxAmount), rateOf(rate));
  return { ...share, maxAmount: formatMoney(rate === '1' ? most : roundDownFor(most, account.currency)) };
}
