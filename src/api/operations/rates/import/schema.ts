import { importFormats, importKeptDays } from '../../../../domain/clients/import/import-limits.js';
import { dayMs } from '../../../../domain/durations.js';
import { DomainError } from '../../../../domain/errors.js';
import { dateFormats, duplicateRules, importModes } from '../../../../domain/rates/import/import-options.js';
import {
  matchRateColumns,
  rateImportFields,
  type RateImportField,
} from '../../../../domain/rates/import/rate-cells.js';
import { readImportCounts } from '../../../../storage/rates/import/plan-rates.js';
import { readRateSamples } from '../../../../storage/rates/import/rate-import-rows.js';
import { findRateImport, type RateImportRow } from '../../../../storage/rates/import/rate-imports.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { idText, instant, orNull, pathId, timeString, timeText, timezone } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Files of rates (docs/rates.md#import). */

export const rateImportParams = z.strictObject({ id: pathId });

const [first = 'code', ...others] = rateImportFields;
/** Null: the column is not imported. */
export const rateImportField = z.enum([first, ...others] as [RateImportField, ...RateImportField[]]).nullable();

const shape = {
  mode: z.enum(importModes).openapi({
    description:
      '`add`: rates of the file are added, those of the same code and date replaced · `replace`: series that the file lacks are ' +
      'closed besides, and their rates of the future stashed',
  }),
  dateFormat: z.enum(['auto', ...dateFormats]).openapi({
    description: '`auto`: by the form of each date. A date that fits two formats is an error',
  }),
  onDuplicate: z.enum(duplicateRules).openapi({
    description: 'Of several rows of one code and date, which one counts; `report`: each but the first is an error',
  }),
  onError: z.enum(['import_valid', 'import_nothing']),
  ifUnchanged: z.enum(['save', 'skip']).openapi({ description: 'Rates that do not differ from those before them' }),
};

export const rateImportOptions = z
  .strictObject({
    mode: shape.mode.default('add'),
    dateFormat: shape.dateFormat.default('auto'),
    timezone: timezone.optional().openapi({ description: 'Of dates without one; default: that of the table' }),
    effectiveFrom: instant.optional().openapi({ description: 'For rows without an effective date' }),
    onDuplicate: shape.onDuplicate.default('last'),
    onError: shape.onError.default('import_valid'),
    ifUnchanged: shape.ifUnchanged.default('save'),
  })
  .openapi('RateImportOptionsInput');

const savedOptions = z
  .strictObject({ ...shape, timezone: z.string(), effectiveFrom: timeString.nullable() })
  .openapi('RateImportOptions');

const count = z.int().min(0);

const counts = z
  .strictObject({
    new: count,
    increased: count,
    decreased: count,
    unchanged: count,
    skipped: count.openapi({ description: 'Duplicates, and unchanged rates, by the options' }),
    alreadyExported: count.openapi({
      description: 'Rates that were effective at the last export: exports of changed rates do not show them',
    }),
    closed: count.openapi({ description: 'Series that the file lacks, in mode `replace`' }),
    stashed: count.openapi({ description: 'Rates of the future of such series' }),
  })
  .openapi('RateImportCounts');

export const rateImportSchema = z
  .strictObject({
    id: idText,
    rateTableId: idText,
    fileName: z.string(),
    format: z.enum(importFormats),
    columns: z
      .array(
        z.strictObject({
          name: z.string().openapi({ description: 'From the first row of the file', example: 'Code' }),
          field: rateImportField.openapi({ description: 'As saved, else as the name suggests; null: not imported' }),
          samples: z.array(z.string()).openapi({ description: 'Of the first rows' }),
        }),
      )
      .openapi({ description: 'In the order of the file' }),
    options: orNull(savedOptions).openapi({ description: 'null: no mapping was saved' }),
    rows: count.openapi({ description: 'Without the first one and empty ones' }),
    checkedRows: count,
    invalidRows: count.openapi({ description: 'Of the checked ones' }),
    isChecked: z.boolean().openapi({ description: 'All rows are read, and compared with the table' }),
    counts: orNull(counts).openapi({ description: 'What the import does; null: not checked whole' }),
    jobId: idText.nullable().openapi({ description: 'null: not started' }),
    createdBy: z.string().openapi({ example: 'user:3' }),
    createdAt: timeString,
    expiresAt: timeString.openapi({ description: 'When the upload is deleted' }),
  })
  .openapi('RateImport');

const sampleRows = 3;
const sampleLength = 100;

/** @throws DomainError `not_found` also for an import of another reseller */
export async function requireRateImportRow(scope: Scope, id: string): Promise<RateImportRow> {
  const row = await scope.read((q) => findRateImport(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no import ${id}`, '/path/id');
  return row;
}

export async function readRateImportJson(scope: Scope, id: string): Promise<z.output<typeof rateImportSchema>> {
  const row = await requireRateImportRow(scope, id);
  const isChecked = row.options !== null && row.planned === row.rows;
  const [samples, found] = await scope.read(async (q) => [
    await readRateSamples(q, id, sampleRows),
    isChecked ? await readImportCounts(q, row) : null,
  ]);
  const fields = row.mapping ?? matchRateColumns(row.columns);
  return {
    id: row.id,
    rateTableId: row.rateTableId,
    fileName: row.fileName,
    format: row.format,
    columns: row.columns.map((name, column) => ({
      name,
      field: fields[column] ?? null,
      samples: samples.map((cells) => (cells[column] ?? '').slice(0, sampleLength)),
    })),
    options: row.options,
    rows: row.rows,
    checkedRows: row.checked,
    invalidRows: row.invalid,
    isChecked,
    counts: found,
    jobId: row.jobId,
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
    expiresAt: timeText(new Date(row.createdAt.getTime() + importKeptDays * dayMs)),
  };
}
