import type { Fragment } from 'postgres';
import type { Queries } from './database.js';

/**
 * A condition on `clients c`: the client belongs to the reseller or a sub-reseller, or is assigned to a manager of
 * them. For a caller of that reseller nothing else exists.
 */
export function visibleClient(q: Queries, resellerId: string): Fragment {
  return q`exists (
    select 1 from resellers seen
    where seen.id in (c.reseller_id, c.manager_id) and seen.path @> array[${resellerId}::bigint])`;
}

/** A condition on a reseller id: it is the reseller or a sub-reseller. */
export function visibleReseller(q: Queries, column: Fragment, resellerId: string): Fragment {
  return q`exists (
    select 1 from resellers seen where seen.id = ${column} and seen.path @> array[${resellerId}::bigint])`;
}

/** True where the reseller is the caller's own or a sub-reseller. */
export async function isVisibleReseller(q: Queries, callerResellerId: string, resellerId: string): Promise<boolean> {
  const rows = await q`
    select 1 from resellers where id = ${resellerId} and path @> array[${callerResellerId}::bigint]`;
  return rows.length > 0;
}

/** What `visibleClient` says, for many rows: the subtree is read once instead of asked of for each. */
export function visibleClients(q: Queries, resellerId: string): Fragment {
  return q`(c.reseller_id in (${subtree(q, resellerId)}) or c.manager_id in (${subtree(q, resellerId)}))`;
}

/** The ids of a reseller and its sub-resellers. */
export function subtree(q: Queries, resellerId: string): Fragment {
  return q`select below.id from resellers below where below.path @> array[${resellerId}::bigint]`;
}

/** A condition on a client id: it is that of the user of the client panel who asks. */
export function ownedBy(q: Queries, column: Fragment, clientId: string): Fragment {
  return q`${column} = ${clientId}::bigint`;
}
