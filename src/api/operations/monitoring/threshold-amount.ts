import { moneyOf, rateOf, shareUp, unconvertUp, type Micros } from '../../../domain/money.js';
import type { Threshold } from '../../../domain/monitoring/rule-definition.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';

/**
 * Returns a threshold as an amount of today's available balance. Debt is what live lacks to zero, so that a threshold on
 * debt lies below the whole credit. Exact: available is below it, or at it, whenever the rule's own comparison holds.
 *
 * @param rate from the client's currency to the profile's; null: there is no current rate
 * @returns null: no rate, or a share of a limit that is not positive
 */
export function thresholdAsAvailable(
  threshold: Threshold,
  account: Pick<AccountRow, 'creditLimit' | 'temporaryCredit'>,
  rate: string | null,
): Micros | null {
  const limit = moneyOf(account.creditLimit);
  const credit = limit + moneyOf(account.temporaryCredit);
  switch (threshold.kind) {
    case 'below':
      if (rate === null) return null;
      return rate === '1' ? moneyOf(threshold.value) : unconvertUp(moneyOf(threshold.value), rateOf(rate));
    case 'atMost':
    case 'belowOwn':
      return moneyOf(threshold.value);
    case 'debtAtLeast':
      return credit - moneyOf(threshold.value);
    case 'debtShare':
      return limit > 0n ? credit - shareUp(limit, moneyOf(threshold.percent)) : null;
  }
}
