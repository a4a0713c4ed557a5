import { DomainError } from '../../domain/errors.js';
import { deleteSecondFactor } from '../../storage/access/second-factors.js';
import { lockUser } from '../../storage/access/users.js';
import { change, recorded, type Requester } from '../change.js';
import { editUser } from './edit-user.js';
import { noteSecondFactorChange } from './second-factor/second-factor-entry.js';
import { writePassword } from './write-password.js';

interface RestoredLogin {
  /** of a password that was judged before (password-error.ts) */
  readonly passwordHash: string;
  /** takes the authenticator app away, too */
  readonly resetsSecondFactor: boolean;
}

/**
 * Lets a user log in with a new password, logged out everywhere; one who was disabled is active again.
 *
 * @throws DomainError `not_found`
 */
export function restoreLogin(
  requester: Requester,
  id: string,
  { passwordHash, resetsSecondFactor }: RestoredLogin,
): Promise<void> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    const before = await lockUser(tx, withinId, id);
    if (!before) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    const { row, entry } = await editUser(tx, withinId, before, { ...before, status: 'active' }, null);
    const newPassword = await writePassword(tx, row, { passwordHash, reason: null, at: requester.now });
    const entries = entry === null ? [] : [entry];
    if (resetsSecondFactor && row.hasSecondFactor) {
      await deleteSecondFactor(tx, id);
      entries.push(await noteSecondFactorChange(tx, row, 'reset', requester.now));
    }
    return recorded(undefined, newPassword, ...entries);
  });
}
