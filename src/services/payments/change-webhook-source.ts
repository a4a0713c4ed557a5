import { DomainError } from '../../domain/errors.js';
import {
  lockWebhookSource,
  setWebhookSourceActive,
  type WebhookSource,
} from '../../storage/payments/webhook-sources.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { webhookSourceEntry } from './webhook-source-entry.js';

/**
 * Turns a payment system off or on. While it is off, its messages are refused.
 *
 * @throws DomainError `not_found`
 */
export function changeWebhookSource(
  requester: Requester,
  id: string,
  { active }: { readonly active: boolean },
  precondition: Precondition<WebhookSource>,
): Promise<WebhookSource> {
  return change(requester, async (tx) => {
    const before = await lockWebhookSource(tx, requester.scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no webhook source ${id}`, '/path/id');
    precondition(before);
    if (before.active === active) return unchanged(before);
    const after = await setWebhookSourceActive(tx, id, active);
    return recorded(after, webhookSourceEntry('webhook_source.update', before, after));
  });
}
