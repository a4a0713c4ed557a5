import type { Fragment } from 'postgres';
import type { ProfileClient } from '../../domain/profiles/profile-client.js';
import type { Queries } from '../system/database.js';
import { ownerEmail } from '../clients/owner-email.js';
import { activeCredit } from '../ledger/available.js';
import { live } from '../ledger/live-balance.js';
import { silenceWindows } from '../silences/covered-clients.js';
import { visibleClient } from '../system/tenancy.js';

/** Clients of a profile or of a client template, clients by id, or clients of one currency with a profile of another. */
export type ClientSelection =
  | { readonly clientTemplateId: string }
  | { readonly inheritingIds: readonly string[] }
  | { readonly profileId: string }
  | { readonly clientIds: readonly string[] }
  | { readonly currency: string; readonly profileCurrency: string };

/** How many clients `readClientBatch` returns at most. */
export const clientBatchSize = 1000;

/** The first of the selected clients that are not deleted, by id, from after `afterId` on: fewer than a batch at the end. */
export function readClientBatch(
  q: Queries,
  withinId: string,
  selection: ClientSelection,
  atMs: number,
  afterId: string,
): Promise<ProfileClient[]> {
  return q<ProfileClient[]>`
    select c.id, c.name, c.profile_id as "profileId", c.currency, c.status, c.balance_model as "balanceModel",
      c.billing_email as "billingEmail", ${ownerEmail(q)} as "ownerEmail",
      ${live(q)} as live, c.credit_limit as "creditLimit", coalesce(t.amount, 0) as "temporaryCredit",
      b.refill_seq::float8 as "refillSeq",
      floor(extract(epoch from coalesce(b.last_charge_at, c.created_at)))::float8 * 1000 as "chargedAtMs",
      m.rules, m.paused_by as "pausedBy", m.silences, ${silenceWindows(q)} as "silenceWindows"${inherits(selection) ? q`, c.low_balance_threshold as "lowBalanceThreshold", c.own_fields as "ownFields"` : q``}
    from clients c
    join balances b on b.client_id = c.id
    join monitors m on m.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    ${activeCredit(q, new Date(atMs))}
    where c.id > ${afterId} and ${isSelected(q, withinId, selection)}
    order by c.id limit ${clientBatchSize}`;
}

/** Whether more than `limit` clients are selected. */
export async function hasMoreClientsThan(
  q: Queries,
  withinId: string,
  selection: ClientSelection,
  limit: number,
): Promise<boolean> {
  const rows = await q`
    select 1 from clients c where ${isSelected(q, withinId, selection)} limit ${limit + 1}`;
  return rows.length > limit;
}

function isSelected(q: Queries, withinId: string, selection: ClientSelection): Fragment {
  return q`c.status <> 'deleted' and ${visibleClient(q, withinId)} and ${matches(q, selection)}`;
}

/** Whether what clients inherit changes. */
function inherits(selection: ClientSelection): boolean {
  return 'clientTemplateId' in selection || 'inheritingIds' in selection;
}

function matches(q: Queries, selection: ClientSelection): Fragment {
  if ('clientTemplateId' in selection) return q`c.client_template_id = ${selection.clientTemplateId}`;
  if ('inheritingIds' in selection) return q`c.id = any (${selection.inheritingIds as string[]}::bigint[])`;
  if ('profileId' in selection) return q`c.profile_id = ${selection.profileId}`;
  if ('clientIds' in selection) return q`c.id = any (${selection.clientIds as string[]}::bigint[])`;
  return q`
    c.currency = ${selection.currency} and exists (
      select 1 from profiles p where p.id = c.profile_id and p.currency = ${selection.profileCurrency})`;
}

/** The profiles that clients of a template have now. */
export async function readTemplateProfileIds(q: Queries, clientTemplateId: string): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select distinct profile_id as id from clients
    where client_template_id = ${clientTemplateId} and status <> 'deleted' and profile_id is not null`;
  return rows.map(({ id }) => id);
}

/** The profiles that these clients have now. */
export async function readProfileIdsOf(q: Queries, clientIds: readonly string[]): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select distinct profile_id as id from clients
    where id = any (${[...clientIds]}::bigint[]) and profile_id is not null`;
  return rows.map(({ id }) => id);
}

/** The addresses of users within the subtree who are not disabled, by id. */
export async function readUserEmails(
  q: Queries,
  withinId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await q<UserEmail[]>`
    select u.id, u.email from users u join resellers r on r.id = u.reseller_id
    where u.id = any (${ids as string[]}::bigint[]) and u.status = 'active' and r.path @> array[${withinId}::bigint]`;
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** The addresses of users of stored profiles, whatever reseller they belong to: a profile above may name its own. */
export async function readProfileUserEmails(q: Queries, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await q<UserEmail[]>`
    select u.id, u.email from users u where u.id = any (${ids as string[]}::bigint[]) and u.status = 'active'`;
  return new Map(rows.map(({ id, email }) => [id, email]));
}

interface UserEmail {
  readonly id: string;
  readonly email: string;
}

/** Current rates into a currency, by the currency they convert from. */
export async function readRatesInto(q: Queries, into: string, atMs: number): Promise<Map<string, string>> {
  const rows = await q<{ currency: string; rate: string }[]>`
    select distinct on (from_currency) from_currency as currency, rate from exchange_rates
    where to_currency = ${into} and at <= ${new Date(atMs)}
    order by from_currency, at desc`;
  return new Map(rows.map(({ currency, rate }) => [currency, rate]));
}
