import type { SecretCipher } from '../../../storage/access/secret-encryption.js';

/** The secret of a user's app as it is stored: it opens in the row of this user only. */
export function sealAppSecret(sealer: SecretCipher, userId: string, secret: string): Buffer {
  return sealer.encrypt(secret, placeOf(userId));
}

/** @throws Error where it was sealed with another SECRET_KEY */
export function openAppSecret(sealer: SecretCipher, userId: string, sealed: Uint8Array): string {
  return sealer.decrypt(sealed, placeOf(userId));
}

function placeOf(userId: string): string {
  return `second-factor:${userId}`;
}
