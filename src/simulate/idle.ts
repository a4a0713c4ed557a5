import type { WorkflowHandle } from '@temporalio/client';

type Event = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

/**
 * Whether a workflow has nothing to do but to wait: no workflow task is outstanding, and each of its activities, if
 * there are any, waits for its next try. Read from its history, for the test server's description leaves that out.
 */
export async function isIdle(workflow: WorkflowHandle): Promise<boolean> {
  const { raw } = await workflow.describe();
  const { events } = await workflow.fetchHistory();
  const waiting = (raw.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure).length;
  return !endsInTask(events ?? []) && openActivities(events ?? []) === waiting;
}

/** Whether the workflow has something to take in, or is taking it in. */
export async function hasOpenTask(workflow: WorkflowHandle): Promise<boolean> {
  const { events } = await workflow.fetchHistory();
  return endsInTask(events ?? []);
}

function endsInTask(events: readonly Event[]): boolean {
  for (const event of [...events].reverse()) {
    if (event.workflowTaskScheduledEventAttributes || event.workflowTaskStartedEventAttributes) return true;
    if (event.workflowTaskCompletedEventAttributes) return false;
  }
  return true;
}

function openActivities(events: readonly Event[]): number {
  let open = 0;
  for (const event of events) {
    if (event.activityTaskScheduledEventAttributes) open++;
    else if (
      event.activityTaskCompletedEventAttributes ||
      event.activityTaskFailedEventAttributes ||
      event.activityTaskTimedOutEventAttributes ||
      event.activityTaskCanceledEventAttributes
    ) {
      open--;
    }
  }
  return open;
}
