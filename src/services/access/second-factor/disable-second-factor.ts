import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { deleteSecondFactor } from '../../../storage/access/second-factors.js';
import { change, recorded, type Requester } from '../../change.js';
import type { LoginUser } from '../login-entry.js';
import { requireCode } from './accept-code.js';
import { noteSecondFactorChange } from './second-factor-entry.js';

/**
 * Lets a user log in without second factor again. The password was checked before.
 *
 * @throws DomainError `invalid` for a wrong code
 */
export function disableSecondFactor(
  requester: Requester,
  sealer: SecretCipher,
  user: LoginUser,
  code: string,
): Promise<void> {
  return change(requester, async (tx) => {
    await requireCode(tx, sealer, user, code, requester.now);
    await deleteSecondFactor(tx, user.id);
    return recorded(undefined, await noteSecondFactorChange(tx, user, 'disabled', requester.now));
  });
}
