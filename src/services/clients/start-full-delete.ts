import { DomainError } from '../../domain/errors.js';
import { lockClient, type ClientRow } from '../../storage/clients/clients.js';
import { insertJobRows } from '../../storage/jobs/job-rows.js';
import { findRunningJob, insertJob, type NewJob } from '../../storage/jobs/jobs.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { jobEntry } from '../jobs/job-entry.js';

interface FullDelete {
  /** the client's name, typed by who confirms it */
  readonly name: string;
  readonly reason: string;
}

/**
 * Starts the job that removes a deleted client completely. The caller then wakes its workflow.
 *
 * @returns the id of the job; of the one that runs already, if there is one
 * @throws DomainError `not_found`; `conflict` when the client is not deleted; `invalid` for another name, and for a reason
 * that has the name in it: the reason is kept
 */
export function startFullDelete(
  requester: Requester,
  id: string,
  { name, reason }: FullDelete,
  precondition: Precondition<ClientRow>,
): Promise<string> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    if (row.status !== 'deleted') {
      throw new DomainError('conflict', 'only a deleted client can be removed completely: delete it first', '/path/id');
    }
    if (name !== row.name) throw new DomainError('invalid', 'must be the name of the client', '/name');
    if (reason.toLowerCase().includes(row.name.toLowerCase())) {
      throw new DomainError('invalid', 'must not contain the name of the client: the reason is kept', '/reason');
    }
    const running = await findRunningJob(tx, 'full_delete', id);
    if (running !== null) return unchanged(running);
    const job: NewJob = {
      ...{ resellerId: scope.resellerId, parameters: { clientId: id }, reason, query: null, rows: 1 },
      kind: 'full_delete',
      startedBy: actor.id,
    };
    const jobId = await insertJob(tx, job);
    await insertJobRows(tx, jobId, [id]);
    const after = { kind: job.kind, parameters: job.parameters, clients: 1 };
    return recorded(
      jobId,
      jobEntry('job.start', { id: jobId, resellerId: job.resellerId }, { reason, before: null, after }),
    );
  });
}
