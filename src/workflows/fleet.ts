import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import type {
  BouncesReport,
  DigestsReport,
  DueInvoicesReport,
  InvoicingReport,
  ReconcileReport,
} from '../contract/fleet.js';
import { fleetPolicy } from './policies.js';

const activities = proxyActivities<EffectActivities>(fleetPolicy);

/** Starts missing monitors, wakes overdue ones, ends those of deleted clients: run by a Schedule. */
export async function reconcile(): Promise<ReconcileReport> {
  return activities.reconcile();
}

/** Removes what is only kept for a while: run by a Schedule. */
export async function retain(): Promise<{ removed: number }> {
  return activities.retain();
}

/** Starts the job that invoices the clients whose periods have ended: run by a Schedule. */
export async function invoiceDueClients(): Promise<InvoicingReport> {
  return activities.startInvoicing();
}

/** Writes reminders of due dates, and raises events of overdue invoices: run by a Schedule. */
export async function dueInvoices(): Promise<DueInvoicesReport> {
  return activities.dueInvoices();
}

/** Enqueues the daily digests whose hour has come for their readers: run by a Schedule. */
export async function dailyDigests(): Promise<DigestsReport> {
  return activities.enqueueDigests();
}

/** Reads the mailbox for bounces: run by a Schedule, where there is one. */
export async function readBounces(): Promise<BouncesReport> {
  return activities.readBounces();
}
