/** Names under which processes find each other: workflow ids, task queues, schedules. Each has its home here only. */

const monitorPrefix = 'monitor/';

/** The workflow that watches one client. */
export function monitorWorkflowId(clientId: string): string {
  return `${monitorPrefix}${clientId}`;
}

/** The client of a monitor's workflow id; null where the id is none. */
export function clientIdOfMonitor(workflowId: string): string | null {
  return workflowId.startsWith(monitorPrefix) && workflowId.length > monitorPrefix.length
    ? workflowId.slice(monitorPrefix.length)
    : null;
}

/** Workflows and their local activities: quick, read mostly. */
export const monitorQueue = 'lowwater-monitors';

/** Side effects: mail, grants, fleet work; limited and retried on their own. */
export const effectsQueue = 'lowwater-effects';

export const reconcileScheduleId = 'lowwater-reconcile';
export const retentionScheduleId = 'lowwater-retention';

/** The workflow that resends one delivery. */
export function resendWorkflowId(deliveryId: string): string {
  return `resend/${deliveryId}`;
}

/** Types of the workflows that are not monitors. */
export const resendWorkflowType = 'resend';
export const reconcileWorkflowType = 'reconcile';
export const retainWorkflowType = 'retain';
