import { DomainError } from '../../domain/errors.js';
import { hashPassword, isPassword } from '../../storage/access/passwords.js';
import { readPanelPasswordHash } from '../../storage/panel/panel-logins.js';
import { passwordError } from '../access/password-error.js';
import { change, recorded, type Requester } from '../change.js';
import { writePanelPassword, type PanelPasswordOwner } from './write-panel-password.js';

interface PanelPasswordChange {
  readonly current: string;
  readonly next: string;
  /** the session in which it is changed, which stays */
  readonly sessionId: string;
  /** called before the current password is checked; throws after too many wrong ones */
  readonly countTry: () => Promise<void>;
}

/**
 * Changes the password of the panel user who asks. The client's other sessions end.
 *
 * @throws DomainError `invalid` for a new password that is easy to guess, or a current one that is wrong
 */
export async function changePanelPassword(
  requester: Requester,
  owner: PanelPasswordOwner & { readonly name: string },
  { current, next, sessionId, countTry }: PanelPasswordChange,
): Promise<void> {
  const guessed = { name: owner.name, email: owner.login };
  const fault = next === current ? 'must differ from the current one' : await passwordError(next, guessed);
  if (fault !== null) throw new DomainError('invalid', fault, '/next');
  await countTry();
  const currentHash = await requester.scope.read((q) => readPanelPasswordHash(q, owner.clientId));
  if (!(await isPassword(current, currentHash))) {
    throw new DomainError('invalid', 'must be your current password', '/current');
  }
  const passwordHash = await hashPassword(next);
  await change(requester, async (tx) => {
    const write = { passwordHash, keepSession: sessionId, reason: null, at: requester.now };
    return recorded(undefined, await writePanelPassword(tx, owner, write));
  });
}
