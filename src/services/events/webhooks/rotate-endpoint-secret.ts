import { hourMs } from '../../../domain/durations.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { rotateEndpointSecret, type WebhookEndpoint } from '../../../storage/events/webhooks/endpoints.js';
import { change, recorded, type Requester } from '../../change.js';
import { endpointEntry } from './endpoint-entry.js';
import { requireEndpoint } from './require-endpoint.js';

/**
 * Gives an endpoint a new secret. The current one signs too for `overlapHours` more.
 *
 * @throws DomainError `not_found`
 */
export function rotateWebhookEndpointSecret(
  requester: Requester,
  secretCipher: SecretCipher,
  id: string,
  { secret, overlapHours }: { readonly secret: string; readonly overlapHours: number },
): Promise<WebhookEndpoint> {
  return change(requester, async (tx) => {
    const before = await requireEndpoint(tx, requester, id);
    const olderUntil = overlapHours === 0 ? null : new Date(requester.now + overlapHours * hourMs);
    const after = await rotateEndpointSecret(tx, id, secretCipher.encrypt(secret, before.secretPlace), olderUntil);
    return recorded(after, endpointEntry('webhook_endpoint.rotate', before, after));
  });
}
