import { DomainError } from '../../../domain/errors.js';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
import { readRateCells, type RateMapping } from '../../../domain/rates/import/rate-cells.js';
import { compareSlice, markDuplicates } from '../../../storage/rates/import/plan-rates.js';
import { readRatesToCheck, saveReadRates, type ReadRate } from '../../../storage/rates/import/rate-import-rows.js';
import { saveRateChecked, saveRatePlanned, type RateImportRow } from '../../../storage/rates/import/rate-imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { requireOpenRateImport } from './require-rate-import.js';

const readRows = 500;
const plannedRows = 2000;

/**
 * Checks the next rows of an import as the job would, without changing a rate: reads all of them, marks duplicates, then
 * compares each with the rate before it. Repeated or interrupted, it continues where it was.
 *
 * @returns whether rows are left
 * @throws DomainError `not_found`; `conflict` when it was started, or has no mapping
 */
export function checkRateImport(requester: Requester, id: string): Promise<boolean> {
  return change(requester, async (tx) => {
    const row = await requireOpenRateImport(tx, requester, id);
    const { mapping, options } = row;
    if (mapping === null || options === null) {
      throw new DomainError('conflict', 'the import has no mapping: save one first', '/path/id');
    }
    if (row.checked < row.rows) {
      await readNext(tx, row, mapping, options);
      return unrecorded(true);
    }
    return unrecorded(await planNext(tx, row, options));
  });
}

async function readNext(
  tx: Transaction,
  { id, columns, checked, invalid, slashOrders }: RateImportRow,
  mapping: RateMapping,
  options: RateImportOptions,
): Promise<void> {
  const found = await readRatesToCheck(tx, id, checked, readRows);
  const rows = found.map(({ position, cells }): ReadRate => {
    if (cells.length === columns.length) return { position, ...readRateCells(mapping, cells, options, slashOrders) };
    // A row of another length than the header has been cut or shifted: which cell belongs where would be a guess.
    const detail = `must have ${columns.length} cells, as the first row: it has ${cells.length}`;
    return { position, fields: null, faults: [{ column: null, field: null, code: 'invalid', detail }] };
  });
  await saveReadRates(tx, id, rows);
  const faulty = rows.filter(({ fields }) => fields === null).length;
  await saveRateChecked(tx, id, { checked: checked + found.length, invalid: invalid + faulty });
}

/** Duplicates of all rows are marked before the first is compared: a later row may replace an earlier one. */
async function planNext(tx: Transaction, row: RateImportRow, options: RateImportOptions): Promise<boolean> {
  const { id, rows, planned } = row;
  let { invalid } = row;
  if (planned === 0) invalid += await markDuplicates(tx, { import: row, options, after: 0, upTo: rows });
  const upTo = Math.min(rows, planned + plannedRows);
  await compareSlice(tx, { import: row, options, after: planned, upTo });
  await saveRatePlanned(tx, id, { planned: upTo, invalid });
  return upTo < rows;
}
