import type { NewClientFields } from '../../../domain/clients/client-fields.js';
import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import type { Queries, Transaction } from '../../system/database.js';

/** A row of a file as it was read. */
export interface FileRow {
  /** in the file, where the header is row 1 */
  readonly number: number;
  readonly cells: readonly string[];
}

/** @param from position of the first row */
export async function insertFileRows(
  tx: Transaction,
  importId: string,
  from: number,
  rows: readonly FileRow[],
): Promise<void> {
  const values = rows.map(({ number, cells }) => ({ number, cells }));
  await tx`
    insert into import_rows (import_id, position, row_number, cells)
    select ${importId}, ${from} - 1 + r.ordinality, (r.value ->> 'number')::int,
      array(select jsonb_array_elements_text(r.value -> 'cells'))
    from jsonb_array_elements(${JSON.stringify(values)}::text::jsonb) with ordinality as r (value, ordinality)`;
}

export interface RowToCheck {
  readonly position: number;
  readonly cells: readonly string[];
}

/** The rows behind a position. */
export async function readRowsToCheck(
  q: Queries,
  importId: string,
  after: number,
  limit: number,
): Promise<RowToCheck[]> {
  return q<RowToCheck[]>`
    select position, cells from import_rows where import_id = ${importId} and position > ${after}
    order by position limit ${limit}`;
}

/** What the dry run found of a row: the client that it makes, or why it makes none. */
export type CheckedRow = { readonly position: number } & (
  { readonly fields: Readonly<Record<string, unknown>> } | { readonly faults: readonly ImportFault[] }
);

export async function saveChecks(tx: Transaction, importId: string, rows: readonly CheckedRow[]): Promise<void> {
  await tx`
    update import_rows w set fields = c.value -> 'fields', faults = c.value -> 'faults'
    from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) as c (value)
    where w.import_id = ${importId} and w.position = (c.value ->> 'position')::int`;
}

/** External ids of rows that were checked before, with their resellers: `<reseller>/<external id>` to the row's number. */
export async function readCheckedIds(
  q: Queries,
  importId: string,
  before: number,
  externalIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await q<{ resellerId: string; externalId: string; number: number }[]>`
    select fields ->> 'resellerId' as "resellerId", fields ->> 'externalId' as "externalId", min(row_number) as number
    from import_rows
    where import_id = ${importId} and position <= ${before} and fields ->> 'externalId' = any (${[...externalIds]}::text[])
    group by 1, 2`;
  return new Map(rows.map(({ resellerId, externalId, number }) => [`${resellerId}/${externalId}`, number]));
}

/** External ids that clients have already, as `<reseller>/<external id>`. */
export async function readUsedIds(q: Queries, externalIds: readonly string[]): Promise<Set<string>> {
  const rows = await q<{ resellerId: string; externalId: string }[]>`
    select reseller_id as "resellerId", external_id as "externalId" from clients
    where external_id = any (${[...externalIds]}::text[]) and status <> 'deleted'`;
  return new Set(rows.map(({ resellerId, externalId }) => `${resellerId}/${externalId}`));
}

/** A new client as the dry run has held it against the schema. */
type ImportedFields = NewClientFields & { readonly openingBalance: string };

export interface RowToImport {
  readonly position: number;
  readonly columns: readonly string[];
  readonly mapping: readonly (string | null)[];
  readonly fields: ImportedFields | null;
  readonly faults: readonly ImportFault[] | null;
}

/** Rows of an import as its job takes them up, by position; without those that were imported, or whose upload was deleted. */
export async function readRowsToImport(
  q: Queries,
  importId: string,
  positions: readonly number[],
): Promise<Map<number, RowToImport>> {
  const rows = await q<RowToImport[]>`
    select w.position, i.columns, i.mapping, w.fields, w.faults from import_rows w join imports i on i.id = w.import_id
    where w.import_id = ${importId} and w.position = any (${[...positions]}::int[])`;
  return new Map(rows.map((row) => [row.position, row]));
}

/** The rows are clients now: their cells are about the same people, and are kept once. */
export async function deleteImportedRows(
  tx: Transaction,
  importId: string,
  positions: readonly number[],
): Promise<void> {
  await tx`delete from import_rows where import_id = ${importId} and position = any (${[...positions]}::int[])`;
}

/** The first cells of each column. */
export async function readSamples(q: Queries, importId: string, limit: number): Promise<(readonly string[])[]> {
  const rows = await q<{ cells: string[] }[]>`
    select cells from import_rows where import_id = ${importId} order by position limit ${limit}`;
  return rows.map(({ cells }) => cells);
}
