import type { Fragment } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import { containing } from '../clients/text-match.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';

/**
 * Small records of a reseller that its clients and those of its sub-resellers refer to: payment terms, tax profiles,
 * customer classes, invoice templates, client templates, rate tables, agreements. A module for each says which table it has, and what is in it.
 */

export interface SharedFields {
  readonly resellerId: string;
  readonly name: string;
}

export interface SharedRow extends SharedFields {
  readonly id: string;
  readonly resellerName: string;
  /** that are not deleted and use it */
  readonly clients: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a client template may refer to. */
export type TemplateReference =
  | 'profile_id'
  | 'payment_terms_id'
  | 'tax_profile_id'
  | 'invoice_template_id'
  | 'agreement_id'
  | 'origination_rate_table_id'
  | 'termination_rate_table_id';

export interface SharedTable<Fields extends SharedFields, Row extends Fields & SharedRow> {
  readonly table:
    | 'payment_terms'
    | 'tax_profiles'
    | 'customer_classes'
    | 'invoice_templates'
    | 'client_templates'
    | 'rate_tables'
    | 'agreements';
  /** the column of `clients` that refers to it, or several that may */
  readonly usedBy: string | readonly string[];
  /** the columns of `client_templates` that refer to it; absent: none does */
  readonly inTemplates?: readonly TemplateReference[];
  /** the columns of its fields */
  readonly columns: Readonly<Record<Exclude<keyof Fields & string, 'resellerId' | 'name'>, string>>;
  /** what is read besides, or in another form, of `<table> s` */
  readonly read?: (q: Queries) => Readonly<Partial<Record<keyof Row & string, Fragment>>>;
}

type Table = SharedTable<SharedFields, SharedRow>;

/** Null when there is none within the subtree of `withinId`. */
export async function findShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  q: Queries,
  shared: SharedTable<Fields, Row>,
  withinId: string,
  id: string,
): Promise<Row | null> {
  const rows = await q<Row[]>`
    select ${selected(q, shared)} from ${tables(q, shared)}
    where s.id = ${id} and ${visibleReseller(q, q`s.reseller_id`, withinId)}`;
  return (rows[0] as Row | undefined) ?? null;
}

/** The same, locked against others who would change it, delete it, or give it to a client. */
export async function lockShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  tx: Transaction,
  shared: SharedTable<Fields, Row>,
  withinId: string,
  id: string,
): Promise<Row | null> {
  await tx`select 1 from ${tx(shared.table)} where id = ${id} for update`;
  return findShared(tx, shared, withinId, id);
}

/** @throws DomainError `already_exists`: the reseller has one of this name */
export async function insertShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  tx: Transaction,
  shared: SharedTable<Fields, Row>,
  fields: Fields,
): Promise<string> {
  const values = { reseller_id: fields.resellerId, ...columnsOf(shared, fields) };
  const [row] = await unique(() => tx<{ id: string }[]>`insert into ${tx(shared.table)} ${tx(values)} returning id`);
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  tx: Transaction,
  shared: SharedTable<Fields, Row>,
  id: string,
  fields: Fields,
): Promise<void> {
  await unique(
    () => tx`
      update ${tx(shared.table)} set ${tx(columnsOf(shared, fields))}, version = version + 1, updated_at = now()
      where id = ${id}`,
  );
}

/** Deleted clients lose it; others must not have it any more. */
export async function deleteShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  tx: Transaction,
  shared: SharedTable<Fields, Row>,
  id: string,
): Promise<void> {
  for (const column of [shared.usedBy].flat()) {
    await tx`
      update clients set ${tx(column)} = null, version = version + 1
      where ${tx(column)} = ${id} and status = 'deleted'`;
  }
  await tx`delete from ${tx(shared.table)} where id = ${id}`;
}

export const sharedSorts = ['name', 'id', 'resellerName', 'clients', 'createdAt', 'updatedAt'] as const;
type SharedSort = (typeof sharedSorts)[number];

export interface SharedFilter {
  /** of this reseller and below */
  readonly resellerId: string | null;
  /** within the name, without case, or the id itself */
  readonly q: string | null;
}

