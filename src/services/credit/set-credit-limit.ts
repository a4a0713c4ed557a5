import { DomainError } from '../../domain/errors.js';
import { lockAccount, readAccount, type AccountRow } from '../../storage/ledger/balance-read.js';
import { markOwnField } from '../../storage/clients/templates/inherited-values.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { limitCredit } from './limit-credit.js';

/**
 * Sets a client's permanent credit limit; returns its account afterwards.
 *
 * @param wish.limit decimal string in the client's currency; may be negative: then that amount is reserved
 * @throws DomainError `not_found`, `client_unlimited`, `client_deleted`, `invalid` for what is no amount
 */
export function setCreditLimit(
  requester: Requester,
  clientId: string,
  wish: { readonly limit: string; readonly reason: string },
  precondition: Precondition<AccountRow>,
): Promise<AccountRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const before = await lockAccount(tx, scope.resellerId, clientId, now);
    if (!before) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
    precondition(before);
    if (before.balanceModel === 'unlimited') {
      throw new DomainError(
        'client_unlimited',
        'the client has unlimited credit: change its balance model first',
        '/creditLimit',
      );
    }
    if (before.status === 'deleted') {
      throw new DomainError('client_deleted', 'the client is deleted and accepts no changes');
    }
    const entry = await limitCredit(tx, requester, clientId, wish);
    if (!entry) return unchanged(before);
    await markOwnField(tx, [clientId], 'creditLimit');
    const after = await readAccount(tx, scope.resellerId, clientId, now);
    return recorded(after ?? before, entry);
  });
}
