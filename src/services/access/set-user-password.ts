import { DomainError } from '../../domain/errors.js';
import { hashPassword } from '../../storage/access/passwords.js';
import { findUser, lockUser, type UserRow } from '../../storage/access/users.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { keepAdministrator } from './keep-full-access.js';
import { passwordError, type PasswordOwner } from './password-error.js';
import { writePassword } from './write-password.js';

/**
 * Sets a new password for a user, or takes it away (null). The user is logged out everywhere.
 *
 * @param precondition called before the password is judged, and again with the locked row
 * @throws DomainError `not_found`, `invalid` for a password that is easy to guess, `conflict` where the
 * last administrator would have none
 */
export async function setUserPassword(
  requester: Requester,
  id: string,
  password: string | null,
  precondition: Precondition<UserRow>,
  reason: string | null,
): Promise<void> {
  const withinId = requester.scope.resellerId;
  const user = existing(await requester.scope.read((q) => findUser(q, withinId, id)), id);
  precondition(user);
  const passwordHash = password === null ? null : await judgedAndHashed(password, user);
  await change(requester, async (tx) => {
    const row = existing(await lockUser(tx, withinId, id), id);
    precondition(row);
    if (passwordHash === null) await keepAdministrator(tx, row, { ...row, hasPassword: false });
    return recorded(undefined, await writePassword(tx, row, { passwordHash, reason, at: requester.now }));
  });
}

async function judgedAndHashed(password: string, owner: PasswordOwner): Promise<string> {
  const fault = await passwordError(password, owner);
  if (fault !== null) throw new DomainError('invalid', fault, '/password');
  return hashPassword(password);
}

function existing(row: UserRow | null, id: string): UserRow {
  if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
  return row;
}
