import { DomainError } from '../../domain/errors.js';
import { resolveOpenEvents } from '../../storage/events/resolve-event.js';
import {
  lockMailTemplate,
  updateMailTemplate,
  type MailTemplateFields,
  type MailTemplateRow,
} from '../../storage/templates/mail-templates.js';
import { insertTemplateVersion } from '../../storage/templates/template-versions.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { mailTemplateEntry } from './mail-template-entry.js';

/**
 * Replaces and publishes everything but the owner of a template; its draft is gone. Its event `template.failed` is resolved.
 *
 * @throws DomainError `not_found`; `already_exists` where the reseller has another template of that kind and language
 */
export function replaceMailTemplate(
  requester: Requester,
  id: string,
  template: MailTemplateFields,
  precondition: Precondition<MailTemplateRow>,
): Promise<MailTemplateRow> {
  return change(requester, async (tx) => {
    const before = await lockMailTemplate(tx, requester.scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no email template ${id}`, '/path/id');
    precondition(before);
    const after = await updateMailTemplate(tx, id, template);
    await insertTemplateVersion(tx, after, requester.actor.id);
    await resolveOpenEvents(
      tx,
      { kind: 'template.failed', subjectId: id },
      { reason: 'The template was changed', at: new Date(requester.now) },
    );
    return recorded(after, mailTemplateEntry('mail_template.update', before, after));
  });
}
