import { requireManagerOf, requireProfileOf } from '../../domain/clients/relations.js';
import { readResellerPaths } from '../../storage/clients/change-owners.js';
import { findManager, lockProfileOwner } from '../../storage/clients/client-writes.js';
import type { ClientFields } from '../../storage/clients/clients.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import type { Transaction } from '../../storage/system/database.js';

type Relations = Pick<ClientFields, 'resellerId' | 'managerId' | 'profileId'>;

/**
 * Reseller, manager, and profile exist, are visible within the scope, and belong together. Those that stay as they were
 * are not checked.
 *
 * @param before null: a new client
 * @throws DomainError `not_found`, `conflict`
 */
export async function requireRelations(
  tx: Transaction,
  withinId: string,
  fields: Relations,
  before: Relations | null,
): Promise<void> {
  const { resellerId, managerId, profileId } = fields;
  const isMoved = resellerId !== before?.resellerId;
  const isNew = {
    manager: managerId !== null && (isMoved || managerId !== before?.managerId),
    profile: profileId !== null && (isMoved || profileId !== before?.profileId),
  };
  if (!isMoved && !isNew.manager && !isNew.profile) return;
  const path = isMoved
    ? await requireOwner(tx, withinId, resellerId, '/resellerId')
    : ((await readResellerPaths(tx, [resellerId])).get(resellerId) ?? []);
  if (managerId !== null && isNew.manager) {
    requireManagerOf(path, managerId, await findManager(tx, withinId, managerId));
  }
  if (profileId !== null && isNew.profile) {
    const owner = await lockProfileOwner(tx, withinId, profileId);
    // A profile from above, which a client keeps when it moves, need not be visible.
    const isVisible = owner !== null && (owner.isVisible || profileId === before?.profileId);
    requireProfileOf(path, profileId, owner && { ...owner, isVisible });
  }
}