/** @param also a further condition on `<table> s` */
export function sharedList<Fields extends SharedFields, Row extends Fields & SharedRow>(
  q: Queries,
  shared: SharedTable<Fields, Row>,
  withinId: string,
  filter: SharedFilter,
  also: Fragment = q`true`,
): ListQuery<Row, SharedSort> {
  const wanted = q`
    r.path @> array[${withinId}::bigint]
    and (${filter.resellerId}::bigint is null or r.path @> array[${filter.resellerId}::bigint])
    and ${filter.q === null ? q`true` : q`(lower(s.name) like ${containing(filter.q)} or s.id::text = ${filter.q})`}
    and ${also}`;
  return {
    columns: {
      id: { expression: q`s.id`, type: 'bigint' },
      name: { expression: q`lower(s.name)`, type: 'text' },
      resellerName: { expression: q`lower(r.name)`, type: 'text' },
      clients: { expression: clientsOf(q, shared), type: 'bigint' },
      createdAt: { expression: q`s.created_at`, type: 'timestamptz' },
      updatedAt: { expression: q`s.updated_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${selected(q, shared)}, ${position} as position from ${tables(q, shared)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q, shared)} where ${wanted}`,
  };
}

export interface SharedOwner {
  readonly resellerId: string;
  /** within the subtree of the reseller who asks */
  readonly isVisible: boolean;
}

/**
 * Shared lock: the record is not deleted while a client is being given it. Row-level security lets a reseller read what a
 * reseller above it has, but not lock it.
 */
export async function lockOwnerOf(
  tx: Transaction,
  table: Table['table'] | 'profiles',
  withinId: string,
  id: string,
): Promise<SharedOwner | null> {
  const read = (lock: Fragment): Promise<SharedOwner[]> => tx<SharedOwner[]>`
    select s.reseller_id as "resellerId", o.path @> array[${withinId}::bigint] as "isVisible"
    from ${tx(table)} s join resellers o on o.id = s.reseller_id where s.id = ${id} ${lock}`;
  const [locked] = await read(tx`for share of s`);
  if (locked) return locked;
  const [inherited] = await read(tx``);
  return inherited ?? null;
}

function tables(q: Queries, { table }: Pick<Table, 'table'>): Fragment {
  return q`${q(table)} s join resellers r on r.id = s.reseller_id`;
}

function clientsOf(q: Queries, { usedBy }: Pick<Table, 'usedBy'>): Fragment {
  const isUsed = [usedBy].flat().reduce((all, column) => q`${all} or c.${q(column)} = s.id`, q`false`);
  return q`(select count(*)::int from clients c where (${isUsed}) and c.status <> 'deleted')`;
}

function selected<Fields extends SharedFields, Row extends Fields & SharedRow>(
  q: Queries,
  shared: SharedTable<Fields, Row>,
): Fragment {
  const own = Object.entries<string>(shared.columns).map(([name, column]) => [name, q`s.${q(column)}`] as const);
  const read = new Map<string, Fragment>([
    ...own,
    ...Object.entries((shared.read?.(q) ?? {}) as Record<string, Fragment>),
  ]);
  return [...read].reduce(
    (all, [name, value]) => q`${all}, ${value} as ${q(name)}`,
    q`s.id, s.reseller_id as "resellerId", r.name as "resellerName", s.name, ${clientsOf(q, shared)} as clients,
      s.version, s.created_at as "createdAt", s.updated_at as "updatedAt"`,
  );
}

function columnsOf<Fields extends SharedFields, Row extends Fields & SharedRow>(
  shared: SharedTable<Fields, Row>,
  fields: Fields,
): Record<string, never> {
  const values = new Map<string, unknown>(Object.entries(fields));
  const columns = Object.entries<string>(shared.columns).map(([name, column]) => [column, values.get(name)]);
  // What the driver takes: the module's columns have the types of its fields.
  return Object.fromEntries([['name', fields.name], ...columns]) as Record<string, never>;
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'the reseller has another one of this name: choose another name', '/name');
  }
}
