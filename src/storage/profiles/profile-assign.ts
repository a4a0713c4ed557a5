import type { Fragment } from 'postgres';
import type { Queries, Transaction } from '../system/database.js';
import { visibleClient } from '../system/tenancy.js';

/** Which clients: these, or all that have another profile now. */
export type Assignees = { readonly clientIds: readonly string[] } | { readonly fromProfileId: string };

export interface Assignee {
  readonly id: string;
  readonly status: string;
  readonly profileId: string | null;
  /** belongs to the profile's reseller or to one below */
  readonly fits: boolean;
}

/** Those of the clients that are within the subtree of `withinId`, by id, for a profile of a reseller. */
export async function readAssignees(
  q: Queries,
  withinId: string,
  profileResellerId: string,
  clients: Assignees,
): Promise<Assignee[]> {
  return selectAssignees(q, withinId, profileResellerId, clients, q``);
}

/** The same, locked against others who would change them. */
export async function lockAssignees(
  tx: Transaction,
  withinId: string,
  profileResellerId: string,
  clients: Assignees,
): Promise<Assignee[]> {
  return selectAssignees(tx, withinId, profileResellerId, clients, tx`for update of c`);
}

async function selectAssignees(
  q: Queries,
  withinId: string,
  profileResellerId: string,
  clients: Assignees,
  lock: Fragment,
): Promise<Assignee[]> {
  const wanted =
    'clientIds' in clients
      ? q`c.id = any (${clients.clientIds as string[]}::bigint[])`
      : q`c.profile_id = ${clients.fromProfileId} and c.status <> 'deleted'`;
  return q<Assignee[]>`
    select c.id, c.status, c.profile_id as "profileId",
      exists (select 1 from resellers o where o.id = c.reseller_id and o.path @> array[${profileResellerId}::bigint]) as fits
    from clients c where ${wanted} and ${visibleClient(q, withinId)}
    order by c.id ${lock}`;
}

export async function setProfileOfClients(tx: Transaction, clientIds: readonly string[], id: string): Promise<void> {
  await tx`
    update clients set profile_id = ${id}, version = version + 1, updated_at = now()
    where id = any (${clientIds as string[]}::bigint[])`;
}
