import { randomUUID } from 'node:crypto';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  insertEndpoint,
  type EndpointFields,
  type WebhookEndpoint,
} from '../../../storage/events/webhooks/endpoints.js';
import { change, recorded, type Requester } from '../../change.js';
import { endpointEntry } from './endpoint-entry.js';

/**
 * Registers an address that receives the events of the requester's reseller and its sub-resellers from now on.
 *
 * @throws DomainError `already_exists`
 */
export function createWebhookEndpoint(
  requester: Requester,
  secretCipher: SecretCipher,
  { secret, ...fields }: EndpointFields & { readonly secret: string },
): Promise<WebhookEndpoint> {
  return change(requester, async (tx) => {
    const secretPlace = `webhook-endpoint:${randomUUID()}`;
    const row = await insertEndpoint(tx, {
      ...fields,
      resellerId: requester.scope.resellerId,
      secret: secretCipher.encrypt(secret, secretPlace),
      secretPlace,
    });
    return recorded(row, endpointEntry('webhook_endpoint.create', null, row));
  });
}
