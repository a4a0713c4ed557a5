import { DomainError } from '../../../domain/errors.js';
import { instantText } from '../../../domain/instants.js';
import type { WebhookDeliveryStatus } from '../../../storage/events/webhooks/deliveries.js';
import { requeueDeliveries } from '../../../storage/events/webhooks/requeue.js';
import { change, recorded, unchanged, type Requester } from '../../change.js';
import { requireEnabled, requireEndpoint } from './require-endpoint.js';

/** Deliveries that one request sends again. */
export const maxReplayed = 5000;

interface Replay {
  readonly from: Date;
  readonly to: Date;
  readonly statuses: readonly Exclude<WebhookDeliveryStatus, 'pending' | 'superseded'>[];
}

interface Replayed {
  readonly queued: number;
  /** that match and were left for another request */
  readonly remaining: number;
}

/**
 * Sends again what an endpoint missed in `from <= t < to`: each under its own id and sequence, oldest first.
 *
 * @throws DomainError `not_found`; `conflict` while the endpoint is disabled; `invalid` for a time that ends before it
 * begins
 */
export function replayWebhookEndpoint(requester: Requester, id: string, replay: Replay): Promise<Replayed> {
  const { from, to, statuses } = replay;
  if (to <= from) throw new DomainError('invalid', 'must be after `from`', '/to');
  return change(requester, async (tx) => {
    const endpoint = await requireEndpoint(tx, requester, id);
    requireEnabled(endpoint);
    const result = await requeueDeliveries(tx, { ...replay, endpointId: id }, maxReplayed);
    if (result.queued === 0) return unchanged(result);
    return recorded(result, {
      action: 'webhook_endpoint.replay',
      subjectType: 'webhook_endpoint',
      subjectId: id,
      resellerId: endpoint.resellerId,
      before: null,
      after: { from: instantText(from), to: instantText(to), statuses, queued: result.queued },
    });
  });
}
