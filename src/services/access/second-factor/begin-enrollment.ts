import { DomainError } from '../../../domain/errors.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { lockSecondFactor, writePendingSecret } from '../../../storage/access/second-factors.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recordedAll, unrecorded, type Requester } from '../../change.js';
import type { LoginUser } from '../login-entry.js';
import { requireCode } from './accept-code.js';
import { sealAppSecret } from './sealed-secret.js';
import { createAppSecret, type AppSecret } from './totp.js';

type EnrollingUser = LoginUser & { readonly email: string };

/**
 * Makes the secret of an app. It counts only once the app has shown a right code (confirm-enrollment.ts), so that an app that was never set up locks no user out; until then the app in use stays.
 *
 * @param code of the app in use, or a recovery code, where there is one; null: none was given
 * @throws DomainError `invalid` for a wrong code, or a missing one
 */
export function beginEnrollment(
  requester: Requester,
  sealer: SecretCipher,
  user: EnrollingUser,
  code: string | null,
): Promise<AppSecret> {
  return change(requester, async (tx) => {
    const row = await lockSecondFactor(tx, user.id);
    if (!row?.secret) return unrecorded(await writeNewSecret(tx, sealer, user, requester.now));
    if (code === null)
      throw new DomainError('invalid', 'must be a code of your current app, or a recovery code', '/code');
    const accepted = await requireCode(tx, sealer, user, code, requester.now);
    const secret = await writeNewSecret(tx, sealer, user, requester.now);
    return recordedAll(secret, accepted.kind === 'recovery' ? [accepted.entry] : []);
  });
}

async function writeNewSecret(
  tx: Transaction,
  sealer: SecretCipher,
  { id, email }: EnrollingUser,
  now: number,
): Promise<AppSecret> {
  const made = createAppSecret(email);
  await writePendingSecret(tx, id, sealAppSecret(sealer, id, made.secret), new Date(now));
  return made;
}
