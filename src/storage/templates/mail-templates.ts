import type { TemplateKind } from '../../domain/notifications/mail-kinds.js';
import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';

/** The parts of a template, in template language. */
export interface TemplateParts {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What was saved and not published. */
interface TemplateDraft extends TemplateParts {
  /** an actor, such as `user:3` */
  readonly by: string;
  /** RFC 3339 */
  readonly at: string;
}

/** One reseller's own words for one kind of mail in one language. */
export interface MailTemplateRow {
  readonly id: string;
  readonly kind: TemplateKind;
  readonly resellerId: string;
  readonly locale: string;
  readonly name: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** the version that emails are written with; null: none yet */
  readonly published: number | null;
  readonly draft: TemplateDraft | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewMailTemplate = Pick<
  MailTemplateRow,
  'kind' | 'resellerId' | 'locale' | 'name' | 'subject' | 'html' | 'text'
>;
export type MailTemplateFields = Omit<NewMailTemplate, 'resellerId'>;

/**
 * A template, published at once, or as a draft of `draftBy` only.
 *
 * @throws DomainError `already_exists` when the reseller has one of this kind and locale
 */
export async function insertMailTemplate(
  tx: Transaction,
  template: NewMailTemplate,
  draftBy: string | null = null,
): Promise<MailTemplateRow> {
  const { kind, resellerId, locale, name, subject, html, text } = template;
  const isDraft = draftBy !== null;
  return once(template, () =>
    tx.savepoint(
      (inner) => inner<MailTemplateRow[]>`
        insert into mail_templates as t (kind, reseller_id, locale, name, subject, html, text, published,
          draft_subject, draft_html, draft_text, draft_by, draft_at)
        values (${kind}, ${resellerId}, ${locale}, ${name}, ${isDraft ? '' : subject}, ${isDraft ? '' : html},
          ${isDraft ? '' : text}, ${isDraft ? null : 1}, ${isDraft ? subject : null}, ${isDraft ? html : null},
          ${isDraft ? text : null}, ${draftBy}, ${isDraft ? inner`now()` : null})
        returning ${columns(inner)}`,
    ),
  );
}

/** Replaces and publishes everything but the owner. Call it on a locked row. @throws DomainError `already_exists` */
export async function updateMailTemplate(
  tx: Transaction,
  id: string,
  template: MailTemplateFields,
): Promise<MailTemplateRow> {
  return once(template, () =>
    tx.savepoint(
      (inner) => inner<MailTemplateRow[]>`
        update mail_templates t set
          kind = ${template.kind}, locale = ${template.locale}, name = ${template.name}, subject = ${template.subject},
          html = ${template.html}, text = ${template.text}, version = t.version + 1, published = t.version + 1,
          draft_subject = null, draft_html = null, draft_text = null, draft_by = null, draft_at = null,
          updated_at = now()
        where t.id = ${id} returning ${columns(inner)}`,
    ),
  );
}

async function once(
  template: MailTemplateFields,
  write: () => PromiseLike<readonly MailTemplateRow[]>,
): Promise<MailTemplateRow> {
  try {
    const [row] = await write();
    if (!row) throw new TypeError('a written row is returned');
    return row;
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      `there is already a template for ${template.kind} emails in "${template.locale}": change that one`,
      '/locale',
    );
  }
}

export async function deleteMailTemplateRow(tx: Transaction, id: string): Promise<void> {
  await tx`delete from mail_templates where id = ${id}`;
}

interface MailTemplateFilter {
  readonly kind: TemplateKind | null;
  /** of this reseller alone */
  readonly resellerId: string | null;
  readonly locale: string | null;
}

type MailTemplateSort = 'kind' | 'name';

export function mailTemplateList(
  q: Queries,
  resellerId: string,
  filter: MailTemplateFilter,
): ListQuery<MailTemplateRow, MailTemplateSort> {
  const where = q`${visibleReseller(q, q`t.reseller_id`, resellerId)}
    and (${filter.resellerId}::bigint is null or t.reseller_id = ${filter.resellerId})
    and ${filter.kind === null ? q`true` : q`t.kind = ${filter.kind}`}
    and ${filter.locale === null ? q`true` : q`t.locale = ${filter.locale}`}`;
  return {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      kind: { expression: q`t.kind`, type: 'text' },
      name: { expression: q`t.name`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from mail_templates t
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from mail_templates t where ${where}`,
  };
}

/** Null when there is none of a reseller within the subtree. */
export async function findMailTemplate(q: Queries, resellerId: string, id: string): Promise<MailTemplateRow | null> {
  const [row] = await q<MailTemplateRow[]>`
    select ${columns(q)} from mail_templates t
    where t.id = ${id} and ${visibleReseller(q, q`t.reseller_id`, resellerId)}`;
  return row ?? null;
}

/** Reads a template for a change: no other transaction changes it until this one ends. */
export async function lockMailTemplate(
  tx: Transaction,
  resellerId: string,
  id: string,
): Promise<MailTemplateRow | null> {
  const [row] = await tx<MailTemplateRow[]>`
    select ${columns(tx)} from mail_templates t
    where t.id = ${id} and ${visibleReseller(tx, tx`t.reseller_id`, resellerId)} for update`;
  return row ?? null;
}

/** The columns of `mail_templates t`. */
export function columns(q: Queries): ReturnType<Queries> {
  return q`t.id, t.kind, t.reseller_id as "resellerId", t.locale, t.name, t.subject, t.html, t.text, t.version,
    t.published, case when t.draft_at is not null then jsonb_build_object('subject', t.draft_subject, 'html', t.draft_html,
      'text', t.draft_text, 'by', t.draft_by, 'at', t.draft_at) end as draft, t.created_at as "createdAt", t.updated_at as "updatedAt"`;
}
