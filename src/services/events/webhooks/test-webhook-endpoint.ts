import { queueTestDelivery } from '../../../storage/events/webhooks/requeue.js';
import { change, recorded, type Requester } from '../../change.js';
import { requireEndpoint } from './require-endpoint.js';

/**
 * Queues a message that tries an endpoint, also one that is disabled. It is sent once.
 *
 * @returns the id of the delivery
 * @throws DomainError `not_found`
 */
export function testWebhookEndpoint(requester: Requester, id: string): Promise<string> {
  return change(requester, async (tx) => {
    const { resellerId } = await requireEndpoint(tx, requester, id);
    const deliveryId = await queueTestDelivery(tx, id);
    return recorded(deliveryId, {
      action: 'webhook_endpoint.test',
      subjectType: 'webhook_endpoint',
      subjectId: id,
      resellerId,
      before: null,
      after: { deliveryId },
    });
  });
}
