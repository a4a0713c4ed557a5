import type { ImportFormat } from '../../../domain/clients/import/import-limits.js';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
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
  /** how the dates with slashes of each column are written; empty: the options name a format */
  readonly slashOrders: readonly (SlashOrder | null)[];
  readonly checked: number;
  readonly invalid: number;
  /** compared with the table */
  readonly planned: number;
  readonly closesAt: Date | null;
  readonly jobId: string | null;
  readonly createdAt: Date;
}

/** Reads from all rows how the dates with slashes of the columns of dates are written. */
export async function saveSlashOrders(
  tx: Transaction,
  id: string,
  { columns: all, dates }: { readonly columns: number; readonly dates: readonly number[] },
): Promise<void> {
  await tx`
    update rate_imports i set slash_orders = array(
      select case when bool_or(f.month_first) and bool_or(f.day_first) then 'mixed'
        when bool_or(f.month_first) then 'MM/DD/YYYY' when bool_or(f.day_first) then 'DD/MM/YYYY' end
      from generate_series(1, ${all}::int) as c (place)
      left join lateral (
        select d[1]::int > 12 as day_first, d[2]::int > 12 as month_first
        from rate_import_rows r
        cross join lateral regexp_match(r.cells[c.place], '^\\s*(\\d{1,2})/(\\d{1,2})/\\d{4}') d
        where r.import_id = ${id} and c.place - 1 = any (${[...dates]}::int[])
      ) f on true
      group by c.place order by c.place)
    where i.id = ${id}`;
}

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
export async function saveRateRowCount(tx: Transaction, id: string, rows: number): Promise<void> {
  await tx`update rate_imports set rows = ${rows} where id = ${id}`;
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
    i.file_name as "fileName", i.format, i.columns, i.rows, i.mapping, i.options, i.slash_orders as "slashOrders", i.checked, i.invalid, i.planned,
    i.closes_at as "closesAt", i.job_id as "jobId", i.created_at as "createdAt"`;
}

/** Saves another mapping of a locked import: nothing of it is checked then. */
export async function saveRateMapping(
  tx: Transaction,
  id: string,
  mapping: RateMapping,
  options: RateImportOptions,
): Promise<void> {
  await tx`
    update rate_imports set checked = 0, invalid = 0, planned = 0, slash_orders = '{}', mapping = ${JSON.stringify(mapping)}::text::jsonb,
      options = ${JSON.stringify(options)}::text::jsonb
    where id = ${id}`;
  await tx`
    update rate_import_rows set code = null, faults = null, skipped = null, change = null
    where import_id = ${id} and (code is not null or faults is not null)`;
}

export async function saveRateChecked(
  tx: Transaction,
  id: string,
  { checked, invalid }: { readonly checked: number; readonly invalid: number },
): Promise<void> {
  await tx`update rate_imports set checked = ${checked}, invalid = ${invalid} where id = ${id}`;
}

export async function saveRatePlanned(
  tx: Transaction,
  id: string,
  { planned, invalid }: { readonly planned: number; readonly invalid: number },
): Promise<void> {
  await tx`update rate_imports set planned = ${planned}, invalid = ${invalid} where id = ${id}`;
}

export async function saveRateImportJob(tx: Transaction, id: string, jobId: string, closesAt: Date): Promise<void> {
  await tx`update rate_imports set job_id = ${jobId}, closes_at = ${closesAt} where id = ${id}`;
}
