import type { Fragment } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import type { Queries, Transaction } from '../system/database.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';
import { withFreeName } from './free-name.js';

/**
 * The operator is the root; a manager works for a reseller and has no sub-resellers (docs/manuals.md#reseller-tree).
 */
export const resellerKinds = ['operator', 'reseller', 'manager'] as const;
type ResellerKind = (typeof resellerKinds)[number];

export const resellerStatuses = ['active', 'deleted'] as const;
type ResellerStatus = (typeof resellerStatuses)[number];

export interface ResellerRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly kind: ResellerKind;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string;
  /** IANA */
  readonly timezone: string;
  /** ids from the root down to this one */
  readonly path: readonly string[];
  readonly status: ResellerStatus;
  /** of its ledger; null: none yet, and always for a manager and the operator */
  readonly currency: string | null;
  /** decimal string; available = live + credit */
  readonly credit: string;
  /** decimal string: the sum of its ledger */
  readonly live: string;
  /** clients that are not deleted: owned, or of a manager assigned */
  readonly clients: number;
  readonly version: number;
  readonly createdAt: Date;
}

export interface ResellerFields {
  readonly name: string;
  readonly email: string | null;
  readonly locale: string;
  /** IANA */
  readonly timezone: string;
  readonly currency: string | null;
  readonly credit: string;
}

export interface NewReseller extends ResellerFields {
  readonly parentId: string;
  readonly kind: Exclude<ResellerKind, 'operator'>;
}

function columns(q: Queries): Fragment {
  return q`
    r.id, r.parent_id as "parentId", r.kind, r.name, r.email, r.locale, r.timezone, r.path::text[] as path, r.version,
    r.status, r.currency, r.credit, r.live,
    r.created_at as "createdAt",
    (select count(*)::int from clients c
     where c.status <> 'deleted' and case r.kind when 'manager' then c.manager_id else c.reseller_id end = r.id) as clients`;
}

