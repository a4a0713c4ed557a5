import { instantText } from '../../../domain/instants.js';
import type { WebhookEndpoint } from '../../../storage/events/webhooks/endpoints.js';
import type { ChangeEntry } from '../../change.js';

/** The audit row of a change of a webhook endpoint; never with a secret. */
export function endpointEntry(
  action: string,
  before: WebhookEndpoint | null,
  after: WebhookEndpoint | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has an endpoint before it or after it');
  return {
    action,
    subjectType: 'webhook_endpoint',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf(endpoint: WebhookEndpoint): Record<string, unknown> {
  const { name, resellerId, url, kinds, enabled, olderUntil } = endpoint;
  return { name, resellerId, url, kinds, enabled, previousSecretUntil: olderUntil && instantText(olderUntil) };
}
