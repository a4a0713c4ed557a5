import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import {
  createEffectActivities,
  createJobActivities,
  createLocalActivities,
  type ActivityDeps,
  type EffectActivities,
  type JobActivities,
  type LocalActivities,
} from './activities/index.js';
import { effectsQueue, jobsQueue, monitorQueue } from './contract/ids.js';

export interface WorkerSettings {
  readonly namespace: string;
  readonly maxCachedWorkflows: number;
  readonly shutdownGraceTime: number;
  /** other workflows in place of ours: a benchmark's twin under the same settings */
  readonly workflows?: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'>;
}

interface TaskActivities {
  readonly local: LocalActivities;
  readonly effects: EffectActivities;
  readonly jobs: JobActivities;
}

/** All activities; the simulator wraps one of them, to hold a check back until what precedes it has happened. */
export function createActivities(deps: ActivityDeps): TaskActivities {
  return { local: createLocalActivities(deps), effects: createEffectActivities(deps), jobs: createJobActivities(deps) };
}

/** The workers of a process: monitors with their quick reads, side effects, and batches of jobs, each on its own queue. */
export async function createWorkers(
  connection: NativeConnection,
  activities: TaskActivities,
  settings: WorkerSettings,
): Promise<Worker[]> {
  const { namespace, shutdownGraceTime } = settings;
  const monitors = await Worker.create({
    connection,
    namespace,
    shutdownGraceTime,
    taskQueue: monitorQueue,
    ...(settings.workflows ?? workflowCode()),
    activities: activities.local,
    maxCachedWorkflows: settings.maxCachedWorkflows,
    // A task's slot is held while its local activity waits for its batch: many slots, half as many polls.
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 400,
    maxConcurrentWorkflowTaskPolls: 20,
    maxConcurrentActivityTaskPolls: 1,
  });
  const effects = await Worker.create({
    connection,
    namespace,
    shutdownGraceTime,
    taskQueue: effectsQueue,
    activities: activities.effects,
    // A delivery may wait minutes for a slow mail server and costs nothing but its slot.
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentActivityTaskPolls: 10,
    // Cancellation reaches an activity with its heartbeat's answer.
    maxHeartbeatThrottleInterval: '2s',
    defaultHeartbeatThrottleInterval: '2s',
  });
  const jobs = await Worker.create({
    connection,
    namespace,
    shutdownGraceTime,
    taskQueue: jobsQueue,
    activities: activities.jobs,
    // Two batches of two rows each: bulk work waits for its turn, other work does not wait for it.
    maxConcurrentActivityTaskExecutions: 2,
    maxConcurrentActivityTaskPolls: 2,
  });
  return [monitors, effects, jobs];
}

/** The bundle that the build made; from source (tests) the SDK bundles itself. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = join(__dirname, 'workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: require.resolve('./workflows/index') };
}
