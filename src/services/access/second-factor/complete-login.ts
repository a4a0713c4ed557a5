import { deleteChallenge } from '../../../storage/access/login-challenges.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import type { SessionLimits } from '../../../storage/access/sessions.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recordedAll, unchanged, type ChangeEntry, type Requester } from '../../change.js';
import { writeSession, type NewSession } from '../begin-session.js';
import type { LoginUser } from '../login-entry.js';
import { acceptCode } from './accept-code.js';
import { enablePendingApp } from './confirm-enrollment.js';

interface SecondStep {
  readonly challenge: string;
  readonly code: string;
}

/**
 * Logs in a user who has shown the password before, and now a code.
 *
 * @returns the token of the session; null: the code is wrong, or the login was completed by another request
 */
export function completeLogin(
  requester: Requester,
  sealer: SecretCipher,
  user: LoginUser,
  { challenge, code }: SecondStep,
  session: NewSession,
  limits: SessionLimits,
): Promise<string | null> {
  return change(requester, async (tx) => {
    const accepted = await acceptCode(tx, sealer, user, code, requester.now);
    if (!accepted || !(await deleteChallenge(tx, challenge))) return unchanged(null);
    const more = accepted.kind === 'recovery' ? [accepted.entry] : [];
    return await begun(tx, requester, user, session, limits, more);
  });
}

/**
 * Logs in a user who has shown the password before, must have a second factor, and has just set it up.
 *
 * @returns null: the login was completed by another request
 * @throws DomainError `invalid` for a wrong code, `conflict` where the setup has ended
 */
export function completeLoginByEnrollment(
  requester: Requester,
  sealer: SecretCipher,
  user: LoginUser,
  { challenge, code }: SecondStep,
  session: NewSession,
  limits: SessionLimits,
): Promise<{ readonly token: string; readonly recoveryCodes: string[] } | null> {
  return change(requester, async (tx) => {
    if (!(await deleteChallenge(tx, challenge))) return unchanged(null);
    const { codes, entry } = await enablePendingApp(tx, sealer, user, code, requester.now);
    const { result: token, entries } = await begun(tx, requester, user, session, limits, [entry]);
    return recordedAll({ token, recoveryCodes: codes }, entries);
  });
}

async function begun(
  tx: Transaction,
  { now }: Requester,
  user: LoginUser,
  session: NewSession,
  limits: SessionLimits,
  more: readonly ChangeEntry[],
): Promise<{ readonly result: string; readonly entries: readonly ChangeEntry[] }> {
  const { token, entry } = await writeSession(tx, user, session, limits, now);
  return { result: token, entries: [...more, entry] };
}
