import { DomainError } from '../../../domain/errors.js';
import { deleteChallengesOf } from '../../../storage/access/login-challenges.js';
import { deleteSecondFactor } from '../../../storage/access/second-factors.js';
import { endSessions } from '../../../storage/access/sessions.js';
import { lockUser, type UserRow } from '../../../storage/access/users.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { noteSecondFactorChange } from './second-factor-entry.js';

/**
 * Takes the second factor of a user away who has lost it. The user is logged out everywhere: the device may be in other
 * hands. Where the user's role needs one, the next login sets it up.
 *
 * @throws DomainError `not_found`, `conflict` for a user without one
 */
export function resetSecondFactor(
  requester: Requester,
  id: string,
  precondition: Precondition<UserRow>,
  reason: string | null,
): Promise<void> {
  return change(requester, async (tx) => {
    const row = await lockUser(tx, requester.scope.resellerId, id);
    if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    precondition(row);
    if (!row.hasSecondFactor) throw new DomainError('conflict', 'this user has no two-step login to reset');
    await deleteSecondFactor(tx, id);
    await endSessions(tx, id, null);
    await deleteChallengesOf(tx, id);
    return recorded(undefined, await noteSecondFactorChange(tx, row, 'reset', requester.now, reason));
  });
}
