import { DomainError } from '../../domain/errors.js';
import { lockTree, markResellerRestored } from '../../storage/resellers/reseller-tree.js';
import { findReseller, lockReseller, requireOwner, type ResellerRow } from '../../storage/resellers/resellers.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/**
 * Restores a deleted reseller or manager in its place, with its ledger and everything that belongs to it. Users, API keys, and
 * clients that were deleted or disabled before stay so, and a manager's clients are not assigned to it again.
 *
 * @param restore.name undefined: the one that it had
 * @throws DomainError `not_found`; `conflict` when it is not deleted, or its parent is; `already_exists` where an active
 * reseller or manager of the same parent has its name
 */
export function restoreReseller(
  requester: Requester,
  id: string,
  restore: { readonly name: string | undefined; readonly reason: string | null },
  precondition: Precondition<ResellerRow>,
): Promise<ResellerRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await lockTree(tx);
    const before = await lockReseller(tx, resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
    precondition(before);
    if (before.status !== 'deleted' || before.parentId === null) {
      throw new DomainError('conflict', 'the reseller is not deleted', '/path/id');
    }
    const parent = await findReseller(tx, resellerId, before.parentId);
    if (parent?.status === 'deleted') {
      const detail = `its parent "${parent.name}" (${parent.id}) is deleted: restore the parent first`;
      throw new DomainError('conflict', detail, '/path/id');
    }
    await requireOwner(tx, resellerId, before.parentId, '/path/id');
    const name = restore.name ?? before.name;
    await markResellerRestored(tx, id, name);
    const after: ResellerRow = { ...before, name, status: 'active', version: before.version + 1 };
    return recorded(after, resellerEntry('reseller.restore', restore.reason, before, after));
  });
}
