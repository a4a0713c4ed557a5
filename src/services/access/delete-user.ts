import { DomainError } from '../../domain/errors.js';
import { lockKeysOf, revokeApiKeyRow } from '../../storage/access/api-key-admin.js';
import { deleteUserRow } from '../../storage/access/user-writes.js';
import { lockUser, type UserRow } from '../../storage/access/users.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { revokedKeyEntry } from './api-key-entry.js';
import { userEntry } from './user-entry.js';

/**
 * Deletes a user, whose sessions end and whose keys are revoked.
 *
 * @throws DomainError `not_found`, `in_use` while a profile notifies the user
 */
export function deleteUser(
  requester: Requester,
  id: string,
  precondition: Precondition<UserRow>,
  reason: string | null,
): Promise<void> {
  return change(requester, async (tx) => {
    const row = await lockUser(tx, requester.scope.resellerId, id);
    if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    precondition(row);
    if (row.profiles > 0) {
      const some = row.profiles === 1 ? 'a profile notifies' : `${row.profiles} profiles notify`;
      throw new DomainError('in_use', `${some} this user: take the user out of them first`);
    }
    const keys = await lockKeysOf(tx, id);
    for (const key of keys) await revokeApiKeyRow(tx, key.id, new Date(requester.now));
    await deleteUserRow(tx, id);
    const revocations = keys.map((key) => revokedKeyEntry(key, reason));
    return recorded(undefined, userEntry('user.delete', row, null, reason), ...revocations);
  });
}
