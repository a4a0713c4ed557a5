import { defineSignal } from '@temporalio/workflow';

export const jobWorkflowType = 'job';

export interface JobInput {
  readonly jobId: string;
}

/** How far a job is after a batch. */
export interface JobBatchResult {
  /** rows that are still pending */
  readonly pending: number;
  /** how long to wait before the next batch; 0: not at all */
  readonly pauseMs: number;
}

/** The job has rows again (it was started or retried): starts the workflow, or lets it look once more. */
export const jobChanged = defineSignal('jobChanged');

/** Starts the work of jobs through Temporal. */
export interface JobControl {
  /** signal-with-start; resolves once Temporal has accepted it */
  wakeJob(jobId: string): Promise<void>;
}
