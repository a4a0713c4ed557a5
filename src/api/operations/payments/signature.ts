import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../../../domain/durations.js';

/**
 * Standard Webhooks (standardwebhooks.com): `webhook-signature` is HMAC-SHA256 over `<id>.<timestamp>.<body>`, several
 * signatures separated by spaces, so that a sender may sign with two secrets while they rotate.
 */

const prefix = 'whsec_';
const secretBytes = 32;

/** How far the time of a message may be from ours, either way. */
const toleranceMs = 5 * minuteMs;

/** A new secret, as it is shown once: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

interface SignedMessage {
  /** `webhook-id` */
  readonly id: string;
  /** `webhook-timestamp`, seconds since 1970 */
  readonly timestamp: string;
  /** `webhook-signature` */
  readonly signature: string;
  /** byte by byte as it came */
  readonly body: Buffer;
}

/** What is wrong with a message; null: it is signed with one of the secrets, now. */
export type SignatureFault = 'id' | 'timestamp' | 'signature' | null;

export function signatureFault(message: SignedMessage, secrets: readonly string[], nowMs: number): SignatureFault {
  if (!/^[\x21-\x7e]{1,200}$/.test(message.id)) return 'id';
  if (!/^\d{1,12}$/.test(message.timestamp)) return 'timestamp';
  if (Math.abs(Number(message.timestamp) * 1000 - nowMs) > toleranceMs) return 'timestamp';
  const given = message.signature.split(' ').flatMap((part) => {
    const [version, signature] = part.split(',', 2);
    return version === 'v1' && signature !== undefined ? [Buffer.from(signature, 'base64')] : [];
  });
  // All are compared, so that the time taken says nothing of which fits.
  const fits = secrets.flatMap((secret) => {
    const expected = signatureOf(message, secret);
    return given.map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  return fits.includes(true) ? null : 'signature';
}

function signatureOf(message: SignedMessage, secret: string): Buffer {
  return createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(`${message.id}.${message.timestamp}.`)
    .update(message.body)
    .digest();
}
