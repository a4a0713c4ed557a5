import type { TemplateCandidate } from '../notifications/mail-context.js';
import type { Reader } from '../notifications/mail-context.js';
import type { Queries } from '../system/database.js';

/** What emails about a company need of its reseller. */
export interface CompanyMailContext {
  readonly resellerName: string;
  readonly resellerEmail: string | null;
  /** the company's reseller first, then up to the operator */
  readonly resellerPath: readonly string[];
}

export async function readCompanyMailContext(q: Queries, companyId: string): Promise<CompanyMailContext | null> {
  const [row] = await q<CompanyMailContext[]>`
    select r.name as "resellerName",
      (select a.email from resellers a, unnest(r.path) with ordinality u (id, n)
        where a.id = u.id and a.email is not null order by u.n desc limit 1) as "resellerEmail",
      (select array_agg(u.id::text order by u.n desc) from unnest(r.path) with ordinality u (id, n)) as "resellerPath"
    from companies p join resellers r on r.id = p.reseller_id where p.id = ${companyId}`;
  return row ?? null;
}

/** An active user reads in their own language and time zone, everyone else in the reseller's. */
export async function readCompanyReaders(
  q: Queries,
  companyId: string,
  addresses: readonly string[],
): Promise<Reader[]> {
  return q<Reader[]>`
    select a.address, coalesce(u.locale, r.locale) as locale, coalesce(u.timezone, r.timezone) as timezone
    from unnest(${[...addresses]}::text[]) with ordinality as a (address, position)
    join companies p on p.id = ${companyId}
    join resellers r on r.id = p.reseller_id
    left join users u on lower(u.email) = lower(a.address) and u.status = 'active'
    order by a.position`;
}

/** The template that a side names; null: it is gone, or no longer of a reseller on the path. */
export async function readNamedTemplate(
  q: Queries,
  templateId: string,
  resellerPath: readonly string[],
): Promise<TemplateCandidate | null> {
  const [row] = await q<TemplateCandidate[]>`
    select id, reseller_id as "resellerId", kind, locale, name, version, subject, html, text
    from mail_templates where id = ${templateId} and kind = 'company_balance' and published is not null
      and reseller_id = any (${[...resellerPath]}::bigint[])`;
  return row ?? null;
}