/** Null when there is none within the subtree of `withinId`. */
export async function findReseller(q: Queries, withinId: string, id: string): Promise<ResellerRow | null> {
  const [row] = await q<ResellerRow[]>`
    select ${columns(q)} from resellers r where r.id = ${id} and ${visibleReseller(q, q`r.id`, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockReseller(tx: Transaction, withinId: string, id: string): Promise<ResellerRow | null> {
  await tx`select 1 from resellers where id = ${id} for update`;
  return findReseller(tx, withinId, id);
}

type ResellerSort = 'id' | 'name' | 'createdAt';

interface ResellerFilter {
  readonly parentId: string | null;
  readonly kind: ResellerKind | null;
  readonly name: string | null;
  readonly status: ResellerStatus;
}

export function resellerList(
  q: Queries,
  withinId: string,
  filter: ResellerFilter,
): ListQuery<ResellerRow, ResellerSort> {
  const wanted = q`
    r.path @> array[${withinId}::bigint] and r.status = ${filter.status}
    and (${filter.parentId}::bigint is null or r.parent_id = ${filter.parentId})
    and (${filter.kind}::text is null or r.kind = ${filter.kind})
    and (${filter.name}::text is null or starts_with(lower(r.name), lower(${filter.name})))`;
  return {
    columns: {
      id: { expression: q`r.id`, type: 'bigint' },
      name: { expression: q`lower(r.name)`, type: 'text' },
      createdAt: { expression: q`r.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from resellers r where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from resellers r where ${wanted}`,
  };
}

/** The whole subtree without what is deleted, parents before their children, siblings by name; at most `limit` of them. */
export async function resellerSubtree(q: Queries, withinId: string, limit: number): Promise<ResellerRow[]> {
  return q<ResellerRow[]>`
    select ${columns(q)} from resellers r where r.path @> array[${withinId}::bigint] and r.status = 'active'
    order by cardinality(r.path), lower(r.name), r.id limit ${limit}`;
}

/** @throws DomainError `already_exists` */
export async function insertReseller(tx: Transaction, withinId: string, reseller: NewReseller): Promise<ResellerRow> {
  const [inserted] = await withFreeName(
    tx,
    '/name',
    async (inner) =>
      inner<{ id: string }[]>`
      with next as (select nextval(pg_get_serial_sequence('resellers', 'id')) as id)
      insert into resellers (id, parent_id, kind, name, email, locale, timezone, currency, credit, path)
      select next.id, p.id, ${reseller.kind}, ${reseller.name}, ${reseller.email}, ${reseller.locale}, ${reseller.timezone},
        ${reseller.currency}, ${reseller.credit}, p.path || next.id
      from next, resellers p where p.id = ${reseller.parentId}
      returning id`,
  );
  return reread(tx, withinId, inserted?.id);
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateResellerRow(
  tx: Transaction,
  withinId: string,
  id: string,
  fields: ResellerFields,
): Promise<ResellerRow> {
  await withFreeName(
    tx,
    '/name',
    async (inner) =>
      inner`
      update resellers
      set name = ${fields.name}, email = ${fields.email}, locale = ${fields.locale}, timezone = ${fields.timezone},
        currency = ${fields.currency}, credit = ${fields.credit}, version = version + 1
      where id = ${id}`,
  );
  return reread(tx, withinId, id);
}

/**
 * The email of a reseller or manager is another: its clients, and those of sub-resellers without an email of theirs, have
 * other recipients. Their monitors are signaled, which read them again because the versions of their resellers rise.
 */
export async function signalClientsOfReseller(tx: Transaction, id: string): Promise<void> {
  const inheriting = tx`
    select below.id from resellers below
    where below.path @> array[${id}::bigint] and not exists (
      select 1 from resellers nearer
      where nearer.id = any (below.path) and nearer.path @> array[${id}::bigint] and nearer.id <> ${id} and nearer.email is not null)`;
  await tx`update resellers set version = version + 1 where id in (${inheriting}) and id <> ${id} and kind <> 'manager'`;
  await enqueueSignalWhere(tx, 'configurationChanged', tx`c.manager_id = ${id} or c.reseller_id in (${inheriting})`);
}

/** Signals the monitors of the clients of a reseller and its sub-resellers. */
export async function signalClientsBelow(tx: Transaction, id: string): Promise<void> {
  const below = tx`select below.id from resellers below where below.path @> array[${id}::bigint]`;
  await enqueueSignalWhere(tx, 'configurationChanged', tx`c.reseller_id in (${below})`);
}

/**
 * The path of a company that may own clients and profiles.
 *
 * @throws DomainError `not_found` outside of the subtree, `conflict` for a manager, or one that is deleted
 */
export async function requireOwner(
  q: Queries,
  withinId: string,
  id: string,
  pointer: string,
): Promise<readonly string[]> {
  const [owner] = await q<{ kind: ResellerKind; status: ResellerStatus; path: string[] }[]>`
    select r.kind, r.status, r.path::text[] as path from resellers r
    where r.id = ${id} and ${visibleReseller(q, q`r.id`, withinId)}`;
  if (!owner) throw new DomainError('not_found', `there is no reseller ${id}`, pointer);
  if (owner.kind === 'manager') {
    throw new DomainError('conflict', `${id} is a manager: use the reseller that the manager works for`, pointer);
  }
  if (owner.status === 'deleted') {
    throw new DomainError('conflict', `reseller ${id} is deleted: use another one`, pointer);
  }
  return owner.path;
}

/** A reseller, or a manager, whose user someone becomes. @throws DomainError `not_found`, `conflict` for one that is deleted */
export async function requireEmployer(q: Queries, withinId: string, id: string): Promise<ResellerRow> {
  const found = await findReseller(q, withinId, id);
  if (!found) throw new DomainError('not_found', `there is no reseller ${id}`, '/resellerId');
  if (found.status === 'deleted') throw new DomainError('conflict', `reseller ${id} is deleted`, '/resellerId');
  return found;
}

async function reread(tx: Transaction, withinId: string, id: string | undefined): Promise<ResellerRow> {
  const row = id === undefined ? null : await findReseller(tx, withinId, id);
  if (!row) throw new Error('a reseller that was just written is not there');
  return row;
}
