import { DomainError } from '../../domain/errors.js';
import {
  deleteWebhookSourceRow,
  lockWebhookSource,
  type WebhookSource,
} from '../../storage/payments/webhook-sources.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { webhookSourceEntry } from './webhook-source-entry.js';

/**
 * Removes a payment system. The payments that it posted stay.
 *
 * @throws DomainError `not_found`
 */
export function deleteWebhookSource(
  requester: Requester,
  id: string,
  precondition: Precondition<WebhookSource>,
): Promise<void> {
  return change(requester, async (tx) => {
    const source = await lockWebhookSource(tx, requester.scope.resellerId, id);
    if (!source) throw new DomainError('not_found', `there is no webhook source ${id}`, '/path/id');
    precondition(source);
    await deleteWebhookSourceRow(tx, id);
    return recorded(undefined, webhookSourceEntry('webhook_source.delete', source, null));
  });
}
