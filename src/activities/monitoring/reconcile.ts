import type { ReconcileReport } from '../../contract/fleet.js';
import { minuteMs } from '../../domain/durations.js';
import { inParallel } from '../../domain/in-parallel.js';
import { monitorsToEnd } from '../../storage/monitoring/monitors.js';
import {
  bookReplacements,
  doMonitorsProgress,
  endRecovered,
  markFailing,
  markReported,
  noteStuckMonitors,
  readStuckMonitors,
  releaseReplacement,
  unhealthyMonitors,
  type StuckMonitor,
  type UnhealthyMonitor,
} from '../../storage/monitoring/stuck-monitors.js';
import type { MonitoredClient } from '../../contract/monitor-control.js';
import type { ActivityDeps } from '../deps.js';
import { reportReplacedMonitor, reportStuckMonitor, resolveStuckMonitor } from '../events/monitor-events.js';

/**
 * Finds monitors that do not proceed. Each gets a signal, which starts a missing one; a run is replaced only when its
 * workflow task keeps failing while workers do their work. After an outage of all workers every monitor is overdue and
 * none is replaced: their tasks did not fail, they waited.
 */

const maxMonitors = 1000;
const maxDescribed = 200;
const parallel = 10;
/** A workflow task that failed so often fails for a reason that another attempt does not remove. */
const minFailedAttempts = 5;
const maxReplacementsPerMinute = 10;
/** A monitor that did not evaluate so long after its signal, while others do, is an event. */
const reportAfterMs = 5 * minuteMs;

export async function reconcileMonitors(deps: ActivityDeps, heartbeat: () => void): Promise<ReconcileReport> {
  const { sql } = deps;
  for (const clientId of await endRecovered(sql)) await resolveStuckMonitor(deps, clientId);
  const unhealthy = await unhealthyMonitors(sql, deps.settings.overdueMs, maxMonitors);
  const ending = await monitorsToEnd(sql, maxMonitors);
  const known = await readStuckMonitors(sql, unhealthy.map(idOf));
  const toSignal = await noteStuckMonitors(sql, unhealthy.map(idOf));
  const signaled = [...unhealthy.filter(({ clientId }) => toSignal.has(clientId)), ...ending];
  await inParallel(signaled, parallel, async (client) => {
    await deps.monitors.signal(client);
    heartbeat();
  });
  const replaced = known.length > 0 ? await replaceStuckRuns(deps, unhealthy, known, heartbeat) : 0;
  const report = { signaled: signaled.length - ending.length, ended: ending.length, stuck: known.length, replaced };
  if (unhealthy.length + ending.length > 0) deps.logger.info(report, 'monitors reconciled');
  return report;
}

/** @returns the number of runs that were replaced */
async function replaceStuckRuns(
  deps: ActivityDeps,
  unhealthy: readonly UnhealthyMonitor[],
  known: readonly StuckMonitor[],
  heartbeat: () => void,
): Promise<number> {
  const { sql } = deps;
  // Without workers, or while none of them completes anything, the cause is not in a single monitor.
  if (!(await deps.monitors.hasPollers()) || !(await doMonitorsProgress(sql))) return 0;
  const clients = new Map(unhealthy.map((monitor) => [monitor.clientId, monitor]));
  const failing = new Map<string, string>();
  await inParallel(known.slice(0, maxDescribed), parallel, async ({ clientId }) => {
    const task = await deps.monitors.pendingTask(clientId);
    const isFailing = task !== null && task.attempt >= minFailedAttempts;
    if (isFailing) failing.set(clientId, task.runId);
    await markFailing(sql, clientId, isFailing);
    heartbeat();
  });
  await reportStuck(deps, known, clients, failing);
  const wanted = known.filter(({ clientId, isReplaceable }) => failing.has(clientId) && isReplaceable);
  const booked = await bookReplacements(sql, wanted.map(idOf), maxReplacementsPerMinute);
  let replaced = 0;
  for (const clientId of booked) {
    const client = clients.get(clientId);
    const runId = failing.get(clientId);
    if (client && runId !== undefined && (await replaceRun(deps, client, runId))) replaced++;
    heartbeat();
  }
  return replaced;
}

async function reportStuck(
  deps: ActivityDeps,
  known: readonly StuckMonitor[],
  clients: ReadonlyMap<string, UnhealthyMonitor>,
  failing: ReadonlyMap<string, string>,
): Promise<void> {
  const reported: string[] = [];
  for (const { clientId, foundAt, isReported } of known) {
    const monitor = clients.get(clientId);
    const isFailing = failing.has(clientId);
    if (!monitor || isReported || !(isFailing || foundAt.getTime() + reportAfterMs <= Date.now())) continue;
    await reportStuckMonitor(deps, { ...monitor, reason: isFailing ? 'failing' : monitor.reason });
    reported.push(clientId);
  }
  if (reported.length > 0) await markReported(deps.sql, reported);
}

async function replaceRun(deps: ActivityDeps, client: MonitoredClient, runId: string): Promise<boolean> {
  try {
    await deps.monitors.replace(client, runId);
  } catch (error) {
    await releaseReplacement(deps.sql, client.clientId);
    deps.logger.warn({ err: error, clientId: client.clientId }, 'run of the monitor not replaced');
    return false;
  }
  await markFailing(deps.sql, client.clientId, false);
  await reportReplacedMonitor(deps, client.clientId, runId);
  return true;
}

function idOf({ clientId }: { readonly clientId: string }): string {
  return clientId;
}
