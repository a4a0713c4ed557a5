import { endOpenIdSessions } from '../../../storage/access/openid-logins.js';
import { change, recordedAll, type Requester } from '../../change.js';
import { loginEntry } from '../login-entry.js';

/**
 * Ends what the OpenID Connect provider has ended: one session, or all of a subject. It is no fault where there is none.
 *
 * @param requester of the operator
 * @param address from where the provider asks
 */
export function endSessionsOfProvider(
  requester: Requester,
  whose: { readonly subject: string | null; readonly sessionId: string | null },
  address: string,
): Promise<void> {
  return change(requester, async (tx) => {
    const users = await endOpenIdSessions(tx, whose);
    return recordedAll(
      undefined,
      users.map((user) => loginEntry('session.end', user, address)),
    );
  });
}
