import { DomainError } from '../../../domain/errors.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { missingRates } from '../../../domain/rates/import/plan-rates.js';
import { applySlice } from '../../../storage/rates/import/apply-slice.js';
import { closeRates, readFileRates, readKeptRates } from '../../../storage/rates/import/compared-ranges.js';
import { findRateImport, type RateImportRow } from '../../../storage/rates/import/rate-imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import { lockShared } from '../../../storage/resellers/shared-records.js';
import { change, recorded, recordedAll, type ChangeEntry } from '../../change.js';
import { rowsOfPart } from '../../rates/import/start-rate-import.js';
import { scheduleNotifications } from '../../rates/notifications/schedule-notifications.js';
import { rateTableKind } from '../../rates/tables/rate-tables.js';
import { existingShared } from '../../shared-record.js';
import type { RowResult, RowService } from '../row-service.js';

/**
 * Imports one part of a file of rates, as the dry run left it, or closes what a file lacks that replaces a table. Repeated, a
 * part changes nothing.
 */
export const importRatesRow: RowService<'import_rates'> = {
  async inTransaction(tx, { requester, parameters, position, reason }) {
    const { resellerId } = requester.scope;
    const row = await findRateImport(tx, resellerId, parameters.rateImportId);
    if (!row) throw new DomainError('not_found', 'the uploaded file was deleted: upload it again');
    existingShared(
      rateTableKind,
      await lockShared(tx, rateTableKind.stored, resellerId, row.rateTableId),
      row.rateTableId,
    );
    return change<RowResult>(requester, async (saved) => {
      const after = (position - 1) * rowsOfPart;
      if (after >= row.rows) {
        const { closed, stashed } = await closeMissing(saved, row, position - Math.ceil(row.rows / rowsOfPart) - 1);
        if (closed > 0) await scheduleNotifications(saved, row.rateTableId, toSecond(requester.now));
        if (closed + stashed === 0) return recordedAll<RowResult>('unchanged', []);
        const detail = `rates that the file lacks: ${closed} closed, ${stashed} stashed`;
        return recorded<RowResult>({ outcome: 'done', detail }, entryOf(row, resellerId, reason, { closed, stashed }));
      }
      const upTo = Math.min(row.rows, after + rowsOfPart);
      const { added, replaced, announced } = await applySlice(saved, row, { after, upTo });
      if (announced > 0) await scheduleNotifications(saved, row.rateTableId, toSecond(requester.now));
      if (added + replaced === 0) return recordedAll<RowResult>('unchanged', []);
      const detail = `rows ${after + 1} to ${upTo}: ${added} rates added, ${replaced} replaced`;
      const facts = { rows: `${after + 1}-${upTo}`, added, replaced };
      return recorded<RowResult>({ outcome: 'done', detail }, entryOf(row, resellerId, reason, facts));
    });
  },
};

/** Closes what the file lacks of one of the ranges of codes that were compared. */
async function closeMissing(
  tx: Transaction,
  row: RateImportRow,
  place: number,
): Promise<{ readonly closed: number; readonly stashed: number }> {
  const { closesAt, ranges } = row;
  if (closesAt === null) throw new TypeError('a started import has a closing time');
  const range = { after: ranges[place - 1] ?? null, upTo: ranges[place] ?? null };
  const kept = await readKeptRates(tx, row, { range, codes: null });
  const missing = missingRates(await readFileRates(tx, row, range), kept, closesAt.getTime());
  await closeRates(tx, missing, closesAt);
  return { closed: missing.closed.length, stashed: missing.stashed.length };
}

function entryOf(
  { id, rateTableId, fileName }: RateImportRow,
  resellerId: string,
  reason: string | null,
  facts: Readonly<Record<string, unknown>>,
): ChangeEntry {
  return {
    ...{ action: 'rate_table.import', subjectType: 'rate_table', subjectId: rateTableId, resellerId, reason },
    before: null,
    after: { import: id, file: fileName, ...facts },
  };
}
