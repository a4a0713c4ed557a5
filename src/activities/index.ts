import { bookkeepingActivities } from './monitoring/records.js';
import { companyActivities } from './companies/index.js';
import { creditRequestActivities } from './credit/credit-requests.js';
import { creditActivities } from './credit/temporary-credit.js';
import { deliverActivities } from './notifications/deliver.js';
import { bounceActivities } from './notifications/read-bounces.js';
import { cardPaymentActivities } from './payments/card-payments.js';
import { rateNotificationActivities } from './rates/rate-notifications.js';
import type { ActivityDeps } from './deps.js';
import { digestActivities } from './digests/enqueue-digests.js';
import { dueInvoiceActivities } from './invoicing/due-invoices.js';
import { jobActivities } from './jobs/batches.js';
import { fleetActivities } from './monitoring/fleet.js';
import { observeActivities } from './monitoring/observe.js';

export type { ActivityDeps } from './deps.js';

/** Quick reads and the read model: run as local activities inside a workflow task. */
export function createLocalActivities(deps: ActivityDeps) {
  return observeActivities(deps);
}

/** Side effects, on their own task queue. */
export function createEffectActivities(deps: ActivityDeps) {
  return {
    ...deliverActivities(deps),
    ...creditActivities(deps),
    ...creditRequestActivities(deps),
    ...cardPaymentActivities(deps),
    ...bookkeepingActivities(deps),
    ...fleetActivities(deps),
    ...dueInvoiceActivities(deps),
    ...digestActivities(deps),
    ...bounceActivities(deps),
    ...companyActivities(deps),
    ...rateNotificationActivities(deps),
  };
}

/** Batches of jobs, on their own task queue. */
export function createJobActivities(deps: ActivityDeps) {
  return jobActivities(deps);
}

export type LocalActivities = ReturnType<typeof createLocalActivities>;
export type JobActivities = ReturnType<typeof createJobActivities>;
export type EffectActivities = ReturnType<typeof createEffectActivities>;
