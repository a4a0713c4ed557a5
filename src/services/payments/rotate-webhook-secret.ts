import { hourMs } from '../../domain/durations.js';
import { DomainError } from '../../domain/errors.js';
import type { SecretCipher } from '../../storage/access/secret-encryption.js';
import { lockWebhookSource, rotateSecret, type WebhookSource } from '../../storage/payments/webhook-sources.js';
import { change, recorded, type Requester } from '../change.js';
import { sealWebhookSecret } from './webhook-secret.js';
import { webhookSourceEntry } from './webhook-source-entry.js';

/**
 * Gives a payment system a new secret. The current one is accepted for `overlapHours` more.
 *
 * @throws DomainError `not_found`
 */
export function rotateWebhookSecret(
  requester: Requester,
  secretCipher: SecretCipher,
  id: string,
  { secret, overlapHours }: { readonly secret: string; readonly overlapHours: number },
): Promise<WebhookSource> {
  return change(requester, async (tx) => {
    const before = await lockWebhookSource(tx, requester.scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no webhook source ${id}`, '/path/id');
    const olderUntil = overlapHours === 0 ? null : new Date(requester.now + overlapHours * hourMs);
    const after = await rotateSecret(tx, id, sealWebhookSecret(secretCipher, before.name, secret), olderUntil);
    return recorded(after, webhookSourceEntry('webhook_source.rotate', before, after));
  });
}
