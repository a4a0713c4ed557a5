import { nearest } from '../../domain/nearest.js';
import type { Queries } from '../system/database.js';
import { ownClient } from './own-client.js';
import { visibleClient } from '../system/tenancy.js';

/** Which client an external id means, for one reseller. */
export type ClientReference =
  { readonly kind: 'none' } | { readonly kind: 'one'; readonly id: string } | { readonly kind: 'several' };

interface Candidate {
  readonly id: string;
  readonly externalId: string;
  readonly isOwn: boolean;
  readonly isDeleted: boolean;
}

/**
 * Clients by the operator's own ids for them: the reseller's own client, else that of a sub-reseller. A deleted client
 * no longer holds its id, and is meant only where no other has it.
 *
 * @param withinId clients outside of this reseller's subtree are unknown; null: all are known
 */
export async function clientsByExternalId(
  q: Queries,
  withinId: string | null,
  externalIds: readonly string[],
): Promise<Map<string, ClientReference>> {
  const rows = await q<Candidate[]>`
    select c.id, c.external_id as "externalId", c.status = 'deleted' as "isDeleted",
      ${withinId === null ? q`false` : ownClient(q, withinId)} as "isOwn"
    from clients c
    where c.external_id = any (${[...externalIds]}::text[])
      and ${withinId === null ? q`true` : visibleClient(q, withinId)}
    order by c.id desc`;
  return new Map(
    externalIds.map((externalId) => [externalId, referenceOf(rows.filter((row) => row.externalId === externalId))]),
  );
}

function referenceOf(rows: readonly Candidate[]): ClientReference {
  const found = nearest(rows.filter(({ isDeleted }) => !isDeleted));
  if (found.kind === 'one') return { kind: 'one', id: found.row.id };
  if (found.kind === 'several') return { kind: 'several' };
  // Of deleted ones the newest: whatever is asked of it is refused as for a deleted client.
  const deleted = rows.find(({ isOwn }) => isOwn) ?? rows[0];
  return deleted ? { kind: 'one', id: deleted.id } : { kind: 'none' };
}

/**
 * Clients that a balance source could not distinguish from another one, with an id of that: it is asked by the external
 * id, else by the client's own, and external ids are one within a reseller only.
 */
export async function clientsSharingName(q: Queries, clientIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await q<{ id: string; other: string }[]>`
    select c.id, other.id as other
    from clients c, lateral (
      select o.id from clients o
      where o.external_id = coalesce(c.external_id, c.id::text) and o.id <> c.id and o.status <> 'deleted'
      union all
      select o.id from clients o
      where o.id = case when c.external_id ~ '^[1-9][0-9]{0,17}$' then c.external_id::bigint end
        and o.id <> c.id and o.external_id is null and o.status <> 'deleted'
      limit 1
    ) other
    where c.id = any (${[...clientIds]}::bigint[]) and c.status <> 'deleted'`;
  return new Map(rows.map(({ id, other }) => [id, other]));
}
