import { DomainError } from '../../domain/errors.js';
import { requireUnused } from '../../domain/resellers/tree.js';
import { lockTree, markResellerDeleted, readResellerUse } from '../../storage/resellers/reseller-tree.js';
import { lockReseller, signalClientsOfReseller, type ResellerRow } from '../../storage/resellers/resellers.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/**
 * Deletes a reseller that has nothing active left, or a manager, whose clients go back to the address of their reseller.
 * It stays readable.
 *
 * @throws DomainError `not_found` also for the operator and one that is deleted, `in_use` with how many of what
 */
export function deleteReseller(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<ResellerRow>,
): Promise<void> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await lockTree(tx);
    const before = await lockReseller(tx, resellerId, id);
    if (!before || before.kind === 'operator' || before.status === 'deleted' || id === resellerId) {
      throw new DomainError('not_found', `there is no reseller ${id} that you can delete`, '/path/id');
    }
    precondition(before);
    requireUnused({ ...(await readResellerUse(tx, id)) });
    await signalClientsOfReseller(tx, id);
    await markResellerDeleted(tx, id);
    const after: ResellerRow = { ...before, status: 'deleted', version: before.version + 1 };
    return recorded(undefined, resellerEntry('reseller.delete', reason, before, after));
  });
}
