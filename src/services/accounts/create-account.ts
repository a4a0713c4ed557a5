import type { AccountKind } from '../../domain/accounts/accounts.js';
import { DomainError } from '../../domain/errors.js';
import { readAccount } from '../../storage/ledger/balance-read.js';
import {
  insertClientAccount,
  type ClientAccountFields,
  type ClientAccountRow,
} from '../../storage/accounts/accounts.js';
import { change, recorded, type Requester } from '../change.js';
import { requireLimitAllowed } from '../credit/require-limit-allowed.js';
import { accountEntry } from './account-entry.js';
import { requireFitting } from './require-fitting.js';

/**
 * Adds an account under a client, with no money: payments and transfers bring it.
 *
 * @throws DomainError `not_found`, `client_deleted`, `already_exists`, `invalid` for a field that the kind has not,
 * `credit_above_maximum`, `no_rate` for a credit limit above the requester's maximum
 */
export function createAccount(
  requester: Requester,
  account: ClientAccountFields & { readonly clientId: string; readonly kind: AccountKind },
  reason: string | null,
): Promise<ClientAccountRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const client = await readAccount(tx, scope.resellerId, account.clientId, now);
    if (!client) throw new DomainError('not_found', `there is no client ${account.clientId}`, '/path/id');
    if (client.status === 'deleted') {
      throw new DomainError('client_deleted', 'the client is deleted and gets no accounts', '/path/id');
    }
    requireFitting(account);
    await requireLimitAllowed(tx, requester, { limit: account.creditLimit, currency: client.currency });
    const row = await insertClientAccount(tx, scope.resellerId, account, now);
    return recorded(row, accountEntry('account.create', reason, null, row));
  });
}
