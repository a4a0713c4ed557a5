import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import type { Config } from '../config.js';
import {
  bouncesWorkflowType,
  digestsWorkflowType,
  dueInvoicesWorkflowType,
  invoiceWorkflowType,
  monitorQueue,
  reconcileWorkflowType,
  retainWorkflowType,
  scheduleIds,
  thresholdsWorkflowType,
} from '../contract/ids.js';
import { taskNames, type TaskName } from '../domain/system/tasks.js';

type ScheduleConfig = Pick<Config, 'RECONCILE_EVERY_SECONDS' | 'BOUNCE_EVERY_SECONDS' | 'BOUNCE_IMAP_URL'>;

const tasks: Readonly<
  Record<TaskName, { readonly workflowType: string; readonly everySeconds: (config: ScheduleConfig) => number }>
> = {
  'balance-thresholds': { workflowType: thresholdsWorkflowType, everySeconds: () => 300 },
  autoinvoicing: { workflowType: invoiceWorkflowType, everySeconds: () => 300 },
  'due-invoices': { workflowType: dueInvoicesWorkflowType, everySeconds: () => 300 },
  digests: { workflowType: digestsWorkflowType, everySeconds: () => 300 },
  bounces: { workflowType: bouncesWorkflowType, everySeconds: (config) => config.BOUNCE_EVERY_SECONDS },
  reconcile: { workflowType: reconcileWorkflowType, everySeconds: (config) => config.RECONCILE_EVERY_SECONDS },
  retention: { workflowType: retainWorkflowType, everySeconds: () => 3600 },
};

/**
 * Makes the Schedules of the fleet's work, or brings them up to date. Harmless to repeat, also from many processes.
 *
 * @param intervals in seconds, of the tasks whose interval a user has changed
 */
export async function ensureSchedules(
  client: Client,
  config: ScheduleConfig,
  intervals: ReadonlyMap<string, number> = new Map(),
): Promise<void> {
  for (const task of taskNames) {
    const { workflowType, everySeconds } = tasks[task];
    if (task === 'bounces' && config.BOUNCE_IMAP_URL === undefined) {
      await remove(client, scheduleIds[task]);
      continue;
    }
    const seconds = intervals.get(task) ?? everySeconds(config);
    await ensure(client, options(scheduleIds[task], workflowType, seconds * 1000));
  }
}

function options(scheduleId: string, workflowType: string, everyMs: number): ScheduleOptions {
  return {
    scheduleId,
    spec: { intervals: [{ every: everyMs }] },
    action: { type: 'startWorkflow', workflowType, taskQueue: monitorQueue, workflowId: scheduleId, args: [] },
    // A run that takes longer than the interval is enough; what was missed while Temporal was away is not made up for.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
  };
}

/** A task whose settings are gone would fail again and again. */
async function remove(client: Client, scheduleId: string): Promise<void> {
  try {
    await client.schedule.getHandle(scheduleId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

async function ensure(client: Client, wanted: ScheduleOptions): Promise<void> {
  try {
    await client.schedule.create(wanted);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(wanted.scheduleId).update((previous) => ({
      ...previous,
      spec: wanted.spec,
      action: wanted.action,
      policies: { ...previous.policies, ...wanted.policies },
    }));
  }
}
