import type { MailTemplateRow } from '../../storage/templates/mail-templates.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of an email template. */
export function mailTemplateEntry(
  action: string,
  before: MailTemplateRow | null,
  after: MailTemplateRow | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a template before it or after it');
  return {
    action,
    subjectType: 'mail_template',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf({ kind, locale, name, subject, html, text, published }: MailTemplateRow): Record<string, unknown> {
  return { kind, locale, name, subject, html, text, published };
}
