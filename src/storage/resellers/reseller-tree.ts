import type { ResellerUse } from '../../domain/resellers/tree.js';
import type { Queries, Transaction } from '../system/database.js';
import { withFreeName } from './free-name.js';

/** Changes of the tree wait for each other, so that two moves can't form a cycle. Until the transaction ends. */
export async function lockTree(tx: Transaction): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('reseller tree', 0))`;
}

/** How many levels a reseller and those below it have, with what is deleted. */
export async function levelsBelow(q: Queries, id: string): Promise<number> {
  const [row] = await q<{ levels: number }[]>`
    select max(cardinality(below.path)) - min(cardinality(below.path)) + 1 as levels
    from resellers below where below.path @> array[${id}::bigint]`;
  return row?.levels ?? 1;
}

/** What is active and depends on a reseller or a manager. */
export async function readResellerUse(q: Queries, id: string): Promise<ResellerUse> {
  const [row] = await q<ResellerUse[]>`
    select
      (select count(*)::int from resellers r where r.parent_id = ${id} and r.kind = 'reseller' and r.status = 'active') as resellers,
      (select count(*)::int from resellers r where r.parent_id = ${id} and r.kind = 'manager' and r.status = 'active') as managers,
      (select count(*)::int from clients c where c.reseller_id = ${id} and c.status <> 'deleted') as clients,
      (select count(*)::int from companies p where p.reseller_id = ${id} and p.status <> 'deleted') as companies,
      (select count(*)::int from users u where u.reseller_id = ${id} and u.status = 'active') as users,
      (select count(*)::int from api_keys k where k.reseller_id = ${id} and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now())) as "apiKeys"`;
  if (!row) throw new TypeError('counts are one row');
  return row;
}

/** Marks it deleted. Clients of a manager have none any more; their owner is the reseller again. */
export async function markResellerDeleted(tx: Transaction, id: string): Promise<void> {
  await tx`update resellers set status = 'deleted', version = version + 1 where id = ${id}`;
  await tx`update clients set manager_id = null, version = version + 1 where manager_id = ${id}`;
}

/**
 * The opposite of `markResellerDeleted`, but for the clients of a manager, which have another one, or none.
 *
 * @throws DomainError `already_exists`
 */
export async function markResellerRestored(tx: Transaction, id: string, name: string): Promise<void> {
  await withFreeName(
    tx,
    '/name',
    async (inner) =>
      inner`update resellers set status = 'active', name = ${name}, version = version + 1 where id = ${id}`,
  );
}

/** Puts a reseller and all below it under another parent. @throws DomainError `already_exists` */
export async function moveSubtree(tx: Transaction, id: string, parentId: string): Promise<void> {
  await withFreeName(
    tx,
    '/parentId',
    async (inner) =>
      inner`
      update resellers r set
        path = p.path || r.path[array_position(r.path, ${id}::bigint):],
        parent_id = case when r.id = ${id} then p.id else r.parent_id end,
        version = r.version + 1
      from resellers p where p.id = ${parentId} and r.path @> array[${id}::bigint]`,
  );
}
