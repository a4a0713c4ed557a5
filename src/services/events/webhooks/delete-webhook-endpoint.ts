import { resolveOpenEvents } from '../../../storage/events/resolve-event.js';
import { deleteEndpoint, type WebhookEndpoint } from '../../../storage/events/webhooks/endpoints.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { endpointEntry } from './endpoint-entry.js';
import { requireEndpoint } from './require-endpoint.js';

/**
 * Removes an endpoint with its deliveries, also those that wait.
 *
 * @throws DomainError `not_found`
 */
export function deleteWebhookEndpoint(
  requester: Requester,
  id: string,
  precondition: Precondition<WebhookEndpoint>,
): Promise<void> {
  return change(requester, async (tx) => {
    const endpoint = await requireEndpoint(tx, requester, id);
    precondition(endpoint);
    await deleteEndpoint(tx, id);
    const resolution = { reason: 'the endpoint was deleted', at: new Date(requester.now) };
    await resolveOpenEvents(tx, { kind: 'webhook.disabled', subjectId: id }, resolution);
    return recorded(undefined, endpointEntry('webhook_endpoint.delete', endpoint, null));
  });
}
