import type { Sql } from '../system/database.js';

/** Why a client's balance is unknown; the table has a row only while it is. */
export interface BalanceError {
  readonly source: 'sql' | 'http';
  /** in words for staff, without secrets */
  readonly reason: string;
  readonly since: Date;
}

/** What a read found changed of one client; null: its balance is known again. */
interface ErrorChange {
  readonly clientId: string;
  readonly reason: string | null;
}

const longestReason = 500;

/** As the table keeps it, to be compared with what it has. */
export function errorReason(reason: string): string {
  return reason.slice(0, longestReason);
}

/** Another reason does not begin a new time of not knowing. */
export async function writeBalanceErrors(
  sql: Sql,
  changes: readonly ErrorChange[],
  source: BalanceError['source'] | null,
  atMs: number,
): Promise<void> {
  const over = changes.filter(({ reason }) => reason === null).map(({ clientId }) => clientId);
  const faults = changes.filter(({ reason }) => reason !== null);
  if (over.length > 0) await sql`delete from balance_faults where client_id = any(${over}::bigint[])`;
  if (faults.length === 0 || source === null) return;
  // In one order, so that two batches with the same clients wait for each other and never deadlock.
  await sql`
    insert into balance_faults (client_id, source, reason, since)
    select f.client_id, ${source}, f.reason, ${new Date(atMs)}
    from unnest(
      ${faults.map(({ clientId }) => clientId)}::bigint[], ${faults.map(({ reason }) => reason)}::text[]
    ) as f (client_id, reason)
    order by f.client_id
    on conflict (client_id) do update set source = excluded.source, reason = excluded.reason`;
}
