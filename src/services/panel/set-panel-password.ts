import { DomainError } from '../../domain/errors.js';
import { hashPassword } from '../../storage/access/passwords.js';
import { passwordError } from '../access/password-error.js';
import { change, recorded, type Requester } from '../change.js';
import { lockPanelOwner, readPanelOwner } from './panel-owner.js';
import { writePanelPassword } from './write-panel-password.js';

/**
 * Sets a new password for the panel of a client, for staff. Its panel users are logged out everywhere.
 *
 * @throws DomainError `not_found`, `client_deleted`, `conflict` while the panel is off, `invalid` for a password that is
 * easy to guess
 */
export async function setPanelPassword(
  requester: Requester,
  id: string,
  password: string,
  reason: string | null,
): Promise<void> {
  const owner = await readPanelOwner(requester, id);
  const fault = await passwordError(password, { name: owner.name, email: owner.login });
  if (fault !== null) throw new DomainError('invalid', fault, '/password');
  const passwordHash = await hashPassword(password);
  await change(requester, async (tx) => {
    const locked = await lockPanelOwner(tx, requester, id, () => undefined);
    return recorded(undefined, await writePanelPassword(tx, locked, { passwordHash, reason, at: requester.now }));
  });
}
