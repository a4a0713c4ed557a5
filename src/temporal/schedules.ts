import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import type { Config } from '../config.js';
import {
  invoiceWorkflowType,
  invoicingScheduleId,
  digestsScheduleId,
  digestsWorkflowType,
  dueInvoicesScheduleId,
  dueInvoicesWorkflowType,
  monitorQueue,
  reconcileScheduleId,
  reconcileWorkflowType,
  retainWorkflowType,
  retentionScheduleId,
} from '../contract/ids.js';
import { hourMs, minuteMs } from '../domain/durations.js';

/** Makes the Schedules of the fleet's work, or brings them up to date. Harmless to repeat, also from many processes. */
export async function ensureSchedules(client: Client, config: Pick<Config, 'RECONCILE_EVERY_SECONDS'>): Promise<void> {
  await ensure(client, options(reconcileScheduleId, reconcileWorkflowType, config.RECONCILE_EVERY_SECONDS * 1000));
  await ensure(client, options(retentionScheduleId, retainWorkflowType, hourMs));
  await ensure(client, options(invoicingScheduleId, invoiceWorkflowType, 5 * minuteMs));
  await ensure(client, options(dueInvoicesScheduleId, dueInvoicesWorkflowType, 5 * minuteMs));
  await ensure(client, options(digestsScheduleId, digestsWorkflowType, 5 * minuteMs));
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
