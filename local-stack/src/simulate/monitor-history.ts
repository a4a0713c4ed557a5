import type { WorkflowHandle } from '@temporalio/client';

type Event = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>[number];

export async function fetchEvents(workflow: WorkflowHandle): Promise<readonly Event[]> {
  return (await workflow.fetchHistory()).events ?? [];
}

/**
 * Whether a workflow only waits: no workflow task is outstanding, and each of its activities, if there are any, waits
 * for its next attempt. Read from its history, for the test server's description leaves that out.
 */
export async function isIdle(workflow: WorkflowHandle): Promise<boolean> {
  const { raw } = await workflow.describe();
  const events = await fetchEvents(workflow);
  const waiting = (raw.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure).length;
  return !endsInTask(events) && countOpenActivities(events) === waiting;
}

/** Whether a workflow task is scheduled or running. */
export async function hasOpenTask(workflow: WorkflowHandle): Promise<boolean> {
  return endsInTask(await fetchEvents(workflow));
}

/**
 * True when all updates were accepted in their order, in the first workflow task that completed after the first
 * `before` events.
 */
export function wereTakenTogether(events: readonly Event[], updateIds: readonly string[], before: number): boolean {
  const accepted: string[] = [];
  let tasks = 0;
  for (const event of events.slice(before)) {
    if (event.workflowTaskCompletedEventAttributes) tasks++;
    const update = event.workflowExecutionUpdateAcceptedEventAttributes;
    if (tasks === 1 && update) accepted.push(update.acceptedRequest?.meta?.updateId ?? '');
  }
  return accepted.join() === updateIds.join();
}

function endsInTask(events: readonly Event[]): boolean {
  for (const event of [...events].reverse()) {
    if (event.workflowTaskScheduledEventAttributes || event.workflowTaskStartedEventAttributes) return true;
    if (event.workflowTaskCompletedEventAttributes) return false;
  }
  return true;
}

function countOpenActivities(events: readonly Event[]): number {
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
