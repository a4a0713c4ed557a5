import type { Queries } from './database.js';
import { countStates } from './monitors.js';
import { outboxStats } from './outbox.js';

/** The numbers of the whole fleet that metrics show. */
export async function fleetNumbers(sql: Queries): Promise<{
  clientsByState: ReadonlyMap<string, number>;
  overdueChecks: number;
  outboxDepth: number;
  outboxOldestSeconds: number;
}> {
  const outbox = await outboxStats(sql);
  const [overdue] = await sql<{ checks: number }[]>`
    select count(*)::int as checks from monitors m join clients c on c.id = m.client_id
    where c.status <> 'deleted' and m.next_check_at < now() - interval '1 minute'`;
  return {
    clientsByState: await countStates(sql),
    overdueChecks: overdue?.checks ?? 0,
    outboxDepth: outbox.depth,
    outboxOldestSeconds: outbox.oldestSeconds,
  };
}
