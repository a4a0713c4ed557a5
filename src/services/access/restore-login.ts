import { DomainError } from '../../domain/errors.js';
import { lockUser } from '../../storage/access/users.js';
import { change, recorded, type Requester } from '../change.js';
import { editUser } from './edit-user.js';
import { writePassword } from './write-password.js';

/**
 * Lets a user log in with a new password, logged out everywhere; one who was disabled is active again.
 *
 * @param passwordHash of a password that was judged before (password-fault.ts)
 * @throws DomainError `not_found`
 */
export function restoreLogin(requester: Requester, id: string, passwordHash: string): Promise<void> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    const before = await lockUser(tx, withinId, id);
    if (!before) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    const { row, entry } = await editUser(tx, withinId, before, { ...before, status: 'active' }, null);
    const newPassword = await writePassword(tx, row, { passwordHash, reason: null });
    return entry === null ? recorded(undefined, newPassword) : recorded(undefined, entry, newPassword);
  });
}
