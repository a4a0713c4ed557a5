import type { Fragment } from 'postgres';
import type { Queries, Transaction } from '../system/database.js';
import { columns, type MailTemplateRow, type TemplateParts } from './mail-templates.js';

/** Drafts of email templates, and what was published of them. */

export interface TemplateVersion extends TemplateParts {
  readonly number: number;
  /** an actor, such as `user:3` */
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

/** Keeps what a template was just published with. */
export async function insertTemplateVersion(
  tx: Transaction,
  { id, published, subject, html, text }: MailTemplateRow,
  publishedBy: string,
): Promise<void> {
  await tx`
    insert into mail_template_versions (template_id, number, subject, html, text, published_by)
    values (${id}, ${published}, ${subject}, ${html}, ${text}, ${publishedBy})`;
}

/** The newest first. */
export async function readTemplateVersions(q: Queries, templateId: string, limit: number): Promise<TemplateVersion[]> {
  return q<TemplateVersion[]>`
    select number, subject, html, text, published_by as "publishedBy", published_at as "publishedAt"
    from mail_template_versions where template_id = ${templateId} order by number desc limit ${limit}`;
}

export async function findTemplateVersion(
  q: Queries,
  templateId: string,
  number: number,
): Promise<TemplateVersion | null> {
  const [row] = await q<TemplateVersion[]>`
    select number, subject, html, text, published_by as "publishedBy", published_at as "publishedAt"
    from mail_template_versions where template_id = ${templateId} and number = ${number}`;
  return row ?? null;
}

/** Of a locked row. */
export async function saveDraft(
  tx: Transaction,
  id: string,
  { subject, html, text }: TemplateParts,
  by: string,
): Promise<MailTemplateRow> {
  const [row] = await tx<MailTemplateRow[]>`
    update mail_templates t set draft_subject = ${subject}, draft_html = ${html}, draft_text = ${text}, draft_by = ${by},
      draft_at = now(), version = t.version + 1, updated_at = now()
    where t.id = ${id} returning ${columns(tx)}`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

/** Of a locked row that was published before. */
export async function clearDraft(tx: Transaction, id: string): Promise<MailTemplateRow> {
  const [row] = await tx<MailTemplateRow[]>`
    update mail_templates t set draft_subject = null, draft_html = null, draft_text = null, draft_by = null,
      draft_at = null, version = t.version + 1, updated_at = now()
    where t.id = ${id} returning ${columns(tx)}`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

export interface TemplateUse {
  /** that get this kind of email in these words, in the language of the client */
  readonly clients: number;
  /** whose alarms are written with it, in the language of their reseller unless a side names it */
  readonly companies: number;
  /** the resellers among them, the largest first */
  readonly resellers: readonly UseOfReseller[];
}

interface UseOfReseller {
  readonly id: string;
  readonly name: string;
  readonly clients: number;
  readonly companies: number;
}

/** Whose emails a published template is used for: the choice of `selectTemplate`, for all clients or all companies. */
export async function readTemplateUse(
  q: Queries,
  { id, kind }: Pick<MailTemplateRow, 'id' | 'kind'>,
): Promise<TemplateUse> {
  const resellers =
    kind === 'company_balance' ? await readUseByCompanies(q, id, kind) : await readUseByClients(q, id, kind);
  return {
    clients: resellers.reduce((sum, { clients }) => sum + clients, 0),
    companies: resellers.reduce((sum, { companies }) => sum + companies, 0),
    resellers,
  };
}

function readUseByClients(q: Queries, id: string, kind: string): Promise<UseOfReseller[]> {
  return q<UseOfReseller[]>`
    select r.id, r.name, count(*)::int as clients, 0 as companies
    from clients c join resellers r on r.id = c.reseller_id left join resellers o on o.id = c.manager_id
    where c.status <> 'deleted' and ${id} = ${selected(q, kind, q`coalesce(o.path, r.path)`, q`c.locale`)}
    group by r.id order by clients desc, r.id limit 100`;
}

/** A side that names a template uses no other while that is published, and of a reseller on the path. */
function readUseByCompanies(q: Queries, id: string, kind: string): Promise<UseOfReseller[]> {
  return q<UseOfReseller[]>`
    select r.id, r.name, 0 as clients, count(distinct p.id)::int as companies
    from companies p join resellers r on r.id = p.reseller_id join company_sides s on s.company_id = p.id
    where p.status <> 'deleted' and s.enabled and s.threshold is not null and ${id} = coalesce(
      (select n.id from mail_templates n where n.id = s.template_id and n.published is not null and n.reseller_id = any (r.path)),
      ${selected(q, kind, q`r.path`, q`r.locale`)})
    group by r.id order by companies desc, r.id limit 100`;
}

function selected(q: Queries, kind: string, path: Fragment, locale: Fragment): Fragment {
  return q`(
    select t.id from mail_templates t join resellers owner on owner.id = t.reseller_id
    where t.kind = ${kind} and t.published is not null and t.reseller_id = any (${path})
      and t.locale in (${locale}, split_part(${locale}, '-', 1), owner.locale, split_part(owner.locale, '-', 1), 'en')
    order by cardinality(owner.path) desc, t.locale = ${locale} desc, t.locale = split_part(${locale}, '-', 1) desc,
      t.locale = owner.locale desc, t.locale = split_part(owner.locale, '-', 1) desc
    limit 1)`;
}

export interface EffectiveTemplate {
  readonly id: string;
  readonly kind: string;
  readonly locale: string;
  readonly name: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly published: number | null;
  readonly hasDraft: boolean;
  readonly updatedAt: Date;
}

/** Templates of a reseller and of those above it, the nearest first. */
export async function readTemplatesOnPath(q: Queries, resellerId: string): Promise<EffectiveTemplate[]> {
  return q<EffectiveTemplate[]>`
    select t.id, t.kind, t.locale, t.name, t.reseller_id as "resellerId", owner.name as "resellerName", t.published,
      t.draft_at is not null as "hasDraft", t.updated_at as "updatedAt"
    from resellers r join resellers owner on owner.id = any (r.path) join mail_templates t on t.reseller_id = owner.id
    where r.id = ${resellerId}
    order by cardinality(owner.path) desc, t.kind, t.locale`;
}
