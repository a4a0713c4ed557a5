import { DomainError } from '../../../domain/errors.js';
import { enqueueAccountEmail } from '../../../storage/access/account-emails.js';
import { revokeAccountLinks } from '../../../storage/access/account-links.js';
import { findUser, lockUser, type UserRow } from '../../../storage/access/users.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recorded, type ChangeEntry, type Precondition, type Requester } from '../../change.js';

/**
 * Emails a user a link to set the first password. The link of an earlier invitation works no more.
 *
 * @throws DomainError `not_found`; `conflict` for a user who is disabled or has a password
 */
export function sendInvitation(
  requester: Requester,
  id: string,
  precondition: Precondition<UserRow>,
  reason: string | null,
): Promise<UserRow> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    const row = await lockUser(tx, withinId, id);
    if (!row) throw new DomainError('not_found', `there is no user ${id}`, '/path/id');
    precondition(row);
    const entry = await writeInvitation(tx, row, requester.now, reason);
    return recorded((await findUser(tx, withinId, id)) ?? row, entry);
  });
}

/** Part of the services that invite. @throws DomainError `conflict` */
export async function writeInvitation(
  tx: Transaction,
  { id, resellerId, email, status, hasPassword }: UserRow,
  now: number,
  reason: string | null,
): Promise<ChangeEntry> {
  if (status === 'disabled') throw new DomainError('conflict', 'this user is disabled: activate the user first');
  if (hasPassword) {
    throw new DomainError('conflict', 'this user has a password already: the login page can send a link for a new one');
  }
  await revokeAccountLinks(tx, id);
  await enqueueAccountEmail(tx, { userId: id, kind: 'user_invitation', change: null, at: now });
  return {
    action: 'user.invite',
    subjectType: 'user',
    subjectId: id,
    resellerId,
    reason,
    before: null,
    after: { email },
  };
}
