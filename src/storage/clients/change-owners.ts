import type { Queries } from '../system/database.js';

/** For each client, the resellers whose subtree it is in: up from its own and from its manager's. */
export async function readClientOwners(q: Queries, clientIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await q<{ id: string; owners: string[] }[]>`
    select c.id, (r.path || coalesce(o.path, '{}'))::text[] as owners
    from clients c
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    where c.id = any (${clientIds as string[]}::bigint[])`;
  return new Map(rows.map(({ id, owners }) => [id, owners]));
}

/** For each reseller, itself and those above it. */
export async function readResellerPaths(q: Queries, resellerIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await q<{ id: string; path: string[] }[]>`
    select id, path::text[] as path from resellers where id = any (${resellerIds as string[]}::bigint[])`;
  return new Map(rows.map(({ id, path }) => [id, path]));
}
