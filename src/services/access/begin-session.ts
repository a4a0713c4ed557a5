import { recordLogin } from '../../storage/access/logins.js';
import { createSession, endSessionOf, type OpenIdOrigin, type SessionLimits } from '../../storage/access/sessions.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, type ChangeEntry, type Requester } from '../change.js';
import { loginEntry, type LoginUser } from './login-entry.js';

/** Where a session begins. */
export interface NewSession {
  readonly address: string;
  readonly agent: string | null;
  /** of the cookie that came along, whose session ends; null: none came */
  readonly sessionToken: string | null;
  /** where the provider of OpenID Connect has shown who it is */
  readonly openId?: OpenIdOrigin | null;
}

/**
 * Logs in a user whose password was right and who needs no second step.
 *
 * @returns the token, whose only copy it is
 */
export function beginSession(
  requester: Requester,
  user: LoginUser,
  session: NewSession,
  limits: SessionLimits,
): Promise<string> {
  return change(requester, async (tx) => {
    const { token, entry } = await writeSession(tx, user, session, limits, requester.now);
    return recorded(token, entry);
  });
}

/** Part of the services that log in. The token is new at every login, so that none can be planted beforehand. */
export async function writeSession(
  tx: Transaction,
  user: LoginUser,
  { address, agent, sessionToken, openId = null }: NewSession,
  limits: SessionLimits,
  now: number,
): Promise<{ readonly token: string; readonly entry: ChangeEntry }> {
  if (sessionToken !== null) await endSessionOf(tx, sessionToken);
  const { token } = await createSession(tx, user.id, { address, agent, openId }, limits, now);
  await recordLogin(tx, user.id, now);
  return { token, entry: loginEntry('session.login', user, address) };
}
