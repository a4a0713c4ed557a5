import { DomainError } from '../../domain/errors.js';
import { deleteSession } from '../../storage/access/sessions.js';
import { change, unrecorded, type Requester } from '../change.js';

/**
 * Ends one of the user's own sessions, wherever it is.
 *
 * @throws DomainError `not_found` also for a session of another user
 */
export function endSession(requester: Requester, userId: string, id: string): Promise<void> {
  return change(requester, async (tx) => {
    if (!(await deleteSession(tx, userId, id))) {
      throw new DomainError('not_found', `there is no session ${id}`, '/path/id');
    }
    return unrecorded(undefined);
  });
}
