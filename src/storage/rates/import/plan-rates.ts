import type { Fragment } from 'postgres';
import type { RateImportOptions } from '../../../domain/rates/import/import-options.js';
import type { Queries, Transaction } from '../../system/database.js';
import type { RateImportRow } from './rate-imports.js';

/** Rows of a file against each other and against their table: set by set, so that a file of any size takes the same memory. */

/** Of what and where: positions after one, up to another. */
interface Slice {
  readonly import: Pick<RateImportRow, 'id' | 'rateTableId'>;
  readonly options: RateImportOptions;
  readonly after: number;
  readonly upTo: number;
}

/** Marks rows of a slice whose series and date another row has, once all rows are read. @returns how many are faulty by it */
export async function markDuplicates(tx: Transaction, slice: Slice): Promise<number> {
  const { options, after, upTo } = slice;
  const other = tx`exists (
    select 1 from rate_import_rows o where o.import_id = w.import_id and ${sameSeries(tx, tx`o`, tx`w`)}
      and o.effective_from = w.effective_from
      and ${options.onDuplicate === 'last' ? tx`o.position > w.position` : tx`o.position < w.position`})`;
  const fault = {
    ...{ column: null, field: 'effectiveFrom', code: 'already_exists' },
    detail: 'an earlier row of the file has this code and date: remove one of them',
  };
  const { count } = await tx`
    update rate_import_rows w set ${
      options.onDuplicate === 'report'
        ? tx`faults = ${JSON.stringify([fault])}::text::jsonb`
        : tx`skipped = 'duplicate'`
    }
    where w.import_id = ${slice.import.id} and w.position > ${after} and w.position <= ${upTo} and w.code is not null and ${other}`;
  return options.onDuplicate === 'report' ? count : 0;
}

/** Compares rows of a slice with the rates before them, of the file and of the table, once duplicates are marked. */
export async function compareSlice(
  tx: Transaction,
  { import: { id, rateTableId }, options, after, upTo }: Slice,
): Promise<void> {
  await tx`
    update rate_import_rows w set change = c.change,
      skipped = case when ${options.ifUnchanged === 'skip'} and c.change = 'unchanged' and not exists (
        select 1 from table_rates t where t.rate_table_id = ${rateTableId} and ${sameSeries(tx, tx`t`, tx`w`)}
          and t.effective_from = w.effective_from) then 'unchanged' end
    from (
      select n.position, case when before.rate is null or before.ends_at is not null or n.status <> 'active' then 'new'
        when n.rate = before.rate then 'unchanged' when n.rate > before.rate then 'increased' else 'decreased' end as change
      from rate_import_rows n
      left join lateral (
        select b.rate, b.ends_at from (
          (select f.rate, f.ends_at, f.effective_from, 1 as place from rate_import_rows f
            where f.import_id = n.import_id and ${sameSeries(tx, tx`f`, tx`n`)} and f.effective_from < n.effective_from
              and f.status = 'active' and f.faults is null and f.skipped is distinct from 'duplicate'
            order by f.effective_from desc, f.position desc limit 1)
          union all
          (select t.rate, t.ends_at, t.effective_from, 2 from table_rates t
            where t.rate_table_id = ${rateTableId} and ${sameSeries(tx, tx`t`, tx`n`)}
              and t.effective_from < n.effective_from and t.status = 'active'
            order by t.effective_from desc limit 1)) b
        order by b.effective_from desc, b.place limit 1) before on true
      where n.import_id = ${id} and n.position > ${after} and n.position <= ${upTo} and ${isImported(tx, tx`n`)}) c
    where w.import_id = ${id} and w.position = c.position`;
}

/** What an import would do, and does. */
export interface RateImportCounts {
  readonly new: number;
  readonly increased: number;
  readonly decreased: number;
  readonly unchanged: number;
  /** by the options: duplicates, unchanged rates */
  readonly skipped: number;
  /** rates that were effective when the table was last exported: exports of changed rates do not show them */
  readonly alreadyExported: number;
  /** series that the file lacks, and the rates of the future of such series */
  readonly closed: number;
  readonly stashed: number;
}

/** Of an import that is compared whole. */
export async function readImportCounts(q: Queries, row: RateImportRow): Promise<RateImportCounts> {
  const [changes] = await q<Omit<RateImportCounts, 'closed' | 'stashed'>[]>`
    select count(*) filter (where w.skipped is null and w.change = 'new')::int as new,
      count(*) filter (where w.skipped is null and w.change = 'increased')::int as increased,
      count(*) filter (where w.skipped is null and w.change = 'decreased')::int as decreased,
      count(*) filter (where w.skipped is null and w.change = 'unchanged')::int as unchanged,
      count(*) filter (where w.skipped is not null)::int as skipped,
      count(*) filter (where w.skipped is null and w.effective_from <= x.last_exported_at)::int as "alreadyExported"
    from rate_import_rows w join rate_tables x on x.id = ${row.rateTableId}
    where w.import_id = ${row.id} and w.code is not null and w.faults is null`;
  const none = { new: 0, increased: 0, decreased: 0, unchanged: 0, skipped: 0, alreadyExported: 0 };
  const missing = row.options?.mode === 'replace' ? await countMissing(q, row) : { closed: 0, stashed: 0 };
  return { ...(changes ?? none), ...missing };
}

