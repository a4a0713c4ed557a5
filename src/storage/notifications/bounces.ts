import type { Fragment } from 'postgres';
import { actorName } from '../access/actor-name.js';
import { containing } from '../clients/text-match.js';
import { ownerEmail } from '../clients/owner-email.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClient, visibleReseller } from '../system/tenancy.js';

/** Emails that came back after a server had accepted them, and their addresses. */

export interface BouncedDelivery {
  readonly id: string;
  readonly recipient: string;
  /** null: about a company */
  readonly clientId: string | null;
  readonly resellerId: string;
  readonly isBounced: boolean;
}

/** The delivery with this Message-ID, locked; null: none of a client or company of the reseller or below. */
export async function lockDeliveryByMessageId(
  tx: Transaction,
  resellerId: string,
  messageId: string,
): Promise<BouncedDelivery | null> {
  const bare = messageId.replaceAll(/^<|>$/g, '');
  const [row] = await tx<BouncedDelivery[]>`
    select d.id, d.recipient, n.client_id as "clientId", coalesce(c.reseller_id, k.reseller_id) as "resellerId",
      d.bounced_at is not null as "isBounced"
    from deliveries d join notifications n on n.id = d.notification_id
      left join clients c on c.id = n.client_id left join companies k on k.id = n.company_id
    where d.message_id = any (${[`<${bare}>`, bare]}::text[])
      and (${visibleClient(tx, resellerId)} or ${visibleReseller(tx, tx`k.reseller_id`, resellerId)})
    for update of d`;
  return row ?? null;
}

interface Bounce {
  readonly at: Date;
  /** as `5.1.1`; empty: not known */
  readonly status: string;
  readonly detail: string;
}

/** Counts, periods, and the delivery's outcome stay: a server accepted the message. */
export async function markDeliveryBounced(tx: Transaction, id: string, { at, status, detail }: Bounce): Promise<void> {
  await tx`
    update deliveries set bounced_at = ${at}, bounce_status = ${status}, bounce_detail = ${detail} where id = ${id}`;
}

