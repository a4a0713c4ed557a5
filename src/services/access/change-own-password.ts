import { DomainError } from '../../domain/errors.js';
import { readPasswordHash } from '../../storage/access/logins.js';
import { hashPassword, isPassword } from '../../storage/access/passwords.js';
import { change, recorded, type Requester } from '../change.js';
import { passwordError, type PasswordOwner } from './password-error.js';
import { writePassword, type Account } from './write-password.js';

interface OwnPasswordChange {
  readonly current: string;
  readonly next: string;
  /** the session in which the user changes it, which stays */
  readonly sessionId: string;
  /** called before the current password is checked; throws after too many wrong ones */
  readonly countTry: () => Promise<void>;
}

/**
 * Changes the password of the user who asks. The user's other sessions end.
 *
 * @throws DomainError `invalid` for a new password that is easy to guess, or a current one that is wrong
 */
export async function changeOwnPassword(
  requester: Requester,
  user: Account & PasswordOwner,
  { current, next, sessionId, countTry }: OwnPasswordChange,
): Promise<void> {
  const fault = next === current ? 'must differ from the current one' : await passwordError(next, user);
  if (fault !== null) throw new DomainError('invalid', fault, '/next');
  await countTry();
  const currentHash = await requester.scope.read((q) => readPasswordHash(q, user.id));
  if (!(await isPassword(current, currentHash)))
    throw new DomainError('invalid', 'must be your current password', '/current');
  const passwordHash = await hashPassword(next);
  await change(requester, async (tx) =>
    recorded(
      undefined,
      await writePassword(tx, user, { passwordHash, keepSession: sessionId, reason: null, at: requester.now }),
    ),
  );
}
