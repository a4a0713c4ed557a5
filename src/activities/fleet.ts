import { Context } from '@temporalio/activity';
import type { ReconcileReport } from '../contract/monitor.js';
import { monitorsToEnd, overdueMonitors } from '../storage/monitors.js';
import { removeOld } from '../storage/retention.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';

const atMost = 1000;
const atOnce = 10;
/** A resolved event is kept for a year. */
const eventDays = 365;

/** Work on the whole fleet, for Temporal Schedules. */
export function fleetActivities(deps: ActivityDeps) {
  return {
    /** Starts monitors that are missing, wakes those that are overdue, ends those of deleted clients. */
    reconcile: (): Promise<ReconcileReport> =>
      withFailures('reconcile', async () => {
        const overdue = await overdueMonitors(deps.sql, deps.settings.overdueMs, atMost);
        const ending = await monitorsToEnd(deps.sql, atMost);
        const all = [...overdue, ...ending];
        for (let from = 0; from < all.length; from += atOnce) {
          await Promise.all(all.slice(from, from + atOnce).map((client) => deps.pokes.wake(client)));
          Context.current().heartbeat(from);
        }
        if (all.length > 0) deps.logger.info({ woken: overdue.length, ended: ending.length }, 'reconciled monitors');
        return { woken: overdue.length, ended: ending.length };
      }),

    /** Removes what is only kept for a while. */
    retain: (): Promise<{ removed: number }> =>
      withFailures('retain', async () => {
        const { retentionDays: checkDays, requestLogDays } = deps.settings;
        return { removed: await removeOld(deps.sql, { checkDays, requestLogDays, eventDays }) };
      }),
  };
}
