import { DomainError } from '../../domain/errors.js';
import { lockKeysOf, revokeApiKeyRow } from '../../storage/access/api-key-admin.js';
import { deleteUserRow, isNotifiedByProfile } from '../../storage/access/user-writes.js';
import { lockUser, type UserRow } from '../../storage/access/users.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { revokedKeyEntry } from './api-key-entry.js';
import { keepAdministrator } from './keep-full-access.js';
import { userEntry } from './user-entry.js';

/**
 * Deletes a user, whose sessions end and whose keys are revoked.
 *
 * @throws DomainError `not_found`, `in_use` while a profile notifies the user, `conflict` for the last administrator
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
    await requireNotNotified(tx, row);
    await keepAdministrator(tx, row, null);
    const keys = await lockKeysOf(tx, id);
    for (const key of keys) await revokeApiKeyRow(tx, key.id, new Date(requester.now));
    await deleteUserRow(tx, id);
    const revocations = keys.map((key) => revokedKeyEntry(key, reason));
    return recorded(undefined, userEntry('user.delete', row, null, reason), ...revocations);
  });
}

async function requireNotNotified(tx: Transaction, { id, profiles }: UserRow): Promise<void> {
  if (profiles > 0) {
    const some = profiles === 1 ? 'a profile notifies' : `${profiles} profiles notify`;
    throw new DomainError('in_use', `${some} this user: remove the user from them first`, '/path/id');
  }
  if (!(await isNotifiedByProfile(tx, id))) return;
  throw new DomainError(
    'in_use',
    'a profile that you cannot see notifies this user: disable the user, or ask the company above yours to remove the user from it',
    '/path/id',
  );
}
