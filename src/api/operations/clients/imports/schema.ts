import { clientFieldEntries, type ClientFieldName } from '../../../../domain/clients/client-fields.js';
import { dayMs } from '../../../../domain/durations.js';
import { DomainError } from '../../../../domain/errors.js';
import { matchColumns } from '../../../../domain/clients/import/import-fields.js';
import { importFormats, importKeptDays } from '../../../../domain/clients/import/import-limits.js';
import { readSamples } from '../../../../storage/clients/imports/import-rows.js';
import { findImport, type ImportRow } from '../../../../storage/clients/imports/imports.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { idText, pathId, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const importParams = z.strictObject({ id: pathId });

const [first = 'name', ...others] = clientFieldEntries.map(([name]) => name);
/** A field of the catalogue; null: the column is not imported. */
export const importField = z.enum([first, ...others] as [ClientFieldName, ...ClientFieldName[]]).nullable();

const count = z.int().min(0);

export const importSchema = z
  .strictObject({
    id: idText,
    fileName: z.string(),
    format: z.enum(importFormats),
    columns: z
      .array(
        z.strictObject({
          name: z.string().openapi({ description: 'From the first row of the file', example: 'Client' }),
          field: importField.openapi({ description: 'As saved, else as the name suggests; null: not imported' }),
          samples: z.array(z.string()).openapi({ description: 'Of the first rows' }),
        }),
      )
      .openapi({ description: 'In the order of the file' }),
    isMapped: z.boolean().openapi({ description: 'A mapping was saved' }),
    rows: count.openapi({ description: 'Without the first one and empty ones' }),
    checkedRows: count,
    validRows: count.openapi({ description: 'Of the checked ones' }),
    invalidRows: count,
    jobId: idText.nullable().openapi({ description: 'null: not started' }),
    createdBy: z.string().openapi({ example: 'user:3' }),
    createdAt: timeString,
    expiresAt: timeString.openapi({ description: 'When the upload is deleted' }),
  })
  .openapi('Import');

const sampleRows = 3;
const sampleLength = 100;

/** @throws DomainError `not_found` also for an import of another reseller */
export async function requireImportRow(scope: Scope, id: string): Promise<ImportRow> {
  const row = await scope.read((q) => findImport(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no import ${id}`, '/path/id');
  return row;
}

export async function readImportJson(scope: Scope, id: string): Promise<z.output<typeof importSchema>> {
  const row = await requireImportRow(scope, id);
  const samples = await scope.read((q) => readSamples(q, id, sampleRows));
  const fields = row.mapping ?? matchColumns(row.columns);
  return {
    id: row.id,
    fileName: row.fileName,
    format: row.format,
    columns: row.columns.map((name, column) => ({
      name,
      field: fields[column] ?? null,
      samples: samples.map((cells) => (cells[column] ?? '').slice(0, sampleLength)),
    })),
    isMapped: row.mapping !== null,
    rows: row.rows,
    checkedRows: row.checked,
    validRows: row.checked - row.invalid,
    invalidRows: row.invalid,
    jobId: row.jobId,
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
    expiresAt: timeText(new Date(row.createdAt.getTime() + importKeptDays * dayMs)),
  };
}
