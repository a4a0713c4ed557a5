import type { Queries } from '../system/database.js';
import { countOpenEventsByKind } from '../events/event-list.js';
import { countStates } from './monitors.js';
import { outboxStats } from './outbox.js';

/** The numbers of the whole fleet that metrics show. */
export async function fleetNumbers(sql: Queries): Promise<{
  clientsByState: ReadonlyMap<string, number>;
  overdueChecks: number;
  outboxDepth: number;
  outboxOldestSeconds: number;
  openEvents: ReadonlyMap<string, number>;
}> {
  const outbox = await outboxStats(sql);
  const clientsByState = await countStates(sql, Date.now());
  return {
    clientsByState,
    overdueChecks: clientsByState.get('unhealthy') ?? 0,
    outboxDepth: outbox.depth,
    outboxOldestSeconds: outbox.oldestSeconds,
    openEvents: await countOpenEventsByKind(sql),
  };
}
