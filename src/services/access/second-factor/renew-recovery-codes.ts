import { DomainError } from '../../../domain/errors.js';
import { lockSecondFactor } from '../../../storage/access/second-factors.js';
import { change, recorded, type Requester } from '../../change.js';
import type { LoginUser } from '../login-entry.js';
import { createRecoveryCodes } from './recovery-codes.js';
import { noteSecondFactorChange } from './second-factor-entry.js';

/**
 * Gives a user new recovery codes. The password was checked before.
 *
 * @returns the codes, whose only copies these are
 * @throws DomainError `conflict` without second factor
 */
export function renewRecoveryCodes(requester: Requester, user: LoginUser): Promise<string[]> {
  return change(requester, async (tx) => {
    const row = await lockSecondFactor(tx, user.id);
    if (!row?.secret) throw new DomainError('conflict', 'two-step login is off: turn it on to get recovery codes');
    const codes = await createRecoveryCodes(tx, user.id);
    return recorded(codes, await noteSecondFactorChange(tx, user, 'recovery_codes', requester.now));
  });
}
