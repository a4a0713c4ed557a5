import type { Fragment } from 'postgres';
import type { NoticeKind } from '../../../domain/rates/agreements/agreement.js';
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

/** Of rows in the order of the file, without a gap. */
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
      status = r.status, tags = r.tags, notes = r.notes, faults = nullif(r.faults, 'null'::jsonb), skipped = null,
      change = null, early = null, early_given = null, early_allowed = null
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as r (position int, code text, code_name text,
      effective_from timestamptz, ends_at timestamptz, rate numeric, min_volume int, interval int, grace_volume int,
      setup_fee numeric, time_profile text, policy text, status text, tags text[], notes text, faults jsonb)
    where w.import_id = ${importId} and w.position = r.position
      and w.position between ${rows[0]?.position ?? 0} and ${rows.at(-1)?.position ?? 0}`;
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
  const wanted = q`w.import_id = ${importId} and w.faults is not null and ${isChecked(q, importId)}`;
  return {
    columns: { id: { expression: q`w.position`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select w.position::text as id, w.row_number as number, w.cells, w.faults, ${position} as position
      from rate_import_rows w where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from rate_import_rows w where ${wanted}`,
  };
}

/** What another mapping left of rows that are not checked again yet is not theirs. */
function isChecked(q: Queries, importId: string): Fragment {
  return q`w.position <= (select i.checked from rate_imports i where i.id = ${importId})`;
}

/** A row of a file whose rate takes effect, or ends, sooner than the agreement allows. */
interface EarlyRateRow {
  /** its place in the import, from 1 */
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly timeProfile: string;
  readonly rate: string;
  readonly kind: NoticeKind;
  readonly given: Date;
  readonly allowed: Date;
  readonly outcome: EarlyOutcome;
}

/** superseded: by the date that is allowed, a later rate of its series is effective. */
export const earlyOutcomes = ['imported', 'shifted', 'superseded', 'rejected'] as const;
type EarlyOutcome = (typeof earlyOutcomes)[number];

export const earlyRateSorts = ['id', 'code', 'given'] as const;

export function earlyRates(q: Queries, importId: string): ListQuery<EarlyRateRow, (typeof earlyRateSorts)[number]> {
  const wanted = q`w.import_id = ${importId} and w.early is not null and ${isChecked(q, importId)}`;
  return {
    columns: {
      id: { expression: q`w.position`, type: 'bigint' },
      code: { expression: q`w.code`, type: 'text' },
      given: { expression: q`w.early_given`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select w.position::text as id, w.row_number as number, w.code, w.time_profile as "timeProfile",
        trim_scale(w.rate)::text as rate, w.early as kind, w.early_given as given, w.early_allowed as allowed,
        case when w.faults is not null then 'rejected' when w.skipped is not null then 'superseded'
          when case w.early when 'closed' then w.ends_at else w.effective_from end = w.early_given then 'imported'
          else 'shifted' end as outcome,
        ${position} as position
      from rate_import_rows w where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from rate_import_rows w where ${wanted}`,
  };
}
