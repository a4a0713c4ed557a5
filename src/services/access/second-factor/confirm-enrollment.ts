import { minuteMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { enablePending, lockSecondFactor } from '../../../storage/access/second-factors.js';
import { endSessions } from '../../../storage/access/sessions.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recorded, type ChangeEntry, type Requester } from '../../change.js';
import type { LoginUser } from '../login-entry.js';
import { createRecoveryCodes } from './recovery-codes.js';
import { openAppSecret } from './sealed-secret.js';
import { noteSecondFactorChange } from './second-factor-entry.js';
import { stepOfCode } from './totp.js';

/** How long a new app may take to show its first code. */
const enrollmentMs = 15 * minuteMs;

/**
 * Puts a new app in use, which has shown a code. The user's other sessions end: they were begun without it.
 *
 * @returns the recovery codes, whose only copies these are
 * @throws DomainError `invalid` for a wrong code, `conflict` where no enrollment has begun, or too long ago
 */
export function confirmEnrollment(
  requester: Requester,
  sealer: SecretCipher,
  user: LoginUser,
  code: string,
  keepSession: string,
): Promise<string[]> {
  return change(requester, async (tx) => {
    const { codes, entry } = await enablePendingApp(tx, sealer, user, code, requester.now);
    await endSessions(tx, user.id, keepSession);
    return recorded(codes, entry);
  });
}

/** Part of the services that enroll. @throws DomainError as above */
export async function enablePendingApp(
  tx: Transaction,
  sealer: SecretCipher,
  user: LoginUser,
  code: string,
  now: number,
): Promise<{ readonly codes: string[]; readonly entry: ChangeEntry }> {
  const row = await lockSecondFactor(tx, user.id);
  if (!row?.pendingSecret || !row.pendingAt || row.pendingAt.getTime() + enrollmentMs < now) {
    throw new DomainError('conflict', 'the setup of the app has ended: start it again');
  }
  const secret = openAppSecret(sealer, user.id, row.pendingSecret);
  const step = stepOfCode(secret, code.replace(/\s/g, ''), now, null);
  if (step === null) {
    throw new DomainError(
      'invalid',
      'must be the current code of the new app: check the clock of your device',
      '/code',
    );
  }
  await enablePending(tx, user.id, step, new Date(now));
  const codes = await createRecoveryCodes(tx, user.id);
  return { codes, entry: await noteSecondFactorChange(tx, user, row.secret ? 'replaced' : 'enabled', now) };
}
