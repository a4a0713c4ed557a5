import type { Fragment } from 'postgres';
import { DomainError } from '../domain/errors.js';
import { auditedBy, writeAudit } from './audit.js';
import type { Change } from './change.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from './database.js';
import { enqueuePokeWhere } from './outbox.js';
import { readPage, type Page, type PageRequest } from './paging.js';
import { requireOwner } from './resellers.js';
import { visibleReseller } from './visible.js';

/** People of a reseller whom profiles can notify (manual 0, Users). */
export interface UserRow {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  readonly name: string;
  readonly email: string;
  /** profiles that notify this user */
  readonly profiles: number;
  readonly version: number;
  readonly createdAt: Date;
}

export interface UserFields {
  readonly name: string;
  readonly email: string;
}

function columns(q: Queries): Fragment {
  return q`
    u.id, u.reseller_id as "resellerId", r.name as "resellerName", u.name, u.email, u.version, u.created_at as "createdAt",
    (select count(distinct k.profile_id)::int from profile_rules k where k.user_ids @> array[u.id]) as profiles`;
}

export async function findUser(q: Queries, withinId: string, id: string): Promise<UserRow | null> {
  const [row] = await q<UserRow[]>`
    select ${columns(q)} from users u join resellers r on r.id = u.reseller_id
    where u.id = ${id} and ${visibleReseller(q, q`u.reseller_id`, withinId)}`;
  return row ?? null;
}

export async function lockUser(tx: Transaction, withinId: string, id: string): Promise<UserRow | null> {
  await tx`select 1 from users where id = ${id} for update`;
  return findUser(tx, withinId, id);
}

export type UserSort = 'id' | 'name' | 'email' | 'createdAt';

export async function listUsers(
  q: Queries,
  withinId: string,
  filter: { readonly resellerId: string | null; readonly name: string | null; readonly email: string | null },
  page: PageRequest<UserSort>,
): Promise<Page<UserRow>> {
  const wanted = q`
    r.path @> array[${withinId}::bigint]
    and (${filter.resellerId}::bigint is null or r.path @> array[${filter.resellerId}::bigint])
    and (${filter.name}::text is null or starts_with(lower(u.name), lower(${filter.name})))
    and (${filter.email}::text is null or lower(u.email) = lower(${filter.email}))`;
  return readPage<UserRow, UserSort>(q, page, {
    columns: {
      id: { expression: q`u.id`, type: 'bigint' },
      name: { expression: q`lower(u.name)`, type: 'text' },
      email: { expression: q`lower(u.email)`, type: 'text' },
      createdAt: { expression: q`u.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from users u join resellers r on r.id = u.reseller_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from users u join resellers r on r.id = u.reseller_id where ${wanted}`,
  });
}

/** @throws DomainError `not_found` for a reseller outside of the subtree, `already_exists` for an address in use */
export async function createUser(
  tx: Transaction,
  withinId: string,
  input: UserFields & { readonly resellerId: string },
  change: Change,
): Promise<UserRow> {
  await requireOwner(tx, withinId, input.resellerId, '/resellerId');
  const [inserted] = await unique(
    () => tx<{ id: string }[]>`
    insert into users (reseller_id, name, email) values (${input.resellerId}, ${input.name}, ${input.email}) returning id`,
  );
  const row = await reread(tx, withinId, inserted?.id);
  await audit(tx, 'user.create', row, change, null, fieldsOf(row));
  return row;
}

/** Changes a locked row. A new address concerns every client whose profile notifies the user. */
export async function updateUser(
  tx: Transaction,
  withinId: string,
  before: UserRow,
  fields: UserFields,
  change: Change,
): Promise<UserRow> {
  await unique(
    () => tx`
    update users set name = ${fields.name}, email = ${fields.email}, version = version + 1 where id = ${before.id}`,
  );
  const row = await reread(tx, withinId, before.id);
  await audit(tx, 'user.update', row, change, fieldsOf(before), fieldsOf(row));
  if (before.email !== row.email) await tellMonitors(tx, row.id);
  return row;
}

/** Recipients are part of a profile's version: monitors then read their configuration again. */
async function tellMonitors(tx: Transaction, userId: string): Promise<void> {
  const notifying = tx`select k.profile_id from profile_rules k where k.user_ids @> array[${userId}::bigint]`;
  await tx`update profiles set version = version + 1, updated_at = now() where id in (${notifying})`;
  await enqueuePokeWhere(tx, 'configurationChanged', tx`c.profile_id in (${notifying})`);
}

/** @throws DomainError `in_use` while a profile notifies the user */
export async function deleteUser(tx: Transaction, row: UserRow, change: Change): Promise<void> {
  if (row.profiles > 0) {
    const some = row.profiles === 1 ? 'a profile notifies' : `${row.profiles} profiles notify`;
    throw new DomainError('in_use', `${some} this user: take the user out of them first`);
  }
  await tx`delete from users where id = ${row.id}`;
  await audit(tx, 'user.delete', row, change, fieldsOf(row), null);
}

/**
 * Makes sure that users exist, and keeps them from being deleted until the transaction ends.
 *
 * @param known ids that were there before, which stay allowed
 * @throws DomainError `not_found` naming the first id that is no user within the subtree
 */
export async function requireUsers(
  tx: Transaction,
  withinId: string,
  ids: readonly string[],
  known: readonly string[],
  pointer: string,
): Promise<void> {
  const asked = ids.filter((id) => !known.includes(id));
  if (asked.length === 0) return;
  const found = await tx<{ id: string }[]>`
    select u.id from users u
    where u.id = any (${asked}::bigint[]) and ${visibleReseller(tx, tx`u.reseller_id`, withinId)}
    for share of u`;
  const missing = asked.find((id) => !found.some((row) => row.id === id));
  if (missing === undefined) return;
  throw new DomainError('not_found', `there is no user ${missing}`, `${pointer}/${ids.indexOf(missing)}`);
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'another user has this e-mail address', '/email');
  }
}

function fieldsOf(row: UserRow): Record<string, unknown> {
  const { resellerId, name, email } = row;
  return { resellerId, name, email };
}

async function audit(
  tx: Transaction,
  action: string,
  row: UserRow,
  change: Change,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action,
    subjectType: 'user',
    subjectId: row.id,
    resellerId: row.resellerId,
    reason: change.reason,
    before,
    after,
  });
}

async function reread(tx: Transaction, withinId: string, id: string | undefined): Promise<UserRow> {
  const row = id === undefined ? null : await findUser(tx, withinId, id);
  if (!row) throw new Error('a user that was just written is not there');
  return row;
}
