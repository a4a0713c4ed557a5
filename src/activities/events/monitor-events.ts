import type { UnhealthyReason } from '../../domain/monitoring/monitor-health.js';
import { raiseEvent } from '../../storage/events/raise-event.js';
import { resolveOpenEvents } from '../../storage/events/resolve-event.js';
import { readUnsavedNotifications } from '../../storage/monitoring/monitor-restore.js';
import type { ActivityDeps } from '../deps.js';

/** Events about monitors that do not proceed. */

const causes: Readonly<Record<UnhealthyReason, string>> = {
  failing: 'its workflow tasks keep failing',
  overdue: 'its check or another wake is overdue',
  signal_unanswered: 'no evaluation followed a change',
};

interface StuckMonitorReport {
  readonly clientId: string;
  readonly reason: UnhealthyReason;
  /** when it should have evaluated */
  readonly since: Date;
}

/** Raises the event of a monitor that stayed stuck beyond the grace; once until it evaluates again. */
export async function reportStuckMonitor(deps: ActivityDeps, stuck: StuckMonitorReport): Promise<void> {
  const { clientId, reason, since } = stuck;
  deps.logger.error({ clientId, reason, since: since.toISOString() }, 'monitor is stuck');
  await raiseEvent(deps.sql, {
    kind: 'monitor.stuck',
    cause: clientId,
    subjectId: clientId,
    clientId,
    resellerId: null,
    data: { reason: `${causes[reason]}, since ${since.toISOString()}` },
    atMs: Date.now(),
  });
}

/** Raises the event of a run that was replaced. It names the notifications that the saved state does not hold. */
export async function reportReplacedMonitor(deps: ActivityDeps, clientId: string, runId: string): Promise<void> {
  deps.logger.warn({ clientId, runId }, 'monitor run was replaced');
  const lost = (await readUnsavedNotifications(deps.sql, clientId)).join(', ');
  await raiseEvent(deps.sql, {
    kind: 'monitor.replaced',
    cause: `${clientId}/${runId}`,
    subjectId: clientId,
    clientId,
    resellerId: null,
    data: { reason: `the workflow tasks of run ${runId} kept failing`, ...(lost !== '' && { lost }) },
    atMs: Date.now(),
  });
}

/** The monitor evaluates again. */
export async function resolveStuckMonitor(deps: ActivityDeps, clientId: string): Promise<void> {
  const resolution = { reason: 'The monitor evaluates again', at: new Date() };
  await resolveOpenEvents(deps.sql, { kind: 'monitor.stuck', subjectId: clientId }, resolution);
}
