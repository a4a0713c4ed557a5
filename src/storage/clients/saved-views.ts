import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';

/** The filters and columns of a list under a name. */
export interface SavedView {
  readonly id: string;
  readonly resellerId: string;
  /** `key:7`, `user:3` */
  readonly owner: string;
  readonly page: string;
  readonly name: string;
  /** the query of the page's URL */
  readonly query: string;
  readonly shared: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type SavedViewFields = Pick<SavedView, 'page' | 'name' | 'query' | 'shared'>;

/** Who looks: its own views, and those that are shared within its reseller. */
export interface ViewCaller {
  readonly owner: string;
  readonly resellerId: string;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`v.id, v.reseller_id as "resellerId", v.owner, v.page, v.name, v.query, v.shared, v.version,
    v.created_at as "createdAt", v.updated_at as "updatedAt"`;
}

/** More than a user keeps for a page, and few enough for one answer. */
const mostViews = 500;

/** Its own first, then those of others, by name. */
export async function listSavedViews(q: Queries, caller: ViewCaller, page: string | null): Promise<SavedView[]> {
  return q<SavedView[]>`
    select ${columns(q)} from saved_views v
    where (v.owner = ${caller.owner} or (v.shared and v.reseller_id = ${caller.resellerId}))
      and (${page}::text is null or v.page = ${page})
    order by v.owner <> ${caller.owner}, v.page, lower(v.name), v.id limit ${mostViews}`;
}

/** One of the caller's views, locked; those of others are not its to change. */
export async function lockSavedView(tx: Transaction, caller: ViewCaller, id: string): Promise<SavedView | null> {
  const [row] = await tx<SavedView[]>`
    select ${columns(tx)} from saved_views v where v.id = ${id} and v.owner = ${caller.owner} for update`;
  return row ?? null;
}

/** @throws DomainError `already_exists` for a name that the owner has on this page */
export async function insertSavedView(
  tx: Transaction,
  caller: ViewCaller,
  fields: SavedViewFields,
): Promise<SavedView> {
  const [row] = await named(
    tx<SavedView[]>`
      insert into saved_views as v (reseller_id, owner, page, name, query, shared)
      values (${caller.resellerId}, ${caller.owner}, ${fields.page}, ${fields.name}, ${fields.query}, ${fields.shared})
      returning ${columns(tx)}`,
  );
  if (!row) throw new Error('a view was not inserted');
  return row;
}

/** Changes a locked row. @throws DomainError `already_exists` as above */
export async function updateSavedViewRow(tx: Transaction, id: string, fields: SavedViewFields): Promise<SavedView> {
  const [row] = await named(
    tx<SavedView[]>`
      update saved_views v
      set page = ${fields.page}, name = ${fields.name}, query = ${fields.query}, shared = ${fields.shared},
        version = version + 1, updated_at = now()
      where v.id = ${id} returning ${columns(tx)}`,
  );
  if (!row) throw new Error('a locked view is not there');
  return row;
}

export async function deleteSavedViewRow(tx: Transaction, id: string): Promise<void> {
  await tx`delete from saved_views where id = ${id}`;
}

async function named<T>(write: PromiseLike<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'you already have a view with this name on this page', '/name');
  }
}
