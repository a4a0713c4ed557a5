import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { MonitorControl } from '../contract/monitor-control.js';
import { monitorQueue, monitorWorkflowId } from '../contract/ids.js';
import { signalMonitor } from './start-monitor.js';

/** Temporal's number for the task queue of workflow tasks. */
const workflowTaskQueue = 1;
/** A worker's poll lasts up to a minute, and the server notes when it began. */
const pollerIsRecentMs = 90_000;

/** What the fleet's work does to monitors, on a real Temporal client. */
export function createMonitorControl(client: Client): MonitorControl {
  const { namespace } = client.options;
  return {
    signal: (monitored) => signalMonitor(client, monitored, 'balanceChanged'),

    async pendingTask(clientId) {
      try {
        const { raw, runId } = await client.workflow.getHandle(monitorWorkflowId(clientId)).describe();
        return raw.pendingWorkflowTask ? { runId, attempt: raw.pendingWorkflowTask.attempt ?? 1 } : null;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    async hasPollers() {
      const { pollers } = await client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: monitorQueue },
        taskQueueType: workflowTaskQueue,
      });
      const since = Date.now() - pollerIsRecentMs;
      return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 >= since);
    },

    async replace(monitored, runId) {
      const run = client.workflow.getHandle(monitorWorkflowId(monitored.clientId), runId);
      try {
        await run.terminate('replaced: its workflow tasks kept failing');
      } catch (error) {
        // It has ended since: the signal starts the next one.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      await signalMonitor(client, monitored, 'configurationChanged');
    },
  };
}
