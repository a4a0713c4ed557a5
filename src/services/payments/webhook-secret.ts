import type { SecretCipher } from '../../storage/access/secret-encryption.js';
import type { SealedSource } from '../../storage/payments/webhook-sources.js';

/** The secret as it is stored: it opens in the row of this source only. */
export function sealWebhookSecret(secretCipher: SecretCipher, name: string, secret: string): Uint8Array {
  return secretCipher.encrypt(secret, sealPlace(name));
}

/** The secrets that a message may be signed with now, newest first. @throws Error where they cannot be opened */
export function openWebhookSecrets(secretCipher: SecretCipher, source: SealedSource, now: number): string[] {
  const [newest, older] = source.secrets;
  const accepted = older && source.olderUntil && source.olderUntil.getTime() > now ? [newest, older] : [newest];
  return accepted.flatMap((sealed) => (sealed ? [secretCipher.decrypt(sealed, sealPlace(source.name))] : []));
}

function sealPlace(name: string): string {
  return `webhook-source:${name}`;
}
