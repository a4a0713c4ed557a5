import { DomainError } from '../../domain/errors.js';
import { lockJob, type JobToRun } from '../../storage/jobs/jobs.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';

/** The job, locked. @throws DomainError `not_found` also for a job of another reseller */
export async function requireJob(tx: Transaction, { scope }: Requester, id: string): Promise<JobToRun> {
  const job = await lockJob(tx, scope.resellerId, id);
  if (!job) throw new DomainError('not_found', `there is no job ${id}`, '/path/id');
  return job;
}
