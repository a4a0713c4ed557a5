import { DomainError } from '../../domain/errors.js';
import { deleteProfileRow } from '../../storage/profiles/profile-writes.js';
import { lockProfile, type ProfileRow } from '../../storage/profiles/profiles.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { requireNoTemplate } from '../shared-record.js';
import { existingProfile } from './existing-profile.js';
import { profileEntry } from './profile-entry.js';

/**
 * Deletes a profile that no client uses.
 *
 * @throws DomainError `not_found`, `in_use` while clients use it
 */
export function deleteProfile(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<ProfileRow>,
): Promise<void> {
  return change(requester, async (tx) => {
    const row = existingProfile(await lockProfile(tx, requester.scope.resellerId, id), id);
    precondition(row);
    if (row.clients > 0) {
      const some = row.clients === 1 ? '1 client uses' : `${row.clients} clients use`;
      throw new DomainError(
        'in_use',
        `${some} this profile: assign them another one first, with POST /v1/profiles/{id}/assign`,
        '/path/id',
      );
    }
    await requireNoTemplate(tx, ['profile_id'], id, 'profile');
    await deleteProfileRow(tx, id);
    return recorded(undefined, profileEntry('profile.delete', reason, row, null));
  });
}
