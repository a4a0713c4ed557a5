import { DomainError } from '../../../domain/errors.js';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
import { readRateCells, type RateMapping } from '../../../domain/rates/import/rate-cells.js';
import { closingTime, type ImportTerms } from '../../../domain/rates/import/import-terms.js';
import { missingRates, planRates, type PlannedRate } from '../../../domain/rates/import/plan-rates.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import {
  nextRangeEnd,
  readFileRates,
  readKeptRates,
  savePlannedRates,
} from '../../../storage/rates/import/compared-ranges.js';
import { readRatesToCheck, saveReadRates, type ReadRate } from '../../../storage/rates/import/rate-import-rows.js';
import {
  noCounts,
  saveComparedRange,
  saveImportTerms,
  saveRateChecked,
  type RateImportCounts,
  type RateImportRow,
} from '../../../storage/rates/import/rate-imports.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { readImportTerms } from './read-import-terms.js';
import { requireOpenRateImport } from './require-rate-import.js';

const readRows = 500;
const rangeRows = 1000;

/**
 * Checks the next rows of an import as the job would, without changing a rate: reads all of them, then compares
 * them with the rates before them, a range of codes at a time: no statement takes longer for a longer file. Repeated or interrupted, it continues where it was.
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
    if (row.terms === null) {
      await saveImportTerms(tx, id, await readImportTerms(tx, row.rateTableId, toSecond(requester.now)));
      return unrecorded(true);
    }
    if (row.comparedAt !== null) return unrecorded(false);
    return unrecorded(await compareNext(tx, row, options, row.terms, requester.now));
  });
}

async function readNext(
  tx: Transaction,
  { id, columns, checked, invalid, ...row }: RateImportRow,
  mapping: RateMapping,
  options: RateImportOptions,
): Promise<void> {
  const slashOrders = options.dateFormat === 'auto' ? row.slashOrders : [];
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

/** Compares the next range of codes, once all rows are read. @returns whether codes are left */
async function compareNext(
  tx: Transaction,
  row: RateImportRow,
  options: RateImportOptions,
  terms: ImportTerms,
  now: number,
): Promise<boolean> {
  const { id, compared, invalid, counts } = row;
  const after = row.ranges.at(-1) ?? null;
  const replaces = options.mode === 'replace';
  const upTo = await nextRangeEnd(tx, row, { after, rows: rangeRows, withTable: replaces });
  const range = { after, upTo };
  const file = await readFileRates(tx, row, range);
  const codes = replaces ? null : [...new Set(file.map(({ code }) => code))];
  const kept = await readKeptRates(tx, row, { range, codes });
  const planned = planRates(file, kept, { rules: options, terms });
  await savePlannedRates(tx, row, planned);
  const closesAt = closingTime(terms.agreement, options.ifEarly, toSecond(now));
  const missing = replaces ? missingRates(file, kept, closesAt) : { closed: [], stashed: [] };
  await saveComparedRange(tx, id, {
    ...{ upTo, at: new Date(now), compared: compared + file.length },
    invalid: invalid + planned.filter(({ fault }) => fault !== null).length,
    counts: countedWith({ ...noCounts, ...counts }, planned, terms, missing),
  });
  return upTo !== null;
}

function countedWith(
  counts: RateImportCounts,
  planned: readonly PlannedRate[],
  { lastExportedAt }: ImportTerms,
  missing: { readonly closed: readonly string[]; readonly stashed: readonly string[] },
): RateImportCounts {
  const imported = planned.filter(({ skipped, fault }) => skipped === null && fault === null);
  const count = (all: readonly PlannedRate[], is: (rate: PlannedRate) => boolean): number => all.filter(is).length;
  const exportedAt = lastExportedAt === null ? -Infinity : Date.parse(lastExportedAt);
  return {
    new: counts.new + count(imported, ({ change }) => change === 'new'),
    increased: counts.increased + count(imported, ({ change }) => change === 'increased'),
    decreased: counts.decreased + count(imported, ({ change }) => change === 'decreased'),
    unchanged: counts.unchanged + count(imported, ({ change }) => change === 'unchanged'),
    skipped: counts.skipped + count(planned, ({ skipped }) => skipped !== null),
    alreadyExported:
      counts.alreadyExported + count(imported, ({ effectiveFrom }) => effectiveFrom.getTime() <= exportedAt),
    alreadyNotified: counts.alreadyNotified + count(imported, ({ isNotified }) => isNotified),
    early: counts.early + count(planned, ({ early }) => early !== null),
    closed: counts.closed + missing.closed.length,
    stashed: counts.stashed + missing.stashed.length,
  };
}
