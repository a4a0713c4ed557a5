import { createHash } from 'node:crypto';
import { normalizeAddress } from './addresses.js';

/** The business facts that name one notification: no run id, no attempt. */
interface NotificationFacts {
  readonly clientId: number | string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
}

/**
 * Returns the Message-ID of one delivery: the same for every attempt at it, so that a message that arrives twice after
 * an uncertain outcome can be recognized as one. Addresses are compared without case.
 */
export function messageIdFor(notification: NotificationFacts, recipient: string, domain: string): string {
  const { clientId, rule, episode, number } = notification;
  const facts = JSON.stringify([String(clientId), rule, episode, number, normalizeAddress(recipient)]);
  return `<${createHash('sha256').update(facts).digest('hex').slice(0, 32)}@${domain}>`;
}
