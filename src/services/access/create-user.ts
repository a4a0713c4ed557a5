import { managerCap } from '../../storage/credit/credit-cap.js';
import { noLimitCap, type LimitCap } from '../../storage/credit/limit-cap.js';
import { insertUser, type UserFields } from '../../storage/access/user-writes.js';
import { findUser, type UserRow } from '../../storage/access/users.js';
import { requireEmployer } from '../../storage/resellers/resellers.js';
import { change, recorded, type Requester } from '../change.js';
import { writeInvitation } from './account-links/send-invitation.js';
import { userEntry } from './user-entry.js';
import { writePassword } from './write-password.js';

export interface NewUser extends Omit<UserFields, keyof LimitCap>, Partial<LimitCap> {
  readonly resellerId: string;
  /** of a password that was judged before (password-error.ts); absent: the user is only a recipient */
  readonly passwordHash?: string;
  /** whether amount or percentage of the maximum increase are what was asked for; else a manager's user has 0% */
  readonly hasOwnIncrease?: boolean;
  /** emails the user a link to set the first password */
  readonly isInvited?: boolean;
}

/**
 * Adds a user of a reseller.
 *
 * @throws DomainError `not_found` for a reseller outside of the scope, `conflict` for one that is deleted,
 *   `already_exists` for an address in use
 */
export function createUser(
  requester: Requester,
  { passwordHash, isInvited = false, hasOwnIncrease = false, ...user }: NewUser,
  reason: string | null = null,
): Promise<UserRow> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    const employer = await requireEmployer(tx, withinId, user.resellerId);
    // Users of the manager itself hand on what they have.
    const isGiven = hasOwnIncrease || employer.kind !== 'manager' || employer.id === withinId;
    const row = await insertUser(tx, withinId, { ...noLimitCap, ...user, ...managerCap(user, isGiven) });
    const entry = userEntry('user.create', null, row, reason);
    if (passwordHash !== undefined) {
      const password = { passwordHash, reason, at: requester.now };
      return recorded({ ...row, hasPassword: true }, entry, await writePassword(tx, row, password));
    }
    if (!isInvited) return recorded(row, entry);
    const invitation = await writeInvitation(tx, row, requester.now, reason);
    return recorded((await findUser(tx, withinId, row.id)) ?? row, entry, invitation);
  });
}
