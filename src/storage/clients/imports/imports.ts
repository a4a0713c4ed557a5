import type { ImportFormat } from '../../../domain/clients/import/import-limits.js';
import type { ImportMapping } from '../../../domain/clients/import/import-fields.js';
import type { Queries, Transaction } from '../../system/database.js';
import { visibleReseller } from '../../system/tenancy.js';

/** An uploaded file of clients. */
export interface ImportRow {
  readonly id: string;
  readonly resellerId: string;
  readonly createdBy: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly columns: readonly string[];
  readonly rows: number;
  /** null: none was saved */
  readonly mapping: ImportMapping | null;
  readonly checked: number;
  readonly invalid: number;
  readonly jobId: string | null;
  readonly createdAt: Date;
}

type NewImport = Pick<ImportRow, 'resellerId' | 'createdBy' | 'fileName' | 'format' | 'columns'>;

export async function insertImport(tx: Transaction, made: NewImport): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into imports (reseller_id, created_by, file_name, format, columns)
    values (${made.resellerId}, ${made.createdBy}, ${made.fileName}, ${made.format}, ${[...made.columns]})
    returning id`;
  if (!row) throw new Error('an import was not inserted');
  return row.id;
}

/** Once all rows of the file are kept. */
export async function saveRowCount(tx: Transaction, id: string, rows: number): Promise<void> {
  await tx`update imports set rows = ${rows} where id = ${id}`;
}

/** Null when there is none that the caller may see. */
export async function findImport(q: Queries, withinId: string, id: string): Promise<ImportRow | null> {
  const [row] = await q<ImportRow[]>`
    select ${columns(q)} from imports i where i.id = ${id} and ${visibleReseller(q, q`i.reseller_id`, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockImport(tx: Transaction, withinId: string, id: string): Promise<ImportRow | null> {
  const [row] = await tx<ImportRow[]>`
    select ${columns(tx)} from imports i where i.id = ${id} and ${visibleReseller(tx, tx`i.reseller_id`, withinId)}
    for update of i`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`i.id, i.reseller_id as "resellerId", i.created_by as "createdBy", i.file_name as "fileName", i.format,
    i.columns, i.rows, i.mapping, i.checked, i.invalid, i.job_id as "jobId", i.created_at as "createdAt"`;
}

/** Saves another mapping of a locked import: nothing of it is checked then. */
export async function saveMapping(tx: Transaction, id: string, mapping: ImportMapping): Promise<void> {
  await tx`
    update imports set checked = 0, invalid = 0,
      mapping = ${JSON.stringify(mapping)}::text::jsonb
    where id = ${id}`;
  await tx`update import_rows set fields = null, faults = null where import_id = ${id} and (fields is not null or faults is not null)`;
}

export async function saveProgress(
  tx: Transaction,
  id: string,
  { checked, invalid }: { readonly checked: number; readonly invalid: number },
): Promise<void> {
  await tx`update imports set checked = ${checked}, invalid = ${invalid} where id = ${id}`;
}

export async function saveImportJob(tx: Transaction, id: string, jobId: string): Promise<void> {
  await tx`update imports set job_id = ${jobId} where id = ${id}`;
}

export async function deleteImportRows(tx: Transaction, id: string): Promise<void> {
  await tx`delete from imports where id = ${id}`;
}
