import type { AccountChange } from '../../../domain/access/account-links.js';
import { enqueueAccountEmail } from '../../../storage/access/account-emails.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { ChangeEntry } from '../../change.js';
import type { LoginUser } from '../login-entry.js';

type SecondFactorChange = Exclude<AccountChange, 'password'>;

/**
 * Part of the services that change a second factor: emails the user, who then sees a change that was not theirs, and returns the audit row.
 */
export async function noteSecondFactorChange(
  tx: Transaction,
  { id, resellerId }: LoginUser,
  change: SecondFactorChange,
  at: number,
  reason: string | null = null,
): Promise<ChangeEntry> {
  await enqueueAccountEmail(tx, { userId: id, kind: 'second_factor_changed', change, at });
  return {
    action: 'user.change_second_factor',
    subjectType: 'user',
    subjectId: id,
    resellerId,
    reason,
    before: null,
    after: { secondFactor: change },
  };
}
