import { DomainError } from '../../domain/errors.js';
import { reopenRows } from '../../storage/jobs/job-rows.js';
import { recordProgress, reopenJob } from '../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../change.js';
import { jobEntry } from './job-entry.js';
import { requireJob } from './require-job.js';

/**
 * Makes the rows of a job that were refused or failed pending again. They are carried out with the rights of the
 * requester. The caller then wakes its workflow.
 *
 * @throws DomainError `not_found`; `conflict` when it still runs, or nothing was refused or failed
 */
export function retryJob(requester: Requester, id: string): Promise<void> {
  return change(requester, async (tx) => {
    const job = await requireJob(tx, requester, id);
    if (job.status === 'running') {
      throw new DomainError('conflict', 'the job still runs: wait until it ends, or cancel it', '/path/id');
    }
    // A job shows the company of its rows: those of another one would run outside of it.
    if (job.resellerId !== requester.scope.resellerId) {
      throw new DomainError(
        'conflict',
        'the job belongs to another company: a user or key of that company can retry it, or start a new job',
        '/path/id',
      );
    }
    const rows = await reopenRows(tx, id);
    if (rows === 0) throw new DomainError('conflict', 'no row of the job was refused or failed', '/path/id');
    await reopenJob(tx, id, requester.actor.id);
    await recordProgress(tx, id);
    const before = { kind: job.kind, status: job.status };
    const after = { kind: job.kind, status: 'running', retriedRows: rows };
    return recorded(undefined, jobEntry('job.retry', job, { reason: null, before, after }));
  });
}
