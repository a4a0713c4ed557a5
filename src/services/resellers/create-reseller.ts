import { insertReseller, requireOwner, type NewReseller, type ResellerRow } from '../../storage/resellers/resellers.js';
import { requireCurrencyOfCredit, requireDepth, requireNoBalanceOfManager } from '../../domain/resellers/tree.js';
import { lockTree } from '../../storage/resellers/reseller-tree.js';
import { change, recorded, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/**
 * Adds a reseller, or a manager of one.
 *
 * @throws DomainError `not_found` for a parent outside of the scope, `conflict` for a parent that is a manager,
 *   `already_exists`, `reseller_too_deep`, `manager_not_permitted` for a balance of a manager, `invalid` for credit without a
 *   currency
 */
export function createReseller(
  requester: Requester,
  reseller: NewReseller,
  reason: string | null,
): Promise<ResellerRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await lockTree(tx);
    const path = await requireOwner(tx, resellerId, reseller.parentId, '/parentId');
    requireDepth(path.length + 1, '/parentId');
    requireNoBalanceOfManager(reseller);
    requireCurrencyOfCredit(reseller);
    const row = await insertReseller(tx, resellerId, reseller);
    return recorded(row, resellerEntry('reseller.create', reason, null, row));
  });
}
