import { isUtf8 } from 'node:buffer';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { minuteMs } from '../../../domain/durations.js';

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
  /** `webhook-signature`: several are separated by spaces, so that a sender may sign with two secrets */
  readonly signature: string;
  /** byte by byte as it came */
  readonly body: Buffer;
}

/** What is wrong with a message; null: it is signed with one of the secrets, now. */
export type SignatureError = 'id' | 'timestamp' | 'signature' | null;

/**
 * Standard Webhooks (standardwebhooks.com). The library says what the signature must be. Its `verify` is not used: it
 * reads its own clock, knows one secret, stops at the first fit, and does not say which header is wrong.
 */
export function signatureError(message: SignedMessage, secrets: readonly string[], nowMs: number): SignatureError {
  if (!/^[\x21-\x7e]{1,200}$/.test(message.id)) return 'id';
  // The library signs the number, so that 017 would pass as 17.
  if (!/^[1-9]\d{0,11}$/.test(message.timestamp)) return 'timestamp';
  const sentAt = new Date(Number(message.timestamp) * 1000);
  if (Math.abs(sentAt.getTime() - nowMs) > toleranceMs) return 'timestamp';
  // The library signs text. Bytes that are none all read alike, so that one signature would fit many bodies.
  if (!isUtf8(message.body)) return 'signature';
  const body = message.body.toString('utf8');
  const given = message.signature.split(' ').map((signature) => Buffer.from(signature));
  // All are compared, so that the time taken says nothing of which fits.
  const fits = secrets.flatMap((secret) => {
    const expected = Buffer.from(new Webhook(secret).sign(message.id, sentAt, body));
    return given.map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  return fits.includes(true) ? null : 'signature';
}
