import { DomainError } from '../errors.js';
import { moneyOf } from '../money.js';
import type { OwnLowBalance } from '../monitoring/actions/own-rules.js';

/**
 * Refuses settings of a client's own low balance threshold that would do nothing, or not what they say.
 *
 * @param normalCapacity the client's origination capacity; null: no limit
 * @throws DomainError `invalid` with the field in `pointer`
 */
export function requireLowBalance(settings: OwnLowBalance, normalCapacity: number | null): void {
  const { lowBalanceThreshold: threshold, lowBalanceCapacity: capacity, lowBalanceRestoreAt: restoreAt } = settings;
  if (threshold === null) requireNothingBelow(settings);
  if (restoreAt !== null && capacity === null) {
    throw invalid('/lowBalanceCapacity', 'must be set together with lowBalanceRestoreAt: set both, or neither');
  }
  if (threshold !== null && restoreAt !== null && moneyOf(restoreAt) < moneyOf(threshold)) {
    throw invalid(
      '/lowBalanceRestoreAt',
      'must be the lowBalanceThreshold or higher: leave it empty to restore the capacity at the threshold',
    );
  }
  if (capacity !== null && normalCapacity !== null && capacity >= normalCapacity) {
    throw invalid('/lowBalanceCapacity', `must be lower than the normal capacity of ${normalCapacity}`);
  }
}

function requireNothingBelow({ notifyClient, notifyAdmin, lowBalanceCapacity }: OwnLowBalance): void {
  const asked = notifyClient ? 'notifyClient' : notifyAdmin ? 'notifyAdmin' : null;
  if (asked) {
    throw invalid('/lowBalanceThreshold', `is required with ${asked}: set a threshold, or turn ${asked} off`);
  }
  if (lowBalanceCapacity !== null) {
    throw invalid('/lowBalanceThreshold', 'is required with lowBalanceCapacity: set both, or neither');
  }
}

function invalid(pointer: string, message: string): DomainError {
  return new DomainError('invalid', message, pointer);
}
