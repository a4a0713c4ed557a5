import type { Queries, Sql } from './database.js';
import type { BalanceSourceKind } from './live-balance.js';
import { resolveEventsOfKind } from './events/resolve-event.js';
import { enqueuePokeWhere } from './outbox.js';

/**
 * Says which balances are in force from now on. Nothing that another source said stays: until the new one is read a
 * balance is unknown, and every monitor is told to look, so that this does not take until its next check.
 *
 * @returns whether it is another source than before
 */
export async function declareBalanceSource(sql: Sql, source: BalanceSourceKind): Promise<boolean> {
  return sql.begin(async (tx) => {
    const changed = await tx`
      update balance_source set source = ${source}, since = now() where source <> ${source} returning source`;
    if (changed.length === 0) return false;
    await tx`update balances set told_live = null, told_at = null where told_at is not null`;
    await tx`delete from balance_faults`;
    await resolveEventsOfKind(tx, 'source.failing', { reason: 'Another balance source is configured', at: new Date() });
    await enqueuePokeWhere(tx, 'balanceChanged', tx`true`);
    return true;
  });
}

/** What a foreign source said of one client; null: no usable balance. */
export interface ClientReading {
  readonly clientId: string;
  /** decimal string in the client's currency */
  readonly live: string | null;
}

/** Keeps what a batch was told, in one statement. A reading never takes the place of a later one. */
export async function writeReadings(q: Queries, told: readonly ClientReading[], atMs: number): Promise<void> {
  if (told.length === 0) return;
  // Locked in the order of client ids, as every writer does, so that none waits for another in a circle.
  await q`
    with told as (
      select t.client_id, t.live from unnest(
        ${told.map(({ clientId }) => clientId)}::bigint[], ${told.map(({ live }) => live)}::numeric[]
      ) as t (client_id, live)
      join balances b on b.client_id = t.client_id
      where b.told_at is null or b.told_at <= ${new Date(atMs)}
      order by t.client_id
      for no key update of b
    )
    update balances b set told_live = told.live, told_at = ${new Date(atMs)}
    from told where b.client_id = told.client_id`;
}
