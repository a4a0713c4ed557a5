import type { TaskName } from '../domain/system/tasks.js';

/** Names under which processes find each other: workflow ids, task queues, schedules. Each has its home here only. */

const monitorPrefix = 'monitor/';

/** The workflow that monitors one client. */
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

/** Batches of jobs: few at a time, so that bulk work leaves room for what people and payments ask for. */
export const jobsQueue = 'lowwater-jobs';

/** The Schedules of the fleet, by the task that each is for users. */
export const scheduleIds: Readonly<Record<TaskName, string>> = {
  'balance-thresholds': 'lowwater-balance-thresholds',
  autoinvoicing: 'lowwater-invoicing',
  'due-invoices': 'lowwater-due-invoices',
  digests: 'lowwater-daily-digests',
  bounces: 'lowwater-bounces',
  reconcile: 'lowwater-reconcile',
  retention: 'lowwater-retention',
};

/** The workflow that resends one delivery. */
export function resendWorkflowId(deliveryId: string): string {
  return `resend/${deliveryId}`;
}

/** The workflow that carries out one job. */
export function jobWorkflowId(jobId: string): string {
  return `job/${jobId}`;
}

/** The workflow that waits for the decision about one credit request. */
export function creditRequestWorkflowId(creditRequestId: string): string {
  return `credit-request/${creditRequestId}`;
}

/** The workflow that makes one card payment, automatic or by hand. */
export function cardPaymentWorkflowId(cardPaymentId: string): string {
  return `auto-payment/${cardPaymentId}`;
}

/** The workflow that sends one rate notification. */
export function rateNotificationWorkflowId(rateNotificationId: string): string {
  return `rate-notification/${rateNotificationId}`;
}

/** Types of the workflows that are not monitors. */
export const resendWorkflowType = 'resend';
export const reconcileWorkflowType = 'reconcile';
export const retainWorkflowType = 'retain';
export const invoiceWorkflowType = 'invoiceDueClients';
export const dueInvoicesWorkflowType = 'dueInvoices';
export const digestsWorkflowType = 'dailyDigests';
export const bouncesWorkflowType = 'readBounces';
export const thresholdsWorkflowType = 'controlBalanceThresholds';
