import { DomainError } from '../../domain/errors.js';
import { resolveOpenEvents } from '../../storage/events/resolve-event.js';
import {
  deleteMailTemplateRow,
  lockMailTemplate,
  type MailTemplateRow,
} from '../../storage/templates/mail-templates.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { mailTemplateEntry } from './mail-template-entry.js';

/**
 * Deletes a template: its emails use that of the next reseller up the tree, or the built-in one.
 *
 * @throws DomainError `not_found`
 */
export function deleteMailTemplate(
  requester: Requester,
  id: string,
  precondition: Precondition<MailTemplateRow>,
): Promise<void> {
  return change(requester, async (tx) => {
    const before = await lockMailTemplate(tx, requester.scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no email template ${id}`, '/path/id');
    precondition(before);
    await deleteMailTemplateRow(tx, id);
    await resolveOpenEvents(
      tx,
      { kind: 'template.failed', subjectId: id },
      { reason: 'The template was deleted', at: new Date(requester.now) },
    );
    return recorded(undefined, mailTemplateEntry('mail_template.delete', before, null));
  });
}
