import { DomainError } from '../../domain/errors.js';
import { endPendingRows } from '../../storage/jobs/job-rows.js';
import { endJobAsCanceled, recordProgress } from '../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../change.js';
import { jobEntry } from './job-entry.js';
import { requireJob } from './require-job.js';

/**
 * Cancels a running job: rows that have not begun stay as they are. Those in progress end with their own outcome.
 *
 * @throws DomainError `not_found`; `conflict` when it has ended
 */
export function cancelJob(requester: Requester, id: string): Promise<void> {
  return change(requester, async (tx) => {
    const job = await requireJob(tx, requester, id);
    if (job.status !== 'running') {
      throw new DomainError('conflict', 'the job has already ended: read it to see its outcome', '/path/id');
    }
    const canceled = await endPendingRows(tx, id, { outcome: 'canceled', problem: null, detail: null });
    await endJobAsCanceled(tx, id, requester.actor.id);
    await recordProgress(tx, id);
    const before = { kind: job.kind, status: 'running' };
    const after = { kind: job.kind, status: 'canceled', canceledRows: canceled };
    return recorded(undefined, jobEntry('job.cancel', job, { reason: null, before, after }));
  });
}
