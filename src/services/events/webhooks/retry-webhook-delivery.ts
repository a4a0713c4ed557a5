import { DomainError } from '../../../domain/errors.js';
import { findWebhookDelivery } from '../../../storage/events/webhooks/deliveries.js';
import { requeueDelivery } from '../../../storage/events/webhooks/requeue.js';
import { change, recorded, type Requester } from '../../change.js';
import { requireEnabled, requireEndpoint } from './require-endpoint.js';

/**
 * Sends a delivery now, under its own id and sequence: one that failed, was skipped, waits for its retry, or was accepted
 * and got lost afterwards.
 *
 * @throws DomainError `not_found`; `conflict` while its endpoint is disabled
 */
export function retryWebhookDelivery(requester: Requester, id: string): Promise<void> {
  return change(requester, async (tx) => {
    const { resellerId } = requester.scope;
    const delivery = await findWebhookDelivery(tx, resellerId, id);
    if (!delivery) throw new DomainError('not_found', `there is no webhook delivery ${id}`, '/path/id');
    const endpoint = await requireEndpoint(tx, requester, delivery.endpointId);
    if (delivery.eventId !== null) requireEnabled(endpoint);
    await requeueDelivery(tx, id);
    return recorded(undefined, {
      action: 'webhook_delivery.retry',
      subjectType: 'webhook_endpoint',
      subjectId: endpoint.id,
      resellerId: endpoint.resellerId,
      before: null,
      after: { deliveryId: id, messageId: delivery.messageId },
    });
  });
}
