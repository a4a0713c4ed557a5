import { applyPatch, type Patch } from '../../../domain/patch.js';
import { resolveOpenEvents } from '../../../storage/events/resolve-event.js';
import {
  updateEndpoint,
  type EndpointFields,
  type WebhookEndpoint,
} from '../../../storage/events/webhooks/endpoints.js';
import { skipPending } from '../../../storage/events/webhooks/requeue.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { endpointEntry } from './endpoint-entry.js';
import { requireEndpoint } from './require-endpoint.js';

/**
 * Changes some fields of an endpoint. What waits for one that is disabled is kept for a replay; enabling one ends the
 * event about it.
 *
 * @throws DomainError `not_found`, `already_exists`
 */
export function updateWebhookEndpoint(
  requester: Requester,
  id: string,
  patch: Patch<EndpointFields>,
  precondition: Precondition<WebhookEndpoint>,
): Promise<WebhookEndpoint> {
  return change(requester, async (tx) => {
    const before = await requireEndpoint(tx, requester, id);
    precondition(before);
    const { name, url, kinds, enabled } = before;
    const after = await updateEndpoint(tx, id, applyPatch({ name, url, kinds, enabled }, patch));
    if (before.enabled && !after.enabled) await skipPending(tx, id);
    if (!before.enabled && after.enabled) {
      const resolution = { reason: 'the endpoint was enabled', at: new Date(requester.now) };
      await resolveOpenEvents(tx, { kind: 'webhook.disabled', subjectId: id }, resolution);
    }
    return recorded(after, endpointEntry('webhook_endpoint.update', before, after));
  });
}
