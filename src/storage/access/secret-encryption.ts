import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Keeps secrets that have to be read again, such as those that webhooks are signed with: AES-256-GCM under the
 * service's own key. A sealed value is tied to its place: copied into another row it does not open.
 */
export interface SecretCipher {
  /** @param place what the secret belongs to, the same for sealing and opening */
  encrypt(secret: string, place: string): Buffer;
  /** @throws Error when it was sealed with another key, for another place, or altered */
  decrypt(sealed: Uint8Array, place: string): string;
}

const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** @param secretKey 32 bytes in base64 (SECRET_KEY) */
export function createSecretCipher(secretKey: string): SecretCipher {
  const key = Buffer.from(secretKey, 'base64');
  if (key.length !== 32) throw new TypeError('the secret key has 32 bytes');
  return {
    encrypt(secret, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(place, 'utf8'));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), text]);
    },
    decrypt(sealed, place) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== format) throw new Error('a sealed secret of an unknown format');
      const nonce = bytes.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(place, 'utf8'));
      decipher.setAuthTag(bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
      const text = bytes.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}
