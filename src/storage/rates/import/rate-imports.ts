import type { ImportFormat } from '../../../domain/clients/import/import-limits.js';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
import type { ImportTerms } from '../../../domain/rates/import/import-terms.js';
import type { SlashOrder } from '../../../domain/rates/import/rate-dates.js';
import type { RateMapping } from '../../../domain/rates/import/rate-cells.js';
import type { Queries, Transaction } from '../../system/database.js';
import { visibleReseller } from '../../system/tenancy.js';

/** An uploaded file of rates. */
export interface RateImportRow {
  readonly id: string;
  readonly resellerId: string;
  readonly rateTableId: string;
  readonly createdBy: string;
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly columns: readonly string[];
  readonly rows: number;
  /** null: none was saved */
  readonly mapping: RateMapping | null;
  /** null: no mapping was saved */
  readonly options: RateImportOptions | null;
  /** how the dates with slashes of each column are written; null: no cell of it shows that */
  readonly slashOrders: readonly (SlashOrder | null)[];
  readonly checked: number;
  readonly invalid: number;
  /** null: not all rows are read */
  readonly terms: ImportTerms | null;
  /** the last code of each range of codes that is compared with the table */
  readonly ranges: readonly string[];
  /** rows of these */
  readonly compared: number;
  /** null: not all are compared */
  readonly comparedAt: Date | null;
  readonly counts: Partial<RateImportCounts>;
  readonly closesAt: Date | null;
  readonly jobId: string | null;
  readonly createdAt: Date;
}

/** What an import does, or the part of it that is compared. */
export interface RateImportCounts {
  readonly new: number;
  readonly increased: number;
  readonly decreased: number;
  readonly unchanged: number;
  /** by the options: duplicates, unchanged rates, and rates that the agreement leaves no time for */
  readonly skipped: number;
  /** rates that were effective when the table was last exported: exports of changed rates do not show them */
  readonly alreadyExported: number;
  /** changed rates of which clients were notified: notifications of changed rates do not include them */
  readonly alreadyNotified: number;
  /** sooner than the agreement allows */
  readonly early: number;
  /** series that the file lacks, and the rates of the future of such series */
  readonly closed: number;
  readonly stashed: number;
}

export const noCounts: RateImportCounts = {
  ...{ new: 0, increased: 0, decreased: 0, unchanged: 0, skipped: 0, alreadyExported: 0, alreadyNotified: 0 },
  ...{ early: 0, closed: 0, stashed: 0 },
};

type NewImport = Pick<RateImportRow, 'resellerId' | 'rateTableId' | 'createdBy' | 'fileName' | 'format' | 'columns'>;

export async function insertRateImport(tx: Transaction, made: NewImport): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into rate_imports (reseller_id, rate_table_id, created_by, file_name, format, columns)
    values (${made.resellerId}, ${made.rateTableId}, ${made.createdBy}, ${made.fileName}, ${made.format},
      ${[...made.columns]})
    returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Once all rows of the file are kept. */
export async function saveRateFileFacts(
  tx: Transaction,
  id: string,
  { rows, slashOrders }: Pick<RateImportRow, 'rows' | 'slashOrders'>,
): Promise<void> {
  await tx`update rate_imports set rows = ${rows}, slash_orders = ${[...slashOrders]}::text[] where id = ${id}`;
}

/** Null when there is none that the caller may see. */
export async function findRateImport(q: Queries, withinId: string, id: string): Promise<RateImportRow | null> {
  const [row] = await q<RateImportRow[]>`
    select ${columns(q)} from rate_imports i where i.id = ${id} and ${visibleReseller(q, q`i.reseller_id`, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockRateImport(tx: Transaction, withinId: string, id: string): Promise<RateImportRow | null> {
  const [row] = await tx<RateImportRow[]>`
    select ${columns(tx)} from rate_imports i where i.id = ${id} and ${visibleReseller(tx, tx`i.reseller_id`, withinId)}
    for update of i`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`i.id, i.reseller_id as "resellerId", i.rate_table_id as "rateTableId", i.created_by as "createdBy",
    i.file_name as "fileName", i.format, i.columns, i.rows, i.mapping, i.options, i.slash_orders as "slashOrders", i.checked, i.invalid, i.terms,
    i.ranges, i.compared, i.compared_at as "comparedAt", i.counts, i.closes_at as "closesAt", i.job_id as "jobId", i.created_at as "createdAt"`;
}

/** Saves another mapping of a locked import: nothing of it is checked then. Each row is overwritten when it is read again. */
export async function saveRateMapping(
  tx: Transaction,
  id: string,
  mapping: RateMapping,
  options: RateImportOptions,
): Promise<void> {
  await tx`
    update rate_imports set checked = 0, invalid = 0, terms = null, ranges = '{}', compared = 0, compared_at = null,
      counts = '{}', mapping = ${JSON.stringify(mapping)}::text::jsonb,
      options = ${JSON.stringify(options)}::text::jsonb
    where id = ${id}`;
}

export async function saveRateChecked(
  tx: Transaction,
  id: string,
  { checked, invalid }: { readonly checked: number; readonly invalid: number },
): Promise<void> {
  await tx`update rate_imports set checked = ${checked}, invalid = ${invalid} where id = ${id}`;
}

export async function saveImportTerms(tx: Transaction, id: string, terms: ImportTerms): Promise<void> {
  await tx`update rate_imports set terms = ${JSON.stringify(terms)}::text::jsonb where id = ${id}`;
}

/** A range of codes is compared. @param upTo its last code; null: there is no other range */
export async function saveComparedRange(
  tx: Transaction,
  id: string,
  compared: Pick<RateImportRow, 'invalid' | 'compared' | 'counts'> & {
    readonly upTo: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { upTo, invalid, counts } = compared;
  await tx`
    update rate_imports set invalid = ${invalid}, compared = ${compared.compared},
      counts = ${JSON.stringify(counts)}::text::jsonb,
      ranges = ${upTo === null ? tx`ranges` : tx`array_append(ranges, ${upTo}::text)`},
      compared_at = ${upTo === null ? compared.at : null}
    where id = ${id}`;
}

export async function saveRateImportJob(tx: Transaction, id: string, jobId: string, closesAt: Date): Promise<void> {
  await tx`update rate_imports set job_id = ${jobId}, closes_at = ${closesAt} where id = ${id}`;
}
