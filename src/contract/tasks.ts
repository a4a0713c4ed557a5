import type { TaskName } from '../domain/system/tasks.js';

/** One run of a task. Instants are RFC 3339. */
export interface TaskRun {
  readonly runId: string;
  readonly startedAt: string;
  /** null: it runs */
  readonly endedAt: string | null;
  readonly status: 'running' | 'completed' | 'failed' | 'stopped';
  /** what it found, by name; null: it has not completed */
  readonly found: Readonly<Record<string, number>> | null;
  readonly failure: string | null;
}

/** A Schedule as it is now. */
export interface TaskState {
  readonly task: TaskName;
  readonly everySeconds: number;
  readonly isPaused: boolean;
  /** why it was paused or resumed last; null: it never was */
  readonly note: string | null;
  /** null: it is paused */
  readonly nextRunAt: string | null;
  /** newest first */
  readonly runs: readonly TaskRun[];
}

/**
 * What the API asks of the Schedules. Each method throws `TemporalUnavailable` when Temporal does not answer in time, and
 * `not_found` for a task whose Schedule no worker has made yet.
 */
export interface TaskControl {
  readTask(task: TaskName): Promise<TaskState>;
  /** Those of the tasks that a worker has made. */
  readTasks(tasks: readonly TaskName[]): Promise<readonly TaskState[]>;
  setTaskInterval(task: TaskName, everySeconds: number): Promise<void>;
  pauseTask(task: TaskName, note: string): Promise<void>;
  resumeTask(task: TaskName, note: string): Promise<void>;
  /** Starts a run now, unless one runs. */
  runTask(task: TaskName): Promise<void>;
}
