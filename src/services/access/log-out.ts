import { deleteSession } from '../../storage/access/sessions.js';
import { change, recorded, type Requester } from '../change.js';
import { loginEntry, type LoginUser } from './login-entry.js';

/** Ends the session in which the user asks. It is no fault where that has just ended elsewhere. */
export function logOut(requester: Requester, user: LoginUser, sessionId: string, address: string): Promise<void> {
  return change(requester, async (tx) => {
    await deleteSession(tx, user.id, sessionId);
    return recorded(undefined, loginEntry('session.logout', user, address));
  });
}
