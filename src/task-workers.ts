import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import {
  createEffectActivities,
  createLocalActivities,
  type ActivityDeps,
  type EffectActivities,
  type LocalActivities,
} from './activities/index.js';
import { effectsQueue, monitorQueue } from './contract/ids.js';

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
}

/** All activities; the simulator wraps one of them, to hold a check back until what precedes it has happened. */
export function createActivities(deps: ActivityDeps): TaskActivities {
  return { local: createLocalActivities(deps), effects: createEffectActivities(deps) };
}

/** The two workers of a process: monitors with their quick reads, and side effects on their own queue. */
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
  return [monitors, effects];
}

/** The bundle that the build made; from source (tests) the SDK bundles by itself. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = join(__dirname, 'workflow-bundle.js');
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: require.resolve('./workflows/index') };
}
