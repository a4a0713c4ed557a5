import type { Queries } from '../system/database.js';
import type { TemplateCandidate } from '../notifications/mail-context.js';
import { raiseEvent, type RaisedEvent } from './raise-event.js';

/**
 * Raises `template.failed` for its reseller: the built-in template was used instead. One event per version and reason;
 * resolved when the template is changed or deleted.
 */
export async function raiseFailedTemplate(
  q: Queries,
  template: TemplateCandidate,
  reason: string,
  atMs: number,
): Promise<RaisedEvent> {
  const { id, version, name, kind, resellerId } = template;
  return raiseEvent(q, {
    kind: 'template.failed',
    cause: `${id}@${version} ${reason}`,
    subjectId: id,
    clientId: null,
    resellerId,
    data: { template: name, templateId: id, version: String(version), kind, reason },
    atMs,
  });
}