async function countMissing(q: Queries, row: RateImportRow): Promise<Pick<RateImportCounts, 'closed' | 'stashed'>> {
  const [counts] = await q<{ closed: number; stashed: number }[]>`
    select count(*) filter (where ${isInForce(q, row)})::int as closed,
      count(*) filter (where t.effective_from >= ${closesAt(q, row)})::int as stashed
    from table_rates t where ${isMissing(q, row)}`;
  return counts ?? { closed: 0, stashed: 0 };
}

/** Adds or replaces the rates of a slice. Repeated, it changes nothing. @returns how many rates it has changed */
export async function applySlice(
  tx: Transaction,
  { id, rateTableId }: RateImportRow,
  { after, upTo }: Pick<Slice, 'after' | 'upTo'>,
): Promise<{ readonly added: number; readonly replaced: number; readonly announced: number }> {
  // Of these, before they are replaced: active rates that are added, or whose price or end changes.
  const [counted] = await tx<{ announced: number }[]>`
    select count(*)::int as announced from rate_import_rows w left join table_rates t
      on t.rate_table_id = ${rateTableId} and ${sameSeries(tx, tx`t`, tx`w`)} and t.effective_from = w.effective_from
    where w.import_id = ${id} and w.position > ${after} and w.position <= ${upTo} and ${isImported(tx, tx`w`)}
      and w.status = 'active'
      and (t.id is null or t.status <> 'active' or (t.rate, t.ends_at) is distinct from (w.rate, w.ends_at))`;
  const rows = await tx<{ added: boolean }[]>`
    insert into table_rates as t (rate_table_id, code, code_name, effective_from, ends_at, rate, min_volume, interval,
      grace_volume, setup_fee, time_profile, policy, status, tags, notes)
    select ${rateTableId}, w.code, w.code_name, w.effective_from, w.ends_at, w.rate, w.min_volume, w.interval,
      w.grace_volume, w.setup_fee, w.time_profile, w.policy, w.status, w.tags, w.notes
    from rate_import_rows w
    where w.import_id = ${id} and w.position > ${after} and w.position <= ${upTo} and ${isImported(tx, tx`w`)}
    order by w.code, w.time_profile, w.policy, w.effective_from
    on conflict (rate_table_id, code, time_profile, policy, effective_from) do update
    set code_name = excluded.code_name, ends_at = excluded.ends_at, rate = excluded.rate,
      min_volume = excluded.min_volume, interval = excluded.interval, grace_volume = excluded.grace_volume,
      setup_fee = excluded.setup_fee, status = excluded.status, tags = excluded.tags, notes = excluded.notes,
      version = t.version + 1, updated_at = now()
    where (t.code_name, t.ends_at, t.rate, t.min_volume, t.interval, t.grace_volume, t.setup_fee, t.status, t.tags, t.notes)
      is distinct from (excluded.code_name, excluded.ends_at, excluded.rate, excluded.min_volume, excluded.interval,
        excluded.grace_volume, excluded.setup_fee, excluded.status, excluded.tags, excluded.notes)
    returning t.version = 1 as added`;
  const added = rows.filter((row) => row.added).length;
  return { added, replaced: rows.length - added, announced: counted?.announced ?? 0 };
}

/** Ends the series that a file lacks; their rates of the future are stashed. Repeated, it changes nothing. */
export async function closeMissing(
  tx: Transaction,
  row: RateImportRow,
): Promise<Pick<RateImportCounts, 'closed' | 'stashed'>> {
  const stashed = await tx`
    update table_rates t set status = 'stashed', version = t.version + 1, updated_at = now()
    where ${isMissing(tx, row)} and t.effective_from >= ${closesAt(tx, row)}`;
  const closed = await tx`
    update table_rates t set ends_at = ${closesAt(tx, row)}, version = t.version + 1, updated_at = now()
    where ${isMissing(tx, row)} and ${isInForce(tx, row)}`;
  return { closed: closed.count, stashed: stashed.count };
}

function closesAt(q: Queries, { closesAt: at }: RateImportRow): Fragment {
  return q`coalesce(${at}::timestamptz, date_trunc('second', now()))`;
}

/** `table_rates t` of a series that has no row in the file. A file with errors replaces nothing. */
function isMissing(q: Queries, { id, rateTableId }: RateImportRow): Fragment {
  return q`t.rate_table_id = ${rateTableId} and t.status = 'active' and not exists (
    select 1 from rate_import_rows f where f.import_id = ${id} and ${sameSeries(q, q`f`, q`t`)})`;
}

/** The last rate of a series that has begun, and is not closed. */
function isInForce(q: Queries, row: RateImportRow): Fragment {
  return q`t.effective_from < ${closesAt(q, row)} and (t.ends_at is null or t.ends_at > ${closesAt(q, row)})
    and not exists (
      select 1 from table_rates later where later.rate_table_id = t.rate_table_id and ${sameSeries(q, q`later`, q`t`)}
        and later.status = 'active' and later.effective_from > t.effective_from
        and later.effective_from < ${closesAt(q, row)})`;
}

function isImported(q: Queries, w: Fragment): Fragment {
  return q`${w}.code is not null and ${w}.faults is null and ${w}.skipped is null`;
}

function sameSeries(q: Queries, one: Fragment, other: Fragment): Fragment {
  return q`${one}.code = ${other}.code and ${one}.time_profile = ${other}.time_profile and ${one}.policy = ${other}.policy`;
}
