import type { Queries } from '../../system/database.js';
import { lastNotified } from './rate-notifications.js';

/** How many clients that use a table were notified of it at an instant or later: of rates that take effect by then. */
export async function countNotifiedClients(q: Queries, rateTableId: string, effectiveFrom: Date): Promise<number> {
  const [row] = await q<{ clients: number }[]>`
    select count(*)::int as clients from clients c
    where c.status <> 'deleted' and c.rate_notification
      and ${rateTableId} in (c.origination_rate_table_id, c.termination_rate_table_id)
      and ${lastNotified(q, q`${rateTableId}`)} >= ${effectiveFrom}`;
  return row?.clients ?? 0;
}
