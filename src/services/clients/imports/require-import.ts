import { DomainError } from '../../../domain/errors.js';
import { lockImport, type ImportRow } from '../../../storage/clients/imports/imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';

/**
 * An import that was not started, locked. @throws DomainError `not_found` also for one of another reseller; `conflict`
 * when it was started
 */
export async function requireOpenImport(tx: Transaction, { scope }: Requester, id: string): Promise<ImportRow> {
  const row = await lockImport(tx, scope.resellerId, id);
  if (!row) throw new DomainError('not_found', `there is no import ${id}`, '/path/id');
  if (row.jobId === null) return row;
  throw new DomainError('conflict', `the import was started as job ${row.jobId}: upload the file again`, '/path/id');
}
