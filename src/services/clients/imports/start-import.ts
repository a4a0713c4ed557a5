import { DomainError } from '../../../domain/errors.js';
import { saveImportJob } from '../../../storage/clients/imports/imports.js';
import { insertEmptyJobRows } from '../../../storage/jobs/job-rows.js';
import { insertJob, type NewJob } from '../../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../../change.js';
import { jobEntry } from '../../jobs/job-entry.js';
import { requireOpenImport } from './require-import.js';

/**
 * Starts the job that makes a client of each row. The caller then wakes its workflow.
 *
 * @param countFirstNotifications the first notification of each rule that is low counts as already sent
 * @returns the id of the job
 * @throws DomainError `not_found`; `conflict` when it was started, is not checked whole, or has no valid row
 */
export function startImport(
  requester: Requester,
  id: string,
  { countFirstNotifications, reason }: { readonly countFirstNotifications: boolean; readonly reason: string | null },
): Promise<string> {
  const { scope, actor } = requester;
  return change(requester, async (tx) => {
    const { rows, checked, invalid, mapping } = await requireOpenImport(tx, requester, id);
    if (mapping === null || checked < rows) {
      throw new DomainError(
        'conflict',
        `${checked} of ${rows} rows are checked: check the import to its end`,
        '/path/id',
      );
    }
    if (invalid === rows) {
      throw new DomainError('conflict', 'no row is valid: correct the file and upload it again', '/path/id');
    }
    const job: NewJob = {
      resellerId: scope.resellerId,
      kind: 'import_clients',
      parameters: { importId: id, countFirstNotifications },
      reason,
      query: null,
      startedBy: actor.id,
      rows,
    };
    const jobId = await insertJob(tx, job);
    await insertEmptyJobRows(tx, jobId, rows);
    await saveImportJob(tx, id, jobId);
    const after = { kind: job.kind, parameters: job.parameters, clients: rows };
    return recorded(
      jobId,
      jobEntry('job.start', { id: jobId, resellerId: scope.resellerId }, { reason, before: null, after }),
    );
  });
}
