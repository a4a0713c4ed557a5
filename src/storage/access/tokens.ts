import { createHash, randomBytes } from 'node:crypto';

/** Tokens that only their holder knows: 256 random bits, of which only the SHA-256 is kept. */

const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

/** The returned text is the only copy of it. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isToken(text: string): boolean {
  return tokenPattern.test(text);
}

export function tokenHashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
