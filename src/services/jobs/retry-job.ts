import { DomainError } from '../../domain/errors.js';
import { reopenRows } from '../../storage/jobs/job-rows.js';
import { recordProgress, reopenJob } from '../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../change.js';
import { jobEntry } from './job-entry.js';
import { requireJob } from './require-job.js';

/**
 * Makes the rows of a job that were refused or failed pending again, and those with a conflict whose clients were seen
 * again. They are carried out with the rights of the requester. The caller then wakes its workflow.
 *
 * @param seen what a preview of the retry saw of the clients; null: there was none
 * @throws DomainError `not_found`; `conflict` when it still runs, or has none of these rows
 */
export function retryJob(
  requester: Requester,
  id: string,
  seen: ReadonlyMap<string, string> | null = null,
): Promise<void> {
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
    const rows = await reopenRows(tx, id, seen);
    if (rows === 0) throw nothingToRetry(seen);
    await reopenJob(tx, id, requester.actor.id);
    await recordProgress(tx, id);
    const before = { kind: job.kind, status: job.status };
    const after = { kind: job.kind, status: 'running', retriedRows: rows };
    return recorded(undefined, jobEntry('job.retry', job, { reason: null, before, after }));
  });
}

function nothingToRetry(seen: ReadonlyMap<string, string> | null): DomainError {
  return new DomainError(
    'conflict',
    seen
      ? 'no row of the job was refused or failed, and the preview has no client of a conflict'
      : 'no row of the job was refused or failed: conflicts are repeated with the `seen` of GET /v1/jobs/{id}/retry',
    '/path/id',
  );
}
