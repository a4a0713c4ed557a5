import { insertRateFileRows } from '../../../storage/rates/import/rate-import-rows.js';
import { slashOrderWith, type SlashOrder } from '../../../domain/rates/import/rate-dates.js';
import { insertRateImport, saveRateFileFacts } from '../../../storage/rates/import/rate-imports.js';
import { lockShared } from '../../../storage/resellers/shared-records.js';
import { change, unrecorded, type Requester } from '../../change.js';
import type { UploadedFile } from '../../clients/imports/create-import.js';
import { existingShared } from '../../shared-record.js';
import { rateTableKind } from '../tables/rate-tables.js';

/**
 * Keeps the rows of an uploaded file, which changes no rate. What the reading of the file throws leaves nothing behind.
 *
 * @returns the id of the import
 * @throws DomainError `not_found`
 */
export function createRateImport(
  requester: Requester,
  rateTableId: string,
  { fileName, format, table }: UploadedFile,
): Promise<string> {
  const { scope, actor } = requester;
  const { resellerId } = scope;
  return change(requester, async (tx) => {
    existingShared(rateTableKind, await lockShared(tx, rateTableKind.stored, resellerId, rateTableId), rateTableId);
    const made = { resellerId, rateTableId, createdBy: actor.id, fileName, format, columns: table.columns };
    const id = await insertRateImport(tx, made);
    let rows = 0;
    // Read here, since the dates of a column show together how they are written.
    const slashOrders = table.columns.map((): SlashOrder | null => null);
    for await (const some of table.rows) {
      await insertRateFileRows(tx, id, rows + 1, some);
      rows += some.length;
      for (const { cells } of some) {
        slashOrders.forEach((known, column) => (slashOrders[column] = slashOrderWith(known, cells[column] ?? '')));
      }
    }
    await saveRateFileFacts(tx, id, { rows, slashOrders });
    // It is no rate yet: the job that imports the file has its audit rows.
    return unrecorded(id);
  });
}
