import { DomainError } from '../../domain/errors.js';
import type { UserFields } from '../../storage/access/user-writes.js';
import { lockUser, type UserRow } from '../../storage/access/users.js';
import { change, recorded, unrecorded, type Requester } from '../change.js';
import { editUser } from './edit-user.js';

/**
 * Changes a user.
 *
 * @param edited called with the locked row, returns the new fields; throws where the requester may not change it so, or
 *   has not read this version of it
 * @throws DomainError `not_found`, `already_exists` for an address in use
 */
export function updateUser(
  requester: Requester,
  id: string,
  edited: (before: UserRow) => UserFields,
  reason: string | null = null,
): Promise<UserRow> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    const before = await lockUser(tx, withinId, id);
    if (!before) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    const { row, entry } = await editUser(tx, withinId, before, edited(before), reason);
    return entry === null ? unrecorded(row) : recorded(row, entry);
  });
}
