import type { RateFault } from '../../../domain/rates/import/rate-cells.js';
import type { TableRateFields } from '../../../domain/rates/tables/table-rate.js';
import type { FileRow } from '../../clients/imports/import-rows.js';
import type { Queries, Transaction } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';

/** @param from position of the first row */
export async function insertRateFileRows(
  tx: Transaction,
  importId: string,
  from: number,
  rows: readonly FileRow[],
): Promise<void> {
  const values = rows.map(({ number, cells }) => ({ number, cells }));
  await tx`
    insert into rate_import_rows (import_id, position, row_number, cells)
    select ${importId}, ${from} - 1 + r.ordinality, (r.value ->> 'number')::int,
      array(select jsonb_array_elements_text(r.value -> 'cells'))
    from jsonb_array_elements(${JSON.stringify(values)}::text::jsonb) with ordinality as r (value, ordinality)`;
}

/** The rows behind a position. */
export async function readRatesToCheck(
  q: Queries,
  importId: string,
  after: number,
  limit: number,
): Promise<{ readonly position: number; readonly cells: readonly string[] }[]> {
  return q`
    select position, cells from rate_import_rows where import_id = ${importId} and position > ${after}
    order by position limit ${limit}`;
}

/** What was read of a row. */
export interface ReadRate {
  readonly position: number;
  /** null: it has faults */
  readonly fields: TableRateFields | null;
  readonly faults: readonly RateFault[];
}

export async function saveReadRates(tx: Transaction, importId: string, rows: readonly ReadRate[]): Promise<void> {
  const values = rows.map(({ position, fields, faults }) => ({
    position,
    faults: fields ? null : faults,
    ...(fields && {
      ...{
        code: fields.code,
        code_name: fields.codeName,
        effective_from: fields.effectiveFrom,
        ends_at: fields.endsAt,
      },
      ...{ rate: fields.rate, min_volume: fields.minVolume, interval: fields.interval, setup_fee: fields.setupFee },
      ...{ grace_volume: fields.graceVolume, time_profile: fields.timeProfile, policy: fields.policy },
      ...{ status: fields.status, tags: fields.tags, notes: fields.notes },
    }),
  }));
  await tx`
    update rate_import_rows w set code = r.code, code_name = r.code_name, effective_from = r.effective_from,
      ends_at = r.ends_at, rate = r.rate, min_volume = r.min_volume, interval = r.interval,
      grace_volume = r.grace_volume, setup_fee = r.setup_fee, time_profile = r.time_profile, policy = r.policy,
      status = r.status, tags = r.tags, notes = r.notes, faults = nullif(r.faults, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as r (position int, code text, code_name text,
      effective_from timestamptz, ends_at timestamptz, rate numeric, min_volume int, interval int, grace_volume int,
      setup_fee numeric, time_profile text, policy text, status text, tags text[], notes text, faults jsonb)
    where w.import_id = ${importId} and w.position = r.position`;
}

/** The first cells of each column. */
export async function readRateSamples(q: Queries, importId: string, limit: number): Promise<(readonly string[])[]> {
  const rows = await q<{ cells: string[] }[]>`
    select cells from rate_import_rows where import_id = ${importId} order by position limit ${limit}`;
  return rows.map(({ cells }) => cells);
}

/** A row of a file that is not imported, with the reasons. */
interface RejectedRate {
  /** its place in the import, from 1 */
  readonly id: string;
  /** in the file, where the header is row 1 */
  readonly number: number;
  readonly cells: readonly string[];
  readonly faults: readonly RateFault[];
}

export const rejectedRateSorts = ['id'] as const;

export function rejectedRates(
  q: Queries,
  importId: string,
): ListQuery<RejectedRate, (typeof rejectedRateSorts)[number]> {
  const wanted = q`w.import_id = ${importId} and w.faults is not null`;
  return {
    columns: { id: { expression: q`w.position`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select w.position::text as id, w.row_number as number, w.cells, w.faults, ${position} as position
      from rate_import_rows w where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from rate_import_rows w where ${wanted}`,
  };
}
