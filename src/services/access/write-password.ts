import type { AccountLinkKind } from '../../domain/access/account-links.js';
import { enqueueAccountEmail } from '../../storage/access/account-emails.js';
import { revokeAccountLinks } from '../../storage/access/account-links.js';
import { deleteChallengesOf } from '../../storage/access/login-challenges.js';
import { clearLoginThrottle } from '../../storage/access/login-throttles.js';
import { readPasswordHash } from '../../storage/access/logins.js';
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
  /** the link that was used for it */
  readonly link?: AccountLinkKind;
  readonly reason: string | null;
  /** ms since 1970 */
  readonly at: number;
}

/**
 * Part of the services that set a password: ends the user's sessions, logins under way, and links, opens the account again
 * that wrong passwords closed, and emails the user where there was a password before. It takes a hash: judging and
 * hashing take their time, and a transaction would hold its locks for as long.
 */
export async function writePassword(
  tx: Transaction,
  account: Account,
  { passwordHash, keepSession, link, reason, at }: PasswordWrite,
): Promise<ChangeEntry> {
  const hadPassword = (await readPasswordHash(tx, account.id)) !== null;
  await updatePasswordHash(tx, account.id, passwordHash);
  const sessionsEnded = await endSessions(tx, account.id, keepSession ?? null);
  await deleteChallengesOf(tx, account.id);
  await revokeAccountLinks(tx, account.id);
  await clearLoginThrottle(tx, account.email);
  if (hadPassword && passwordHash !== null) {
    await enqueueAccountEmail(tx, { userId: account.id, kind: 'password_changed', change: 'password', at });
  }
  return {
    action: 'user.set_password',
    subjectType: 'user',
    subjectId: account.id,
    resellerId: account.resellerId,
    reason,
    before: null,
    after: { password: passwordHash === null ? 'none' : 'new', sessionsEnded, ...(link && { link }) },
  };
}
