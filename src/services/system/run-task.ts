import type { TaskControl } from '../../contract/tasks.js';
import type { TaskName } from '../../domain/system/tasks.js';
import { change, recorded, type Requester } from '../change.js';

/**
 * Starts a run now, unless one runs already.
 *
 * @throws TemporalUnavailable, DomainError `not_found`
 */
export function runTask(
  requester: Requester,
  control: TaskControl,
  task: TaskName,
  reason: string | null,
): Promise<void> {
  return change(requester, async () => {
    await control.runTask(task);
    return recorded(undefined, {
      action: 'task.run',
      subjectType: 'task',
      subjectId: task,
      resellerId: requester.scope.resellerId,
      reason,
      before: null,
      after: null,
    });
  });
}
