import { unique } from '../client-writes.js';
import type { Queries, Transaction } from '../../system/database.js';

/** Deleting, restoring, and removing clients. */

export async function markClientDeleted(tx: Transaction, id: string): Promise<void> {
  await tx`
    update clients set status = 'deleted', client_panel = false, version = version + 1, updated_at = now() where id = ${id}`;
}

/**
 * Makes a deleted client one that is stopped. A monitor that has ended starts as a new one: its counters, silences, and pause are
 * gone; the numbers of its episodes continue, for notifications bear them.
 *
 * @throws DomainError `already_exists` (externalId)
 */
export async function restoreClientRow(tx: Transaction, id: string, externalId: string | null): Promise<void> {
  await unique(
    () => tx`
      update clients set status = 'stop', external_id = ${externalId}, version = version + 1, updated_at = now()
      where id = ${id}`,
  );
  await tx`
    update monitors set state = 'unknown', state_since = now(), last_check_at = null, next_wake_at = null, rules = '{}',
      verdicts = '[]', paused_by = null, silences = '{}'
    where client_id = ${id} and next_check_at is null`;
}

/** Deliveries of the client that a user had resent: each has a workflow. */
export async function readResentDeliveries(q: Queries, clientId: string): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select d.id from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId}
      and exists (select 1 from delivery_attempts a where a.delivery_id = d.id and a.requested_by is not null)`;
  return rows.map(({ id }) => id);
}

/**
 * Removes a deleted client and everything that is of it.
 *
 * @returns how many rows, by table; null: the client is gone, or is not deleted
 */
export async function removeClientRows(tx: Transaction, id: string): Promise<Readonly<Record<string, number>> | null> {
  const [row] = await tx<{ removed: Record<string, number> | null }[]>`select remove_client(${id}) as removed`;
  return row?.removed ?? null;
}
