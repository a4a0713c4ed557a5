import { noteLogin } from '../../storage/access/logins.js';
import { createSession, endSessionOf, type SessionLimits } from '../../storage/access/sessions.js';
import { change, recorded, type Requester } from '../change.js';
import { loginEntry, type LoginUser } from './login-entry.js';

/** Where a session begins. */
interface NewSession {
  readonly address: string;
  readonly agent: string | null;
  /** of the cookie that came along, whose session ends; null: none came */
  readonly sessionToken: string | null;
}

/**
 * Logs in a user whose password was right. The token is new at every login, so that none can be planted beforehand.
 *
 * @returns the token, whose only copy it is
 */
export function beginSession(
  requester: Requester,
  user: LoginUser,
  { address, agent, sessionToken }: NewSession,
  limits: SessionLimits,
): Promise<string> {
  return change(requester, async (tx) => {
    if (sessionToken !== null) await endSessionOf(tx, sessionToken);
    const { token } = await createSession(tx, user.id, { address, agent }, limits, requester.now);
    await noteLogin(tx, user.id, requester.now);
    return recorded(token, loginEntry('session.login', user, address));
  });
}
