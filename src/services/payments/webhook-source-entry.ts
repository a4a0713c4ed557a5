import { instantText } from '../../domain/instants.js';
import type { WebhookSource } from '../../storage/payments/webhook-sources.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a webhook source; never with a secret. */
export function webhookSourceEntry(
  action: string,
  before: WebhookSource | null,
  after: WebhookSource | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a source before it or after it');
  return {
    action,
    subjectType: 'webhook_source',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf({ name, resellerId, active, olderUntil }: WebhookSource): Record<string, unknown> {
  return { name, resellerId, active, previousSecretUntil: olderUntil && instantText(olderUntil) };
}
