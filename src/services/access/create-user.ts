import { insertUser, type UserFields } from '../../storage/access/user-writes.js';
import type { UserRow } from '../../storage/access/users.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import { change, recorded, type Requester } from '../change.js';
import { userEntry } from './user-entry.js';
import { writePassword } from './write-password.js';

export interface NewUser extends UserFields {
  readonly resellerId: string;
  /** of a password that was judged before (password-fault.ts); absent: the user is only a recipient */
  readonly passwordHash?: string;
}

/**
 * Adds a user of a reseller.
 *
 * @throws DomainError `not_found` for a reseller outside of the scope, `conflict` for one that is a manager,
 *   `already_exists` for an address in use
 */
export function createUser(
  requester: Requester,
  { passwordHash, ...user }: NewUser,
  reason: string | null = null,
): Promise<UserRow> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    await requireOwner(tx, withinId, user.resellerId, '/resellerId');
    const row = await insertUser(tx, withinId, user);
    const entry = userEntry('user.create', null, row, reason);
    if (passwordHash === undefined) return recorded(row, entry);
    return recorded({ ...row, hasPassword: true }, entry, await writePassword(tx, row, { passwordHash, reason }));
  });
}
