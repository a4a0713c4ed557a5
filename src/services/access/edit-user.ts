import { revokeAccountLinks } from '../../storage/access/account-links.js';
import { endSessions } from '../../storage/access/sessions.js';
import {
  raiseUserVersion,
  signalProfilesNotifying,
  updateUserRow,
  type UserFields,
} from '../../storage/access/user-writes.js';
import type { UserRow } from '../../storage/access/users.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry } from '../change.js';
import { keepAdministrator } from './keep-full-access.js';
import { auditedFields, userEntry } from './user-entry.js';

/**
 * Part of the services that change a user, whose row is locked. A new address concerns every client whose profile
 * notifies the user, and so does being disabled: such a user gets no emails, and is logged out everywhere.
 *
 * @throws DomainError `conflict` where the last administrator would be none
 * @returns entry null where nothing but preferences has changed: they make no new version and are not audited
 */
export async function editUser(
  tx: Transaction,
  withinId: string,
  before: UserRow,
  fields: UserFields,
  reason: string | null,
): Promise<{ readonly row: UserRow; readonly entry: ChangeEntry | null }> {
  await keepAdministrator(tx, before, { ...fields, hasPassword: before.hasPassword });
  const row = await updateUserRow(tx, withinId, before.id, fields);
  // The rows are compared, not the fields: the database writes the same amount in its own way.
  if (JSON.stringify(auditedFields(row)) === JSON.stringify(auditedFields(before))) return { row, entry: null };
  await raiseUserVersion(tx, row.id);
  if (row.status === 'disabled') await endSessions(tx, row.id, null);
  // Readers of the old mailbox must not become the user.
  if (row.status === 'disabled' || before.email !== row.email) await revokeAccountLinks(tx, row.id);
  if (before.email !== row.email || before.status !== row.status) await signalProfilesNotifying(tx, row.id);
  return { row: { ...row, version: row.version + 1 }, entry: userEntry('user.update', before, row, reason) };
}
