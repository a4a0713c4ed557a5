import { DomainError } from '../../../domain/errors.js';
import { areSameTimes, closingTime, type AgreedTimes } from '../../../domain/rates/import/import-terms.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { saveRateImportJob, type RateImportRow } from '../../../storage/rates/import/rate-imports.js';
import { insertEmptyJobRows } from '../../../storage/jobs/job-rows.js';
import { insertJob, type NewJob } from '../../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../../change.js';
import { jobEntry } from '../../jobs/job-entry.js';
import type { Transaction } from '../../../storage/system/database.js';
import { readImportTerms } from './read-import-terms.js';
import { requireOpenRateImport } from './require-rate-import.js';

/** Rows of a file that one row of its job imports. */
export const rowsOfPart = 500;

/** How many parts of its job import the rows of a file; in mode `replace`, more close what the file lacks, one for each range of codes. */
function partsOf({ rows, options, ranges }: Pick<RateImportRow, 'rows' | 'options' | 'ranges'>): number {
  return Math.ceil(rows / rowsOfPart) + (options?.mode === 'replace' ? ranges.length + 1 : 0);
}

/**
 * Starts the job that imports the valid rows. The caller then wakes its workflow.
 *
 * @returns the id of the job
 * @throws DomainError `not_found`; `conflict` when it was started, is not checked whole, or has errors that its options do
 * not allow
 */
export function startRateImport(requester: Requester, id: string, reason: string | null): Promise<string> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    const row = await requireOpenRateImport(tx, requester, id);
    requireStartable(row);
    const agreement = await requireSameTerms(tx, row, toSecond(now));
    const job: NewJob = {
      resellerId: scope.resellerId,
      kind: 'import_rates',
      parameters: { rateImportId: id },
      reason,
      query: null,
      startedBy: actor.id,
      rows: partsOf(row),
    };
    const jobId = await insertJob(tx, job);
    await insertEmptyJobRows(tx, jobId, job.rows);
    const closesAt = closingTime(agreement, row.options?.ifEarly ?? 'warn', toSecond(now));
    await saveRateImportJob(tx, id, jobId, new Date(closesAt));
    const after = { kind: job.kind, parameters: job.parameters, rates: row.rows };
    return recorded(
      jobId,
      jobEntry('job.start', { id: jobId, resellerId: scope.resellerId }, { reason, before: null, after }),
    );
  });
}

/** The check holds until the next notification of the agreement, or until its terms change: later, other dates are too soon. */
async function requireSameTerms(
  tx: Transaction,
  { rateTableId, terms }: RateImportRow,
  now: number,
): Promise<AgreedTimes | null> {
  const { agreement } = await readImportTerms(tx, rateTableId, now);
  if (areSameTimes(agreement, terms?.agreement ?? null)) return agreement;
  const detail =
    'the agreement of the rate table has another next notification, or other terms, than when the rows were checked';
  throw new DomainError('conflict', `${detail}: save the mapping and check them again`, '/path/id');
}

function requireStartable({ rows, checked, compared, comparedAt, invalid, options }: RateImportRow): void {
  const refuse = (detail: string): never => {
    throw new DomainError('conflict', detail, '/path/id');
  };
  if (options === null || comparedAt === null)
    refuse(`${Math.min(checked, compared)} of ${rows} rows are checked: check the import to its end`);
  if (invalid === rows) refuse('no row is valid: correct the file and upload it again');
  if (invalid === 0) return;
  if (options?.onError === 'import_nothing')
    refuse(`${invalid} rows have errors: correct them, or import the valid rows`);
  if (options?.mode === 'replace') {
    refuse(`${invalid} rows have errors, and their rates would be closed: correct them, or use the mode "add"`);
  }
}
