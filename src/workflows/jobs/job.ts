import { continueAsNew, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { JobActivities } from '../../activities/index.js';
import { jobChanged, type JobInput } from '../../contract/jobs.js';
import { jobBatchPolicy } from '../policies.js';

const { runJobBatch } = proxyActivities<JobActivities>(jobBatchPolicy);

/** Batches in one run, so that its history stays short. */
const batchesPerRun = 100;

/**
 * Carries out one job, a batch after another, until no row is pending. The rows hold everything: a run that is lost or
 * started twice repeats nothing.
 */
export async function job(input: JobInput): Promise<void> {
  let hasChanged = false;
  setHandler(jobChanged, () => {
    hasChanged = true;
  });
  for (let batches = 1; ; batches++) {
    hasChanged = false;
    const { pending, pauseMs } = await runJobBatch({ jobId: input.jobId });
    // Retried since the batch counted its rows.
    if (pending === 0 && !hasChanged) return;
    if (pauseMs > 0) await sleep(pauseMs);
    if (batches >= batchesPerRun || workflowInfo().continueAsNewSuggested) return continueAsNew<typeof job>(input);
  }
}
