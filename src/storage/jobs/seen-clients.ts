import type { Fragment } from 'postgres';
import type { JobKind } from '../../domain/jobs/job-kinds.js';
import type { Queries, Transaction } from '../system/database.js';

/**
 * What a preview sees of a client, in one text: a client that has another one has changed since. Its version, and for the
 * last invoice date a short hash of up to where it is invoiced, which is no field of the client.
 */
function seenOf(q: Queries, kind: JobKind): Fragment {
  if (kind !== 'set_last_invoiced') return q`c.version::text`;
  return q`concat_ws('/', c.version, (
    select hashtextextended(extract(epoch from b.invoiced_until)::text, 0) & 1048575
    from balances b where b.client_id = c.id))`;
}

/** By the id of each client. */
export async function readSeen(
  q: Queries,
  kind: JobKind,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await q<{ id: string; seen: string }[]>`
    select c.id, ${seenOf(q, kind)} as seen from clients c where c.id = any (${[...clientIds]}::bigint[])`;
  return new Map(rows.map(({ id, seen }) => [id, seen]));
}

/** Locks a client that a row is about to change. Null: it is not there, or not within the scope. */
export async function lockSeen(tx: Transaction, kind: JobKind, clientId: string): Promise<string | null> {
  await tx`select 1 from clients where id = ${clientId} for no key update`;
  return (await readSeen(tx, kind, [clientId])).get(clientId) ?? null;
}
