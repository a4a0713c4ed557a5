import type { SecretCipher } from '../../../storage/access/secret-encryption.js';

interface SealedSecrets {
  /** newest first */
  readonly secrets: readonly Uint8Array[];
  readonly secretPlace: string;
  readonly olderUntil: Date | null;
}

/** The secrets that sign now, newest first. @throws Error where they were sealed with another key */
export function signingSecrets(cipher: SecretCipher, sealed: SealedSecrets, now: number): string[] {
  const { secrets, secretPlace, olderUntil } = sealed;
  const count = olderUntil && olderUntil.getTime() > now ? 2 : 1;
  return secrets.slice(0, count).map((secret) => cipher.decrypt(secret, secretPlace));
}
