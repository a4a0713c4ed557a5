import { enqueuePasswordReset } from '../../../storage/access/account-links.js';
import { change, recorded, type Requester } from '../../change.js';
import { loginEntry } from '../login-entry.js';

/**
 * Emails a link for a new password, where a user with this address can log in. The caller does not learn whether.
 * Requests for unknown addresses are recorded like failed logins: without the address, with where they came from.
 */
export function requestPasswordReset(requester: Requester, email: string, address: string): Promise<void> {
  return change(requester, async (tx) => {
    const user = await enqueuePasswordReset(tx, email, new Date(requester.now));
    return recorded(undefined, loginEntry('session.password_forgotten', user, address));
  });
}
