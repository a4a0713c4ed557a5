import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import { subtree } from '../system/tenancy.js';

/** The name of one actor, for who may see it; see {@link actorName}. */
export async function readActorName(q: Queries, actor: string, resellerId: string): Promise<string | null> {
  const [row] = await q<{ name: string | null }[]>`select ${actorName(q, q`${actor}::text`, resellerId)} as name`;
  return row?.name ?? null;
}

/**
 * The name of an actor (`user:3`, `key:7`), as an expression. Null for actors that are neither user nor key (`system`),
 * for deleted ones, and for those that the reseller does not see: resellers do not see who works at the operator.
 */
export function actorName(q: Queries, actor: Fragment, resellerId: string): Fragment {
  const id = q`split_part(${actor}, ':', 2)`;
  return q`case
    when ${actor} ~ '^user:[0-9]{1,18}$' then (
      select u.name from users u where u.id = ${id}::bigint and u.reseller_id in (${subtree(q, resellerId)}))
    when ${actor} ~ '^key:[0-9]{1,18}$' then (
      select k.name from api_keys k where k.id = ${id}::bigint and k.reseller_id in (${subtree(q, resellerId)})) end`;
}
