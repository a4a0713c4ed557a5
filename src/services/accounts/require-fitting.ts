import type { AccountKind } from '../../domain/accounts/accounts.js';
import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../../domain/money.js';
import type { ClientAccountFields } from '../../storage/accounts/accounts.js';

/** @throws DomainError `invalid` for a field that an account of the kind has not */
export function requireFitting({
  kind,
  creditLimit,
  dailyTransferLimit,
}: Pick<ClientAccountFields, 'creditLimit' | 'dailyTransferLimit'> & { readonly kind: AccountKind }): void {
  if (kind !== 'credit' && moneyOf(creditLimit) !== 0n) {
    throw new DomainError(
      'invalid',
      `must be 0: a ${kind} account has no credit limit; choose the kind "credit"`,
      '/creditLimit',
    );
  }
  if (kind === 'subordinate' && dailyTransferLimit !== null) {
    throw new DomainError('invalid', 'must be null: a subordinate account does not transfer', '/dailyTransferLimit');
  }
}