/** Marks an address of a reseller; one that was cleared is marked again. Returns the id of its row. */
export async function markAddressBounced(
  tx: Transaction,
  {
    resellerId,
    address,
    clientId,
  }: { readonly resellerId: string; readonly address: string; readonly clientId: string | null },
  { at, status, detail }: Bounce,
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into bounced_addresses (reseller_id, address, client_id, status, detail, first_at, last_at)
    values (${resellerId}, ${address}, ${clientId}, ${status}, ${detail}, ${at}, ${at})
    on conflict (reseller_id, lower(address)) do update set client_id = excluded.client_id, status = excluded.status,
      detail = excluded.detail, last_at = excluded.last_at, times = bounced_addresses.times + 1,
      first_at = case when bounced_addresses.cleared_at is null then bounced_addresses.first_at else excluded.first_at end,
      cleared_at = null, cleared_by = null, cleared_reason = null
    returning id`;
  if (!row) throw new TypeError('a written row is returned');
  return row.id;
}

/** `recorded`: delivery or address is marked · `repeated`: it was so already · `unknown`: no message or address of ours. */
export type BounceResult = 'recorded' | 'repeated' | 'unknown';

/** Keeps that an email of the mailbox for bounces is read. Null: it was not before; else how the first reading ended. */
export async function claimBounceMessage(tx: Transaction, digest: string, at: Date): Promise<BounceResult | null> {
  const claimed = await tx`
    insert into bounce_messages (digest, read_at) values (${digest}, ${at}) on conflict do nothing returning 1`;
  if (claimed.length > 0) return null;
  const [row] = await tx<{ result: BounceResult }[]>`select result from bounce_messages where digest = ${digest}`;
  return row?.result ?? 'unknown';
}

export async function setBounceMessageResult(tx: Transaction, digest: string, result: BounceResult): Promise<void> {
  await tx`update bounce_messages set result = ${result} where digest = ${digest}`;
}

/** Whether a client, user, profile, company, reseller, or manager of the reseller or below uses this address. */
export async function isAddressUsed(q: Queries, resellerId: string, address: string): Promise<boolean> {
  const wanted = address.toLowerCase();
  const rows = await q`
    select 1 from clients c
    where c.status <> 'deleted' and ${visibleClient(q, resellerId)} and ${wanted} in (
      lower(c.billing_email), lower(c.main_email), lower(c.noc_email), lower(c.rates_email), lower(c.owner_email))
    union all
    select 1 from users u where lower(u.email) = ${wanted} and ${visibleReseller(q, q`u.reseller_id`, resellerId)}
    union all
    select 1 from resellers r
    where r.status = 'active' and lower(r.email) = ${wanted} and ${visibleReseller(q, q`r.id`, resellerId)}
    union all
    select 1 from companies k left join company_sides s on s.company_id = k.id
    where k.status <> 'deleted' and ${visibleReseller(q, q`k.reseller_id`, resellerId)}
      and (lower(k.email) = ${wanted} or ${wanted} in (select lower(alarm) from unnest(s.alarm_emails) alarm))
    union all
    select 1 from profile_rules p join profiles o on o.id = p.profile_id, unnest(p.emails) listed
    where lower(listed) = ${wanted} and ${visibleReseller(q, q`o.reseller_id`, resellerId)}
    limit 1`;
  return rows.length > 0;
}

export interface BouncedAddressRow {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly address: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly status: string;
  readonly detail: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
  readonly clearedAt: Date | null;
  readonly clearedBy: string | null;
  readonly clearedByName: string | null;
  readonly clearedReason: string | null;
}

export const bouncedAddressSorts = ['id', 'address', 'lastAt', 'times'] as const;
type BouncedAddressSort = (typeof bouncedAddressSorts)[number];

interface BouncedAddressFilter {
  readonly status: 'bounced' | 'cleared' | 'all';
  /** the client has it: billing, main, NOC, rates, or owner email */
  readonly clientId: string | null;
  readonly resellerId: string | null;
  /** in small letters; null: all */
  readonly address: readonly string[] | null;
  readonly q: string | null;
}

function columns(q: Queries, resellerId: string): Fragment {
  return q`b.id, b.reseller_id as "resellerId", r.name as "resellerName", b.address, b.client_id as "clientId",
    c.name as "clientName", b.status, b.detail, b.first_at as "firstAt", b.last_at as "lastAt", b.times,
    b.cleared_at as "clearedAt", b.cleared_by as "clearedBy", ${actorName(q, q`b.cleared_by`, resellerId)} as "clearedByName",
    b.cleared_reason as "clearedReason"`;
}

function tables(q: Queries): Fragment {
  return q`bounced_addresses b join resellers r on r.id = b.reseller_id left join clients c on c.id = b.client_id`;
}

export function bouncedAddressList(
  q: Queries,
  withinId: string,
  filter: BouncedAddressFilter,
): ListQuery<BouncedAddressRow, BouncedAddressSort> {
  const parts: Fragment[] = [q`r.path @> array[${withinId}::bigint]`];
  if (filter.status !== 'all') parts.push(q`(b.cleared_at is null) = ${filter.status === 'bounced'}`);
  if (filter.resellerId !== null) parts.push(q`r.path @> array[${filter.resellerId}::bigint]`);
  if (filter.address !== null) parts.push(q`lower(b.address) = any (${[...filter.address]}::text[])`);
  if (filter.q !== null) parts.push(q`lower(b.address) like ${containing(filter.q)}`);
  if (filter.clientId !== null) parts.push(isOfClient(q, filter.clientId));
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`b.id`, type: 'bigint' },
      address: { expression: q`lower(b.address)`, type: 'text' },
      lastAt: { expression: q`b.last_at`, type: 'timestamptz' },
      times: { expression: q`b.times`, type: 'bigint' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, withinId)}, ${position} as position from ${tables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${wanted}`,
  };
}

function isOfClient(q: Queries, clientId: string): Fragment {
  return q`lower(b.address) in (
    select lower(used.address) from (
      select unnest(array[c.billing_email, c.main_email, c.noc_email, c.rates_email, ${ownerEmail(q)}]) as address
      from clients c join resellers r on r.id = c.reseller_id left join resellers o on o.id = c.manager_id
      where c.id = ${clientId}
    ) used where used.address is not null)`;
}

/** Null when there is none of the reseller or below. Locked where it is about to change. */
export async function findBouncedAddress(q: Queries, withinId: string, id: string): Promise<BouncedAddressRow | null> {
  const [row] = await q<BouncedAddressRow[]>`
    select ${columns(q, withinId)} from ${tables(q)}
    where b.id = ${id} and ${visibleReseller(q, q`b.reseller_id`, withinId)}`;
  return row ?? null;
}

export async function lockBouncedAddress(
  tx: Transaction,
  withinId: string,
  id: string,
): Promise<BouncedAddressRow | null> {
  await tx`select 1 from bounced_addresses where id = ${id} for update`;
  return findBouncedAddress(tx, withinId, id);
}

export async function clearAddress(
  tx: Transaction,
  id: string,
  cleared: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<void> {
  await tx`
    update bounced_addresses set cleared_at = ${cleared.at}, cleared_by = ${cleared.by}, cleared_reason = ${cleared.reason}
    where id = ${id}`;
}
