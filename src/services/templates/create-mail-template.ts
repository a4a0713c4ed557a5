import { requireOwner } from '../../storage/resellers/resellers.js';
import {
  insertMailTemplate,
  type MailTemplateRow,
  type NewMailTemplate,
} from '../../storage/templates/mail-templates.js';
import { insertTemplateVersion } from '../../storage/templates/template-versions.js';
import { change, recorded, type Requester } from '../change.js';
import { mailTemplateEntry } from './mail-template-entry.js';

/**
 * Adds a template of one reseller, for one kind of email and language: published, or as a draft, which no email uses.
 *
 * @throws DomainError `not_found` for a reseller outside of the scope, `conflict` for a manager or one that is deleted, `already_exists`
 */
export function createMailTemplate(
  requester: Requester,
  template: NewMailTemplate,
  { isDraft = false }: { readonly isDraft?: boolean } = {},
): Promise<MailTemplateRow> {
  const { id: actor } = requester.actor;
  return change(requester, async (tx) => {
    await requireOwner(tx, requester.scope.resellerId, template.resellerId, '/resellerId');
    const row = await insertMailTemplate(tx, template, isDraft ? actor : null);
    if (!isDraft) await insertTemplateVersion(tx, row, actor);
    return recorded(row, mailTemplateEntry('mail_template.create', null, row));
  });
}
