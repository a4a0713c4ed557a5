import { importFormats, importKeptDays } from '../../../../domain/clients/import/import-limits.js';
import { dayMs } from '../../../../domain/durations.js';
import { DomainError } from '../../../../domain/errors.js';
import {
  dateFormats,
  duplicateRules,
  earlyRules,
  importModes,
} from '../../../../domain/rates/import/import-options.js';
import {
  matchRateColumns,
  rateImportFields,
  type RateImportField,
} from '../../../../domain/rates/import/rate-cells.js';
import { readRateSamples } from '../../../../storage/rates/import/rate-import-rows.js';
import { findRateImport, noCounts, type RateImportRow } from '../../../../storage/rates/import/rate-imports.js';
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
  ifEarly: z.enum(earlyRules).openapi({
    description:
      'Rates that take effect, or end, sooner than the agreement of the table allows: `warn`: imported as they are · `shift`: to ' +
      'the earliest date that is allowed · `reject`: each is an error',
  }),
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
    ifEarly: shape.ifEarly.default('warn'),
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
    skipped: count.openapi({
      description:
        'By the options: duplicates, unchanged rates, and rates that are over by the date that the agreement allows',
    }),
    alreadyExported: count.openapi({
      description: 'Rates that were effective at the last export: exports of changed rates do not show them',
    }),
    alreadyNotified: count.openapi({
      description: 'Changed rates of which clients were notified: notifications of changed rates do not include them',
    }),
    early: count.openapi({ description: 'Sooner than the agreement of the table allows' }),
    closed: count.openapi({ description: 'Series that the file lacks, in mode `replace`' }),
    stashed: count.openapi({ description: 'Rates of the future of such series' }),
  })
  .openapi('RateImportCounts');

const agreementSchema = z
  .strictObject({
    id: idText,
    name: z.string(),
    announcedAt: timeString.openapi({
      description: 'The next notification of the agreement, which announces the rates',
    }),
    earliest: z
      .strictObject({
        ...{ new: timeString, increased: timeString, decreased: timeString, unchanged: timeString, closed: timeString },
      })
      .openapi({ description: 'The first time at which a rate of each kind may take effect, or end' }),
  })
  .openapi('RateImportAgreement');

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
    comparedRows: count.openapi({ description: 'Compared with the table, once all are read' }),
    isChecked: z.boolean().openapi({ description: 'All rows are read, and compared with the table' }),
    counts: orNull(counts).openapi({ description: 'What the import does; null: not checked whole' }),
    agreement: orNull(agreementSchema).openapi({
      description: 'Of the rate table, as of the check; null: it has none, or the rows are not compared yet',
    }),
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
  const isChecked = row.comparedAt !== null;
  const samples = await scope.read((q) => readRateSamples(q, id, sampleRows));
  const agreement = row.terms?.agreement ?? null;
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
    comparedRows: row.compared,
    isChecked,
    counts: isChecked ? { ...noCounts, ...row.counts } : null,
    agreement: agreement && {
      ...{ id: agreement.id, name: agreement.name, announcedAt: shortTime(agreement.announcedAt) },
      earliest: {
        ...{ new: shortTime(agreement.earliest.new), increased: shortTime(agreement.earliest.increased) },
        ...{ decreased: shortTime(agreement.earliest.decreased), unchanged: shortTime(agreement.earliest.unchanged) },
        closed: shortTime(agreement.earliest.closed),
      },
    },
    jobId: row.jobId,
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
    expiresAt: timeText(new Date(row.createdAt.getTime() + importKeptDays * dayMs)),
  };
}

function shortTime(at: string): string {
  return timeText(new Date(at));
}
