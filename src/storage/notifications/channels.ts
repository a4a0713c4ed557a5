import type { Fragment } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import {
  channelFormats,
  kindOf,
  type ChannelFormat,
  type ChannelKind,
  type ChannelName,
} from '../../domain/notifications/channels.js';
import { containing } from '../clients/text-match.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';
import { namesChannel, profilesNotifying } from './channel-references.js';

/** What may be changed of a channel, besides its secrets. */
export interface ChannelFields {
  readonly name: string;
  readonly enabled: boolean;
  /** of an SMS provider; empty: none */
  readonly account: string;
  /** phone number or name from which an SMS comes; empty: the gateway's own */
  readonly sender: string;
}

/** A notification channel of a reseller. Address and token are sealed and never leave this row readable. */
export interface ChannelRow extends ChannelFields {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly format: ChannelFormat;
  /** of the address */
  readonly host: string;
  readonly hasToken: boolean;
  /** that notify it, as far as the reader sees them */
  readonly profiles: number;
  /** whose alarms go to it, as far as the reader sees them */
  readonly companies: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SealedChannel extends ChannelRow {
  readonly secrets: Uint8Array;
  readonly secretPlace: string;
}

interface SealedSecrets {
  readonly host: string;
  readonly hasToken: boolean;
  readonly secrets: Uint8Array;
}

type NewChannel = ChannelFields &
  SealedSecrets & { readonly resellerId: string; readonly format: ChannelFormat; readonly secretPlace: string };

/** @throws DomainError `already_exists`: the reseller has another one of this name */
export async function insertChannel(tx: Transaction, channel: NewChannel): Promise<string> {
  const { resellerId, name, format, enabled, host, account, sender, hasToken, secrets, secretPlace } = channel;
  const [row] = await tx
    .savepoint(
      (inner) => inner<{ id: string }[]>`
      insert into notification_channels
        (reseller_id, name, format, enabled, host, account, sender, has_token, secrets, secret_place)
      values (${resellerId}, ${name}, ${format}, ${enabled}, ${host}, ${account}, ${sender}, ${hasToken},
        ${Buffer.from(secrets)}, ${secretPlace})
      returning id`,
    )
    .catch(unlessNameTaken);
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** @throws DomainError `already_exists` */
export async function updateChannelRow(
  tx: Transaction,
  id: string,
  { name, enabled, account, sender, host, hasToken, secrets }: ChannelFields & SealedSecrets,
): Promise<void> {
  await tx
    .savepoint(
      (inner) => inner`
      update notification_channels set name = ${name}, enabled = ${enabled}, account = ${account}, sender = ${sender},
        host = ${host}, has_token = ${hasToken}, secrets = ${Buffer.from(secrets)}, version = version + 1,
        updated_at = now()
      where id = ${id}`,
    )
    .catch(unlessNameTaken);
}

export async function deleteChannelRow(tx: Transaction, id: string): Promise<void> {
  await tx`delete from notification_channels where id = ${id}`;
}

function unlessNameTaken(error: unknown): never {
  if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
  throw new DomainError(
    'already_exists',
    'the reseller has another channel of this name: choose another name',
    '/name',
  );
}

export async function findChannel(q: Queries, withinId: string, id: string): Promise<SealedChannel | null> {
  const [row] = await q<SealedChannel[]>`
    select ${columns(q)}, ${sealed(q)} from notification_channels h join resellers r on r.id = h.reseller_id
    where h.id = ${id} and ${visibleReseller(q, q`h.reseller_id`, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it, delete it, or name it in a profile. */
export async function lockChannel(tx: Transaction, withinId: string, id: string): Promise<SealedChannel | null> {
  await tx`select 1 from notification_channels where id = ${id} for update`;
  return findChannel(tx, withinId, id);
}

/** Whatever reseller it belongs to, for the worker; null: deleted. */
export async function readSealedChannel(q: Queries, id: string): Promise<SealedChannel | null> {
  const [row] = await q<SealedChannel[]>`
    select ${columns(q)}, ${sealed(q)} from notification_channels h join resellers r on r.id = h.reseller_id
    where h.id = ${id}`;
  return row ?? null;
}

/** Of these, the enabled ones that a profile of the reseller may notify. */
export async function readUsableChannels(
  q: Queries,
  resellerId: string,
  ids: readonly string[],
): Promise<Map<string, ChannelName>> {
  if (ids.length === 0) return new Map();
  const rows = await q<(ChannelName & { readonly id: string })[]>`
    select h.id, h.name, h.format from notification_channels h
    where h.id = any (${ids as string[]}::bigint[]) and h.enabled and ${isAtOrAbove(q, resellerId)}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The same, also those that are disabled. Within a transaction, those of the subtree of `withinId` cannot be deleted until
 * it ends: row-level security lets a reseller read what a reseller above it has, but not lock it.
 */
export async function lockUsableChannels(
  q: Queries,
  withinId: string,
  resellerId: string,
  ids: readonly string[],
): Promise<Map<string, ChannelName>> {
  const wanted = q`h.id = any (${ids as string[]}::bigint[]) and ${isAtOrAbove(q, resellerId)}`;
  await q`select 1 from notification_channels h
    where ${wanted} and ${visibleReseller(q, q`h.reseller_id`, withinId)} for share of h`;
  const rows = await q<(ChannelName & { readonly id: string })[]>`
    select h.id, h.name, h.format from notification_channels h where ${wanted}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Lets the monitors of all clients with a profile that notifies the channel read it again. */
export async function signalChannelClients(tx: Transaction, id: string): Promise<number> {
  await tx`update profiles set version = version + 1, updated_at = now() where id in (${profilesNotifying(tx, id)})`;
  return enqueueSignalWhere(tx, 'configurationChanged', tx`c.profile_id in (${profilesNotifying(tx, id)})`);
}

export const channelSorts = ['name', 'id', 'resellerName', 'format', 'createdAt', 'updatedAt'] as const;
type ChannelSort = (typeof channelSorts)[number];

interface ChannelFilter {
  /** of this reseller and below */
  readonly resellerId: string | null;
  /** that profiles of this reseller may notify: also those above the caller */
  readonly usableBy: string | null;
  /** null: any */
  readonly id: readonly string[] | null;
  /** null: any */
  readonly kind: readonly ChannelKind[] | null;
  readonly enabled: boolean | null;
  /** within the name, without case, or the id itself */
  readonly q: string | null;
}

export function channelList(q: Queries, withinId: string, filter: ChannelFilter): ListQuery<ChannelRow, ChannelSort> {
  const { resellerId, usableBy, id, kind, enabled } = filter;
  const formats = channelFormats.filter((format) => kind === null || kind.includes(kindOf(format)));
  const within =
    usableBy === null
      ? q`r.path @> array[${withinId}::bigint]`
      : q`${visibleReseller(q, q`${usableBy}::bigint`, withinId)} and ${isAtOrAbove(q, usableBy)}`;
  const wanted = q`
    ${within} and (${resellerId}::bigint is null or r.path @> array[${resellerId}::bigint])
    and (${id as string[] | null}::bigint[] is null or h.id = any (${id as string[] | null}::bigint[]))
    and h.format = any (${formats}::text[]) and (${enabled}::boolean is null or h.enabled = ${enabled})
    and ${filter.q === null ? q`true` : q`(lower(h.name) like ${containing(filter.q)} or h.id::text = ${filter.q})`}`;
  return {
    columns: {
      id: { expression: q`h.id`, type: 'bigint' },
      name: { expression: q`lower(h.name)`, type: 'text' },
      resellerName: { expression: q`lower(r.name)`, type: 'text' },
      format: { expression: q`h.format`, type: 'text' },
      createdAt: { expression: q`h.created_at`, type: 'timestamptz' },
      updatedAt: { expression: q`h.updated_at`, type: 'timestamptz' },
    },
    select: ({ within: page, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from notification_channels h join resellers r on r.id = h.reseller_id
      where ${wanted} and ${page} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from notification_channels h join resellers r on r.id = h.reseller_id
      where ${wanted}`,
  };
}

function isAtOrAbove(q: Queries, resellerId: string): Fragment {
  return q`h.reseller_id = any (select unnest(s.path) from resellers s where s.id = ${resellerId})`;
}

function columns(q: Queries): Fragment {
  return q`
    h.id, h.reseller_id as "resellerId", r.name as "resellerName", h.name, h.format, h.enabled, h.host, h.account, h.sender,
    h.has_token as "hasToken", h.version, h.created_at as "createdAt", h.updated_at as "updatedAt",
    (select count(distinct k.profile_id)::int from profile_rules k where k.channels @> ${namesChannel(q, q`h.id`)}) as profiles,
    (select count(distinct s.company_id)::int from company_sides s join companies p on p.id = s.company_id
     where s.channels @> ${namesChannel(q, q`h.id`)} and p.status <> 'deleted') as companies`;
}

function sealed(q: Queries): Fragment {
  return q`h.secrets, h.secret_place as "secretPlace"`;
}
