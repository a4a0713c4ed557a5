import { DomainError } from '../../../domain/errors.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { lockSecondFactor, markRecoveryCodeUsed, writeLastStep } from '../../../storage/access/second-factors.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { ChangeEntry } from '../../change.js';
import type { LoginUser } from '../login-entry.js';
import { noteSecondFactorChange } from './second-factor-entry.js';
import { openAppSecret } from './sealed-secret.js';
import { stepOfCode } from './totp.js';

/** What is wrong with a code that is not accepted. */
export const wrongCode = 'must be a current code that was not used before';

/** What was shown, where it was right. */
type AcceptedCode = { readonly kind: 'app' } | { readonly kind: 'recovery'; readonly entry: ChangeEntry };

/**
 * Part of the services that ask for a code: of the app, or a recovery code. Accepted once: the row is locked, and the step
 * or the use is written in the same transaction.
 *
 * @returns null: it is wrong, was used before, or there is no second factor
 */
export async function acceptCode(
  tx: Transaction,
  sealer: SecretCipher,
  user: LoginUser,
  typed: string,
  now: number,
): Promise<AcceptedCode | null> {
  const row = await lockSecondFactor(tx, user.id);
  if (!row?.secret) return null;
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(code)) {
    const lastStep = row.lastStep === null ? null : Number(row.lastStep);
    const step = stepOfCode(openAppSecret(sealer, user.id, row.secret), code, now, lastStep);
    if (step === null) return null;
    await writeLastStep(tx, user.id, step);
    return { kind: 'app' };
  }
  if (!(await markRecoveryCodeUsed(tx, user.id, code, new Date(now)))) return null;
  return { kind: 'recovery', entry: await noteSecondFactorChange(tx, user, 'recovery_code_used', now) };
}

/** The same, where a wrong code refuses the request. @throws DomainError `invalid` */
export async function requireCode(
  tx: Transaction,
  sealer: SecretCipher,
  user: LoginUser,
  typed: string,
  now: number,
): Promise<AcceptedCode> {
  const accepted = await acceptCode(tx, sealer, user, typed, now);
  if (accepted) return accepted;
  throw new DomainError('invalid', wrongCode, '/code');
}
