import { createHash } from 'node:crypto';

/** The business facts that name one mail for ever: no run id, no attempt. */
export interface NotificationKey {
  readonly clientId: number | string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
}

/**
 * The Message-ID of a notification: the same for every attempt at it, so that a mail which arrives twice after an
 * uncertain outcome is recognised as one by whoever receives it.
 */
export function messageIdFor(key: NotificationKey, domain: string): string {
  const facts = JSON.stringify([String(key.clientId), key.rule, key.episode, key.number]);
  return `<${createHash('sha256').update(facts).digest('hex').slice(0, 32)}@${domain}>`;
}
