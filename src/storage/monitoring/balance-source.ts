import type { Queries, Sql } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';
import type { BalanceSourceKind } from '../ledger/live-balance.js';
import { resolveOpenEvents } from '../events/resolve-event.js';
import { enqueueFleetSignal } from './outbox.js';

/**
 * Registers which balances count from now on. Readings of another source are dropped: until the new one is read a
 * balance is unknown, and every monitor is signaled, so that this does not take until its next check.
 *
 * @returns whether it is another source than before
 */
export async function registerBalanceSource(sql: Sql, source: BalanceSourceKind): Promise<boolean> {
  return inTransaction(sql, async (tx) => {
    const changed = await tx`
      update balance_source set source = ${source}, since = now(), down_since = null where source <> ${source} returning source`;
    if (changed.length === 0) return false;
    await tx`
      update balances set source_live = null, source_read_at = null, source_known_live = null, source_known_at = null
      where source_read_at is not null`;
    await tx`delete from balance_faults`;
    await resolveOpenEvents(
      tx,
      { kind: 'source.failing' },
      { reason: 'Another balance source is configured', at: new Date() },
    );
    await enqueueFleetSignal(tx, 'balanceChanged', 'all');
    return true;
  });
}

/** Notes that the source gave no usable answer to a batch; the first note of an outage counts. */
export async function recordSourceOutage(q: Queries, atMs: number): Promise<void> {
  await q`update balance_source set down_since = ${new Date(atMs)} where down_since is null and source <> 'ledger'`;
}

/**
 * Ends an outage, once for the fleet, however many readers notice: the monitors of all clients whose balance is unknown
 * get a signal. Does nothing when no outage was noted.
 */
export async function recordSourceReturn(sql: Sql): Promise<void> {
  await inTransaction(sql, async (tx) => {
    const ended = await tx`update balance_source set down_since = null where down_since is not null returning source`;
    if (ended.length > 0) await enqueueFleetSignal(tx, 'balanceChanged', 'balance_unknown');
  });
}

/** What a foreign source said of one client; null: no usable balance. */
interface ClientReading {
  readonly clientId: string;
  /** decimal string in the client's currency */
  readonly live: string | null;
}

/** Saves the readings of a batch in one statement. A reading never takes the place of a later one. */
export async function writeReadings(q: Queries, readings: readonly ClientReading[], atMs: number): Promise<void> {
  if (readings.length === 0) return;
  // Locked in the order of client ids, as every writer does, so that none waits for another in a circle.
  await q`
    with readings as (
      select t.client_id, t.live from unnest(
        ${readings.map(({ clientId }) => clientId)}::bigint[], ${readings.map(({ live }) => live)}::numeric[]
      ) as t (client_id, live)
      join balances b on b.client_id = t.client_id
      where b.source_read_at is null or b.source_read_at <= ${new Date(atMs)}
      order by t.client_id
      for no key update of b
    )
    update balances b set source_live = readings.live, source_read_at = ${new Date(atMs)},
      source_known_live = coalesce(readings.live, b.source_known_live),
      source_known_at = case when readings.live is null then b.source_known_at else ${new Date(atMs)} end
    from readings where b.client_id = readings.client_id`;
}
