import { DomainError } from '../errors.js';
import { digitsError, exceedsDigits, type Micros } from '../money.js';

/** Digits that a permanent credit limit may have before the point, on either side of 0. */
export const creditLimitDigits = 9;

/** @throws DomainError `invalid` */
export function requireLimitDigits(limit: Micros): void {
  if (!exceedsDigits(limit, creditLimitDigits)) return;
  throw new DomainError('invalid', digitsError(creditLimitDigits), '/creditLimit');
}
