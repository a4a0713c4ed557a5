import type { Transaction } from '../../system/database.js';
import type { RateImportRow } from './rate-imports.js';

/** Rows of a file: positions after one, up to another. */
interface Slice {
  readonly after: number;
  readonly upTo: number;
}

/** Adds or replaces the rates of a slice, as they were planned. Repeated, it changes nothing. @returns how many rates it has changed */
export async function applySlice(
  tx: Transaction,
  { id, rateTableId }: RateImportRow,
  { after, upTo }: Slice,
): Promise<{ readonly added: number; readonly replaced: number; readonly announced: number }> {
  const imported = tx`w.import_id = ${id} and w.position > ${after} and w.position <= ${upTo} and w.code is not null
    and w.faults is null and w.skipped is null`;
  // Of these, before they are replaced: active rates that are added, or whose price or end changes. The limit keeps the rate of
  // each row a search by its series: a join could read the whole table for each (compared-ranges.ts).
  const [counted] = await tx<{ announced: number }[]>`
    select count(*)::int as announced from rate_import_rows w
    left join lateral (
      select k.id, k.status, k.rate, k.ends_at from table_rates k
      where k.rate_table_id = ${rateTableId} and k.code = w.code and k.time_profile = w.time_profile
        and k.policy = w.policy and k.effective_from = w.effective_from limit 1) t on true
    where ${imported} and w.status = 'active'
      and (t.id is null or t.status <> 'active' or (t.rate, t.ends_at) is distinct from (w.rate, w.ends_at))`;
  const rows = await tx<{ added: boolean }[]>`
    insert into table_rates as t (rate_table_id, code, code_name, effective_from, ends_at, rate, min_volume, interval,
      grace_volume, setup_fee, time_profile, policy, status, tags, notes)
    select ${rateTableId}, w.code, w.code_name, w.effective_from, w.ends_at, w.rate, w.min_volume, w.interval,
      w.grace_volume, w.setup_fee, w.time_profile, w.policy, w.status, w.tags, w.notes
    from rate_import_rows w
    where ${imported}
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
