import type { MailKind } from './notifications.js';
import type { Queries } from './database.js';
import { live } from './live-balance.js';

/** What a mail says about its client, beside its balance and its rule. */
export interface MailContext {
  readonly clientId: string;
  readonly name: string;
  readonly currency: string;
  readonly timezone: string;
  readonly locale: string;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
  /** null: unknown */
  readonly live: string | null;
  readonly resellerName: string;
  readonly resellerEmail: string | null;
  /** the client's owner first, then up to the operator */
  readonly resellerPath: readonly string[];
  readonly billingEmail: string | null;
}

/** Null when there is no such client. Amounts as they stand at the given instant. */
export async function readMailContext(sql: Queries, clientId: string, atMs: number): Promise<MailContext | null> {
  const [row] = await sql<MailContext[]>`
    select c.id as "clientId", c.name, c.currency, c.timezone, c.locale, c.credit_limit as "creditLimit",
      ${live(sql)} as live,
      coalesce((select t.amount from temporary_credits t
        where t.client_id = c.id and t.status in ('scheduled', 'active')
          and t.valid_from <= ${new Date(atMs)} and t.valid_until > ${new Date(atMs)}), 0) as "temporaryCredit",
      r.name as "resellerName", coalesce(c.owner_email, o.email, r.email) as "resellerEmail",
      (select array_agg(id::text order by n desc) from unnest(coalesce(o.path, r.path)) with ordinality as u (id, n)) as "resellerPath",
      c.billing_email as "billingEmail"
    from clients c
    join balances b on b.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    where c.id = ${clientId}`;
  return row ?? null;
}

export interface TemplateCandidate {
  readonly id: string;
  readonly resellerId: string;
  readonly kind: MailKind;
  readonly locale: string;
  readonly name: string;
  readonly version: number;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Templates of a kind that belong to one of the resellers. */
export async function readTemplateCandidates(
  sql: Queries,
  kind: string,
  resellerIds: readonly string[],
): Promise<TemplateCandidate[]> {
  return sql<TemplateCandidate[]>`
    select id, reseller_id as "resellerId", kind, locale, name, version, subject, html, text
    from mail_templates where kind = ${kind} and reseller_id = any (${resellerIds as string[]}::bigint[])`;
}
