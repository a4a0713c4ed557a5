import { DomainError } from '../../../domain/errors.js';
import { lockRateImport, type RateImportRow } from '../../../storage/rates/import/rate-imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';

/**
 * An import that was not started, locked. @throws DomainError `not_found` also for one of another reseller; `conflict`
 * when it was started
 */
export async function requireOpenRateImport(tx: Transaction, { scope }: Requester, id: string): Promise<RateImportRow> {
  const row = await lockRateImport(tx, scope.resellerId, id);
  if (!row) throw new DomainError('not_found', `there is no import ${id}`, '/path/id');
  if (row.jobId === null) return row;
  throw new DomainError('conflict', `the import was started as job ${row.jobId}: upload the file again`, '/path/id');
}
