import { agreedTimes, type ImportTerms } from '../../../domain/rates/import/import-terms.js';
import { readTableTerms } from '../../../storage/rates/import/table-terms.js';
import type { Queries } from '../../../storage/system/database.js';

/** What the rates of a file are held against that is imported into a table now. */
export async function readImportTerms(q: Queries, rateTableId: string, now: number): Promise<ImportTerms> {
  const { agreement, lastExportedAt, lastNotifiedAt } = await readTableTerms(q, rateTableId);
  return {
    agreement: agreement && agreedTimes(agreement, now),
    lastExportedAt: lastExportedAt?.toISOString() ?? null,
    lastNotifiedAt: lastNotifiedAt?.toISOString() ?? null,
  };
}
