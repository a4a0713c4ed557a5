import { forgetAccount } from '../../storage/access/login-throttles.js';
import { endSessions } from '../../storage/access/sessions.js';
import { updatePasswordHash } from '../../storage/access/user-writes.js';
import type { UserRow } from '../../storage/access/users.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry } from '../change.js';

/** An account whose password changes. */
export type Account = Pick<UserRow, 'id' | 'email' | 'resellerId'>;

interface PasswordWrite {
  /** null: the user is only a recipient from now on */
  readonly passwordHash: string | null;
  /** the session that stays: the one in which users change their own password */
  readonly keepSession?: string;
  readonly reason: string | null;
}

/**
 * Part of the services that set a password: ends the user's sessions, and opens the account again that wrong passwords
 * closed. It takes a hash: judging and hashing take their time, and a transaction would hold its locks meanwhile.
 */
export async function writePassword(
  tx: Transaction,
  account: Account,
  { passwordHash, keepSession, reason }: PasswordWrite,
): Promise<ChangeEntry> {
  await updatePasswordHash(tx, account.id, passwordHash);
  const sessionsEnded = await endSessions(tx, account.id, keepSession ?? null);
  await forgetAccount(tx, account.email);
  return {
    action: 'user.set_password',
    subjectType: 'user',
    subjectId: account.id,
    resellerId: account.resellerId,
    reason,
    before: null,
    after: { password: passwordHash === null ? 'none' : 'new', sessionsEnded },
  };
}
