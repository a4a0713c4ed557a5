import type { SecretCipher } from '../../storage/access/secret-encryption.js';
import { insertWebhookSource, type WebhookSource } from '../../storage/payments/webhook-sources.js';
import { change, recorded, type Requester } from '../change.js';
import { sealWebhookSecret } from './webhook-secret.js';
import { webhookSourceEntry } from './webhook-source-entry.js';

/**
 * Lets a payment system post payments to the clients of the requester's reseller and its sub-resellers.
 *
 * @throws DomainError `already_exists`
 */
export function createWebhookSource(
  requester: Requester,
  secretCipher: SecretCipher,
  source: { readonly name: string; readonly secret: string },
): Promise<WebhookSource> {
  return change(requester, async (tx) => {
    const row = await insertWebhookSource(tx, {
      name: source.name,
      resellerId: requester.scope.resellerId,
      secret: sealWebhookSecret(secretCipher, source.name, source.secret),
    });
    return recorded(row, webhookSourceEntry('webhook_source.create', null, row));
  });
}
