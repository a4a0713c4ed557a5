import { Context } from '@temporalio/activity';
import type { InvoicingReport, ReconcileReport } from '../../contract/fleet.js';
import { resolveSetBillingEmails } from '../../storage/events/missing-recipients.js';
import { releaseStalledRateNotifications } from '../../storage/rates/notifications/rate-notification-queue.js';
import { removeOld } from '../../storage/system/retention.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { wakeStalledCardPayments } from '../payments/card-payments.js';
import { wakeStalledCreditRequests } from '../credit/credit-requests.js';
import { removeOldRateFiles } from '../../storage/rates/notifications/rate-file-retention.js';
import { startDueInvoices, wakeStalledJobs } from '../jobs/batches.js';
import { reconcileMonitors } from './reconcile.js';

/** Its files may take minutes. */
const stalledRatesMs = 600_000;
/** A resolved event is kept for a year. */
const eventDays = 365;
/** A job is kept so long after it ended; the audit log keeps what it changed. */
const jobDays = 90;

/** Work on the whole fleet, for Temporal Schedules. */
export function fleetActivities(deps: ActivityDeps) {
  return {
    /** Ends events of missing billing emails that are set, wakes stuck jobs, credit requests, card payments, and rate notifications, signals monitors that are missing or overdue, replaces runs that keep failing, ends those of deleted clients. */
    reconcile: (): Promise<ReconcileReport> =>
      withFailures('reconcile', async () => {
        await resolveSetBillingEmails(deps.sql, new Date());
        await wakeStalledJobs(deps);
        await wakeStalledCreditRequests(deps);
        await wakeStalledCardPayments(deps);
        await releaseStalledRateNotifications(deps.sql, stalledRatesMs);
        return reconcileMonitors(deps, () => Context.current().heartbeat());
      }),

    /** Starts the job that invoices the clients whose periods have ended. */
    startInvoicing: (): Promise<InvoicingReport> => withFailures('startInvoicing', () => startDueInvoices(deps)),

    /** Removes what is only kept for a while. */
    retain: (): Promise<{ removed: number }> =>
      withFailures('retain', async () => {
        const { retentionDays: checkDays, requestLogDays, rateFileDays } = deps.settings;
        const removed = await removeOld(deps.sql, { checkDays, requestLogDays, eventDays, jobDays });
        return { removed: removed + (await removeOldRateFiles(deps.sql, rateFileDays)) };
      }),
  };
}
