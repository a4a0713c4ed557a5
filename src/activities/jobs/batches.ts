import type { InvoicingReport } from '../../contract/fleet.js';
import type { JobBatchResult, JobInput } from '../../contract/jobs.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { startInvoicingRun } from '../../services/invoicing/start-invoicing-run.js';
import { runJobBatch, type JobWorld } from '../../services/jobs/run-job-batch.js';
import { readStalledJobs } from '../../storage/jobs/jobs.js';
import { operatorScope, resellerScope } from '../../storage/system/scope.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { serviceScope } from '../requester.js';

/** Batches of jobs, on their own task queue. Short: an attempt whose worker died is made again without a heartbeat. */
export function jobActivities(deps: ActivityDeps) {
  const { sql, logger } = deps;
  const world = async (): Promise<JobWorld> => ({
    service: await serviceScope(sql),
    scopeOf: ({ isOperator, resellerId }) =>
      isOperator ? operatorScope(sql, resellerId) : resellerScope(sql, resellerId),
    monitors: deps.actions,
    clock: Date.now,
    onDefect: (error, row) => logger.error({ err: error, ...row }, 'row of a job failed'),
  });
  return {
    runJobBatch: ({ jobId }: JobInput): Promise<JobBatchResult> =>
      withFailures('runJobBatch', async () => runJobBatch(await world(), jobId)),
  };
}

/** A batch takes seconds, and its retry up to a minute. */
const stalledMs = 120_000;
const maxWoken = 100;

/** Wakes stuck jobs: Temporal was not reached when they were started, or their workflow was lost. */
export async function wakeStalledJobs({ sql, actions }: ActivityDeps): Promise<number> {
  const ids = await readStalledJobs(sql, stalledMs, maxWoken);
  for (const id of ids) await actions.wakeJob(id);
  return ids.length;
}

/** Starts an invoicing run where clients are due. Where Temporal is not reached, the job is woken as a stalled one. */
export async function startDueInvoices({ sql, actions }: ActivityDeps): Promise<InvoicingReport> {
  const requester = { scope: await serviceScope(sql), actor: systemActor, now: Date.now() };
  const jobId = await startInvoicingRun(requester);
  if (jobId !== null) await actions.wakeJob(jobId);
  return { jobId };
}
