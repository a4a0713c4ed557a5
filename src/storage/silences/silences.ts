import type { Fragment } from 'postgres';
import type { SilenceStatus } from '../../domain/silences/silence-window.js';
import { actorName } from '../access/actor-name.js';
import { containing } from '../clients/text-match.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';
import { coversClient } from './covered-clients.js';

/** Which clients a silence covers: those of a reseller and its sub-resellers, or of a manager, that also meet the others. */
export interface SilenceMatcher {
  readonly resellerId: string;
  /** null: any */
  readonly tag: string | null;
  /** null: any */
  readonly profileId: string | null;
}

export interface SilenceFields extends SilenceMatcher {
  readonly comment: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface SilenceRow extends SilenceFields {
  readonly id: string;
  readonly resellerName: string;
  readonly profileName: string | null;
  readonly status: SilenceStatus;
  /** that are not deleted, covered now */
  readonly clients: number;
  readonly createdBy: string;
  readonly createdByName: string | null;
  readonly createdAt: Date;
  /** who ended it before its end; null: no one did */
  readonly endedBy: string | null;
  readonly endedByName: string | null;
  readonly version: number;
}

export const silenceSorts = ['id', 'startsAt', 'endsAt', 'resellerName'] as const;
type SilenceSort = (typeof silenceSorts)[number];

interface SilenceFilter {
  readonly status: readonly SilenceStatus[] | null;
  /** of this reseller and below */
  readonly resellerId: string | null;
  /** covers this client now */
  readonly clientId: string | null;
  /** within comment or tag, without case, or the id itself */
  readonly q: string | null;
}

interface Reader {
  readonly resellerId: string;
  readonly at: Date;
}

function statusAt(q: Queries, at: Date): Fragment {
  return q`case when s.ends_at <= ${at} then 'expired' when s.starts_at > ${at} then 'pending' else 'active' end`;
}

function columns(q: Queries, { resellerId, at }: Reader): Fragment {
  return q`s.id, s.reseller_id as "resellerId", o.name as "resellerName", s.tag, s.profile_id as "profileId",
    p.name as "profileName", s.comment, s.starts_at as "startsAt", s.ends_at as "endsAt", ${statusAt(q, at)} as status,
    (select count(*)::int from clients c join resellers r on r.id = c.reseller_id
     where c.status <> 'deleted' and ${coversClient(q)}) as clients,
    s.created_by as "createdBy", ${actorName(q, q`s.created_by`, resellerId)} as "createdByName",
    s.created_at as "createdAt", s.ended_by as "endedBy", ${actorName(q, q`s.ended_by`, resellerId)} as "endedByName",
    s.version`;
}

function tables(q: Queries): Fragment {
  return q`silences s join resellers o on o.id = s.reseller_id left join profiles p on p.id = s.profile_id`;
}

export function silenceList(q: Queries, reader: Reader, filter: SilenceFilter): ListQuery<SilenceRow, SilenceSort> {
  const parts: Fragment[] = [visibleReseller(q, q`s.reseller_id`, reader.resellerId)];
  if (filter.status !== null) parts.push(q`${statusAt(q, reader.at)} = any (${[...filter.status]}::text[])`);
  if (filter.resellerId !== null) parts.push(q`o.path @> array[${filter.resellerId}::bigint]`);
  if (filter.clientId !== null) {
    parts.push(q`exists (
      select 1 from clients c join resellers r on r.id = c.reseller_id
      where c.id = ${filter.clientId} and ${coversClient(q)})`);
  }
  if (filter.q !== null) {
    parts.push(q`(lower(concat_ws(E'\n', s.comment, s.tag)) like ${containing(filter.q)} or s.id::text = ${filter.q})`);
  }
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`s.id`, type: 'bigint' },
      startsAt: { expression: q`s.starts_at`, type: 'timestamptz' },
      endsAt: { expression: q`s.ends_at`, type: 'timestamptz' },
      resellerName: { expression: q`lower(o.name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, reader)}, ${position} as position from ${tables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${wanted}`,
  };
}

/** Null when there is none of the reseller or below. */
export async function findSilence(q: Queries, reader: Reader, id: string): Promise<SilenceRow | null> {
  const [row] = await q<SilenceRow[]>`
    select ${columns(q, reader)} from ${tables(q)}
    where s.id = ${id} and ${visibleReseller(q, q`s.reseller_id`, reader.resellerId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockSilence(tx: Transaction, reader: Reader, id: string): Promise<SilenceRow | null> {
  await tx`select 1 from silences where id = ${id} for update`;
  return findSilence(tx, reader, id);
}

/** Silences of a reseller that have not ended. */
export async function countCurrentSilences(q: Queries, { at }: Reader, resellerId: string): Promise<number> {
  const [row] = await q<{ silences: number }[]>`
    select count(*)::int as silences from silences where reseller_id = ${resellerId} and ends_at > ${at}`;
  return row?.silences ?? 0;
}

/** Adds a silence and signals the monitors of the clients that it covers. */
export async function insertSilence(tx: Transaction, fields: SilenceFields, createdBy: string): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into silences (reseller_id, tag, profile_id, comment, starts_at, ends_at, created_by)
    values (${fields.resellerId}, ${fields.tag}, ${fields.profileId}, ${fields.comment}, ${fields.startsAt},
      ${fields.endsAt}, ${createdBy})
    returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  await signalCovered(tx, row.id);
  return row.id;
}

interface SilenceChange {
  readonly comment: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** who ends it; null: no one */
  readonly endedBy: string | null;
}

/** Changes a locked silence and signals the monitors of the clients that it covers. */
export async function updateSilenceRow(tx: Transaction, id: string, to: SilenceChange): Promise<void> {
  await tx`
    update silences set comment = ${to.comment}, starts_at = ${to.startsAt}, ends_at = ${to.endsAt},
      ended_by = ${to.endedBy}, version = version + 1
    where id = ${id}`;
  await signalCovered(tx, id);
}

async function signalCovered(tx: Transaction, id: string): Promise<void> {
  await enqueueSignalWhere(
    tx,
    'configurationChanged',
    tx`exists (
      select 1 from silences s, resellers r where s.id = ${id} and r.id = c.reseller_id and ${coversClient(tx)})`,
  );
}

/** Whether a profile may be named: of the reseller or below, or of one above, whose profiles its clients use. */
export async function isUsableProfile(q: Queries, resellerId: string, profileId: string): Promise<boolean> {
  const rows = await q`
    select 1 from profiles p join resellers o on o.id = p.reseller_id
    where p.id = ${profileId} and (o.path @> array[${resellerId}::bigint]
      or o.id = any (select unnest(me.path) from resellers me where me.id = ${resellerId}))`;
  return rows.length > 0;
}
