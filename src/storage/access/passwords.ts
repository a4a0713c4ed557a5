import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/**
 * Passwords of users, kept as argon2id (the package's default algorithm) with the parameters of OWASP's Password
 * Storage Cheat Sheet. Hashing runs on libuv's threads and holds up no other request.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), parameters);
}

/**
 * True where the password is the one. Without a hash it takes as long and is false: who exists is not to be measured.
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const equal = await verify(passwordHash ?? (await dummyHash()), normal(password));
  return passwordHash !== null && equal;
}

/** Its password is unknown to all. */
let dummy: Promise<string> | undefined;

function dummyHash(): Promise<string> {
  return (dummy ??= hashPassword(randomBytes(24).toString('hex')));
}

/** One character may be typed in several ways; the same password then is the same. */
function normal(password: string): string {
  return password.normalize('NFKC');
}

/** Letters and digits that are not taken for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be read off a screen: `k3vh-8wqm-t2xd-5pzr`, 79 random bits. */
export function generatePassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
