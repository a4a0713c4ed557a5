import { Context } from '@temporalio/activity';
import type { ReconcileReport } from '../contract/fleet.js';
import { removeOld } from '../storage/system/retention.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';
import { reconcileMonitors } from './reconcile.js';

/** A resolved event is kept for a year. */
const eventDays = 365;

/** Work on the whole fleet, for Temporal Schedules. */
export function fleetActivities(deps: ActivityDeps) {
  return {
    /** Signals monitors that are missing or overdue, replaces runs that keep failing, ends those of deleted clients. */
    reconcile: (): Promise<ReconcileReport> =>
      withFailures('reconcile', () => reconcileMonitors(deps, () => Context.current().heartbeat())),

    /** Removes what is only kept for a while. */
    retain: (): Promise<{ removed: number }> =>
      withFailures('retain', async () => {
        const { retentionDays: checkDays, requestLogDays } = deps.settings;
        return { removed: await removeOld(deps.sql, { checkDays, requestLogDays, eventDays }) };
      }),
  };
}
