import { proxyActivities } from '@temporalio/workflow';
import type { MonitorInput } from '../../../src/contract/monitor.js';
import { monitor as realMonitor } from '../../../src/workflows/monitoring/monitor.js';

const { retain } = proxyActivities<{ retain(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** The monitor with one activity more than it ever had: what a careless change looks like to a running workflow. */
export async function monitor(input: MonitorInput): Promise<void> {
  await retain();
  await realMonitor(input);
}
