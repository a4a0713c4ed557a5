import type { TemplateKind } from '../../domain/notifications/mail-kinds.js';
import type { Queries } from '../system/database.js';
import { ownerEmail } from '../clients/owner-email.js';
import { live } from '../ledger/live-balance.js';

/** What an email says about its client, besides its rule. */
export interface MailContext {
  readonly clientId: string;
  readonly name: string;
  readonly currency: string;
  /** of the client as a reader */
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

/**
 * Null when the client does not exist or is deleted. Amounts at the given instant.
 *
 * @param of.deleted also a deleted client, which still gets its last invoices
 */
export async function readMailContext(
  sql: Queries,
  clientId: string,
  atMs: number,
  { deleted = false }: { readonly deleted?: boolean } = {},
): Promise<MailContext | null> {
  const [row] = await sql<MailContext[]>`
    select c.id as "clientId", c.name, c.currency, c.timezone, c.locale, c.credit_limit as "creditLimit",
      ${live(sql)} as live,
      coalesce((select t.amount from temporary_credits t
        where t.client_id = c.id and t.status in ('scheduled', 'active')
          and t.valid_from <= ${new Date(atMs)} and t.valid_until > ${new Date(atMs)}), 0) as "temporaryCredit",
      r.name as "resellerName", ${ownerEmail(sql)} as "resellerEmail",
      (select array_agg(id::text order by n desc) from unnest(coalesce(o.path, r.path)) with ordinality as u (id, n)) as "resellerPath",
      c.billing_email as "billingEmail"
    from clients c
    join balances b on b.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    where c.id = ${clientId} and (c.status <> 'deleted' or ${deleted})`;
  return row ?? null;
}

/** A recipient, with the language and the IANA time zone in which the email is written. */
export interface Reader {
  readonly address: string;
  readonly locale: string;
  readonly timezone: string;
}

/**
 * Returns the readers behind addresses, in their order. An active user reads in their own language and time zone, a
 * client at its billing or rates email in the client's, everyone else (and a user who chose none) in the reseller's.
 */
export async function readReaders(sql: Queries, clientId: string, addresses: readonly string[]): Promise<Reader[]> {
  return sql<Reader[]>`
    select a.address,
      coalesce(u.locale, case when lower(a.address) in (lower(c.billing_email), lower(c.rates_email)) then c.locale else r.locale end) as locale,
      coalesce(u.timezone, case when lower(a.address) in (lower(c.billing_email), lower(c.rates_email)) then c.timezone else r.timezone end) as timezone
    from unnest(${addresses as string[]}::text[]) with ordinality as a (address, position)
    join clients c on c.id = ${clientId}
    join resellers r on r.id = c.reseller_id
    left join users u on lower(u.email) = lower(a.address) and u.status = 'active'
    order by a.position`;
}

export interface TemplateCandidate {
  readonly id: string;
  readonly resellerId: string;
  readonly kind: TemplateKind;
  readonly locale: string;
  /** the language of its reseller */
  readonly ownerLocale: string;
  readonly name: string;
  /** that was published last */
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
    select t.id, t.reseller_id as "resellerId", t.kind, t.locale, r.locale as "ownerLocale", t.name,
      t.published as version, t.subject, t.html, t.text
    from mail_templates t join resellers r on r.id = t.reseller_id
    where t.published is not null and t.kind = ${kind} and t.reseller_id = any (${resellerIds as string[]}::bigint[])`;
}
