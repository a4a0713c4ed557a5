import {
  isGrpcServiceError,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowNotFoundError,
  type Client,
  type ScheduleHandle,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { TaskControl, TaskRun, TaskState } from '../contract/tasks.js';
import { DomainError } from '../domain/errors.js';
import type { TaskName } from '../domain/system/tasks.js';
import { scheduleIds } from '../contract/ids.js';
import { instantText } from '../domain/instants.js';

/** So many of its last runs are shown; Temporal names ten. */
const maxRuns = 5;

/** @param answered gives a call its deadline */
export function createTaskControl(client: Client, answered: <T>(call: () => Promise<T>) => Promise<T>): TaskControl {
  const onSchedule = <T>(task: TaskName, call: (handle: ScheduleHandle) => Promise<T>): Promise<T> =>
    answered(async () => {
      try {
        return await call(client.schedule.getHandle(scheduleIds[task]));
      } catch (error) {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
        throw new DomainError('not_found', `the task ${task} begins with the first worker: start one`, '/path/task');
      }
    });
  return {
    readTask: (task) => onSchedule(task, (handle) => readTask(client, task, handle)),
    readTasks: (tasks) =>
      answered(async () => {
        const read = await Promise.all(tasks.map((task) => readIfMade(client, task)));
        return read.filter((state) => state !== null);
      }),
    setTaskInterval: (task, everySeconds) =>
      onSchedule(task, (handle) =>
        handle.update((previous) => ({
          ...previous,
          spec: { intervals: [{ every: everySeconds * 1000 }] },
        })),
      ),
    pauseTask: (task, note) => onSchedule(task, (handle) => handle.pause(note)),
    resumeTask: (task, note) => onSchedule(task, (handle) => handle.unpause(note)),
    runTask: (task) => onSchedule(task, (handle) => handle.trigger(ScheduleOverlapPolicy.SKIP)),
  };
}

async function readIfMade(client: Client, task: TaskName): Promise<TaskState | null> {
  try {
    return await readTask(client, task, client.schedule.getHandle(scheduleIds[task]));
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

async function readTask(client: Client, task: TaskName, handle: ScheduleHandle): Promise<TaskState> {
  const { spec, state, info } = await handle.describe();
  const started = info.recentActions.toReversed().slice(0, maxRuns);
  const runs = await Promise.all(
    started.map(({ action }) => readRun(client, action.workflow.workflowId, action.workflow.firstExecutionRunId)),
  );
  const [next] = info.nextActionTimes;
  return {
    task,
    everySeconds: Math.round((spec.intervals?.[0]?.every ?? 0) / 1000),
    isPaused: state.paused,
    note: state.note ?? null,
    nextRunAt: state.paused || !next ? null : instantText(next),
    runs: runs.filter((run) => run !== null),
  };
}

/** Null: Temporal keeps it no longer. */
async function readRun(client: Client, workflowId: string, runId: string): Promise<TaskRun | null> {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    const run = await handle.describe();
    const status = statusOf(run);
    const result: unknown = status === 'completed' ? await handle.result() : null;
    return {
      runId,
      startedAt: instantText(run.startTime),
      endedAt: run.closeTime ? instantText(run.closeTime) : null,
      status,
      found: numbersOf(result),
      failure: status === 'failed' ? await failureOf(handle.result()) : null,
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function statusOf({ status: { name } }: WorkflowExecutionDescription): TaskRun['status'] {
  if (name === 'RUNNING') return 'running';
  if (name === 'COMPLETED') return 'completed';
  return name === 'FAILED' || name === 'TIMED_OUT' ? 'failed' : 'stopped';
}

/** What a run returns is an object of numbers; anything else is left out. */
function numbersOf(result: unknown): Record<string, number> | null {
  if (typeof result !== 'object' || result === null) return null;
  const numbers = Object.entries(result).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return Object.fromEntries(numbers);
}

async function failureOf(result: Promise<unknown>): Promise<string> {
  try {
    await result;
    return '';
  } catch (error) {
    if (isGrpcServiceError(error)) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message.slice(0, 300) : 'unknown';
  }
}
