import { userIdsOf, type ProfileFields } from '../../domain/profiles/profile.js';
import { requireUsers } from '../../storage/access/users.js';
import { requireChannels } from './require-channels.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import type { Queries } from '../../storage/system/database.js';

/**
 * Refuses a profile that names a reseller, users, or channels that the requester cannot use. Within a transaction, these
 * cannot be deleted until it ends.
 *
 * @param stored the profile that is edited, whose own users stay allowed; null: a new one
 * @param pointer of the profile within the body
 * @throws DomainError `not_found`, `conflict` for a reseller that is a manager, `invalid` for the address of a channel
 */
export async function requireReferences(
  q: Queries,
  withinId: string,
  fields: ProfileFields,
  stored: ProfileFields | null,
  pointer = '',
): Promise<void> {
  if (fields.resellerId !== stored?.resellerId) {
    await requireOwner(q, withinId, fields.resellerId, `${pointer}/resellerId`);
  }
  await requireUsers(q, withinId, userIdsOf(fields), stored ? userIdsOf(stored) : [], `${pointer}/userRule/users`);
  await requireChannels(q, withinId, fields, stored, pointer);
}
