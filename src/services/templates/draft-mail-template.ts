import { DomainError } from '../../domain/errors.js';
import { resolveOpenEvents } from '../../storage/events/resolve-event.js';
import {
  lockMailTemplate,
  updateMailTemplate,
  type MailTemplateRow,
  type TemplateParts,
} from '../../storage/templates/mail-templates.js';
import {
  clearDraft,
  findTemplateVersion,
  insertTemplateVersion,
  saveDraft,
} from '../../storage/templates/template-versions.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { mailTemplateEntry } from './mail-template-entry.js';

/** Saves what is not published yet, also with errors: no email uses it. @throws DomainError `not_found` */
export function saveTemplateDraft(
  requester: Requester,
  id: string,
  parts: TemplateParts,
  precondition: Precondition<MailTemplateRow>,
): Promise<MailTemplateRow> {
  return change(requester, async (tx) => {
    const before = existing(await lockMailTemplate(tx, requester.scope.resellerId, id), id);
    precondition(before);
    const after = await saveDraft(tx, id, parts, requester.actor.id);
    return recorded(after, mailTemplateEntry('mail_template.draft', before, after));
  });
}

/** Forgets the draft. @throws DomainError `not_found`, `conflict` where nothing was ever published */
export function discardTemplateDraft(
  requester: Requester,
  id: string,
  precondition: Precondition<MailTemplateRow>,
): Promise<MailTemplateRow> {
  return change(requester, async (tx) => {
    const before = existing(await lockMailTemplate(tx, requester.scope.resellerId, id), id);
    precondition(before);
    if (!before.draft) return unchanged(before);
    if (before.published === null) {
      throw new DomainError('conflict', 'nothing was published yet: delete the template instead', '/path/id');
    }
    const after = await clearDraft(tx, id);
    return recorded(after, mailTemplateEntry('mail_template.discard', before, after));
  });
}

/**
 * Emails are written with the draft from now on.
 *
 * @param requireUsable throws where the template can't be rendered
 * @throws DomainError `not_found`, `conflict` without a draft
 */
export function publishMailTemplate(
  requester: Requester,
  id: string,
  requireUsable: (template: MailTemplateRow & TemplateParts) => void,
  precondition: Precondition<MailTemplateRow>,
): Promise<MailTemplateRow> {
  return change(requester, async (tx) => {
    const before = existing(await lockMailTemplate(tx, requester.scope.resellerId, id), id);
    precondition(before);
    const { kind, locale, name, draft } = before;
    if (!draft) throw new DomainError('conflict', 'there is no draft to publish', '/path/id');
    const { subject, html, text } = draft;
    requireUsable({ ...before, subject, html, text });
    const after = await updateMailTemplate(tx, id, { kind, locale, name, subject, html, text });
    await insertTemplateVersion(tx, after, requester.actor.id);
    const why = { reason: 'The template was changed', at: new Date(requester.now) };
    await resolveOpenEvents(tx, { kind: 'template.failed', subjectId: id }, why);
    return recorded(after, mailTemplateEntry('mail_template.publish', before, after));
  });
}

/** An earlier version becomes the draft. @throws DomainError `not_found` */
export function restoreTemplateVersion(
  requester: Requester,
  id: string,
  number: number,
  precondition: Precondition<MailTemplateRow>,
): Promise<MailTemplateRow> {
  return change(requester, async (tx) => {
    const before = existing(await lockMailTemplate(tx, requester.scope.resellerId, id), id);
    precondition(before);
    const version = await findTemplateVersion(tx, id, number);
    if (!version) throw new DomainError('not_found', `there is no version ${number}`, '/number');
    const after = await saveDraft(tx, id, version, requester.actor.id);
    return recorded(after, mailTemplateEntry('mail_template.restore', before, after));
  });
}

function existing(row: MailTemplateRow | null, id: string): MailTemplateRow {
  if (!row) throw new DomainError('not_found', `there is no email template ${id}`, '/path/id');
  return row;
}
