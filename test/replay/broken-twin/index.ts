import { proxyActivities } from '@temporalio/workflow';
import type { MonitorInput } from '../../../src/contract/monitor.js';
import type { JobInput } from '../../../src/contract/jobs.js';
import { job as realJob } from '../../../src/workflows/jobs/job.js';
import { monitor as realMonitor } from '../../../src/workflows/monitoring/monitor.js';

const { retain } = proxyActivities<{ retain(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** The monitor with one activity more than it ever had: what a careless change looks like to a running workflow. */
export async function monitor(input: MonitorInput): Promise<void> {
  await retain();
  await realMonitor(input);
}

/** A job that does the same. */
export async function job(input: JobInput): Promise<void> {
  await retain();
  await realJob(input);
}
