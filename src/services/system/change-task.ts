import type { TaskControl, TaskState } from '../../contract/tasks.js';
import type { TaskName } from '../../domain/system/tasks.js';
import { writeTaskInterval } from '../../storage/system/task-intervals.js';
import { change, recorded, unchanged, type Requester } from '../change.js';

interface TaskChange {
  readonly everySeconds?: number | undefined;
  readonly paused?: boolean | undefined;
}

/**
 * Changes the interval of a task, pauses it, or resumes it. The interval is kept in the database, so that a worker that starts
 * does not set it back. The Schedule is changed before the commit: what it refuses is not recorded, and repeating the
 * request is harmless.
 *
 * @throws TemporalUnavailable, DomainError `not_found`
 */
export function changeTask(
  requester: Requester,
  control: TaskControl,
  task: TaskName,
  { everySeconds, paused, reason }: TaskChange & { readonly reason: string },
): Promise<TaskState> {
  return change(requester, async (tx) => {
    const before = await control.readTask(task);
    const isPausing = paused !== undefined && paused !== before.isPaused;
    const isOther = everySeconds !== undefined && everySeconds !== before.everySeconds;
    // Also where it is so by chance: from now on it stays.
    if (everySeconds !== undefined) await writeTaskInterval(tx, task, everySeconds);
    if (isOther) await control.setTaskInterval(task, everySeconds);
    if (isPausing) await (paused ? control.pauseTask(task, reason) : control.resumeTask(task, reason));
    if (!isPausing && !isOther) return unchanged(before);
    const after = { ...(await control.readTask(task)) };
    return recorded(after, {
      action: isPausing ? (paused ? 'task.pause' : 'task.resume') : 'task.update',
      subjectType: 'task',
      subjectId: task,
      resellerId: requester.scope.resellerId,
      reason,
      before: { everySeconds: before.everySeconds, paused: before.isPaused },
      after: { everySeconds: everySeconds ?? before.everySeconds, paused: paused ?? before.isPaused },
    });
  });
}
