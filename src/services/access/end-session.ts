import { DomainError } from '../../domain/errors.js';
import { deleteSession } from '../../storage/access/sessions.js';
import { change, recorded, type Requester } from '../change.js';
import { loginEntry, type LoginUser } from './login-entry.js';

/**
 * Ends one of the user's own sessions, wherever it is.
 *
 * @param address from where the user asks
 * @throws DomainError `not_found` also for a session of another user
 */
export function endSession(requester: Requester, user: LoginUser, id: string, address: string): Promise<void> {
  return change(requester, async (tx) => {
    if (!(await deleteSession(tx, user.id, id))) {
      throw new DomainError('not_found', `there is no session ${id}`, '/path/id');
    }
    return recorded(undefined, loginEntry('session.end', user, address));
  });
}
