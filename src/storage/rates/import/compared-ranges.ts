import type { PlannedRate, FileRate } from '../../../domain/rates/import/plan-rates.js';
import type { ComparedFields } from '../../../domain/rates/tables/rate-changes.js';
import type { RatePolicy, RateStatus } from '../../../domain/rates/tables/table-rate.js';
import type { Fragment } from 'postgres';
import type { Queries, Transaction } from '../../system/database.js';
import type { RateImportRow } from './rate-imports.js';

/**
 * Rows of a file and of its table by ranges of codes. The planner's statistics know nothing of an import that was uploaded just
 * now and take its rows for one: a join could read all of them for each. Each statement therefore has its own range.
 */

/** Codes after one, up to another; null: from the first, to the last. */
interface CodeRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

type Of = Pick<RateImportRow, 'id' | 'rateTableId'>;

function within(q: Queries, code: Fragment, { after, upTo }: CodeRange): Fragment {
  return q`(${after}::text is null or ${code} > ${after ?? ''}) and (${upTo}::text is null or ${code} <= ${upTo ?? ''})`;
}

/** The last code of the next range, so that it has about so many rows of the file, or of the table; null: the rest is less. */
export async function nextRangeEnd(
  q: Queries,
  { id, rateTableId }: Of,
  { after, rows, withTable }: { readonly after: string | null; readonly rows: number; readonly withTable: boolean },
): Promise<string | null> {
  const range = { after, upTo: null };
  const ends = [
    q<{ code: string }[]>`
      select code from rate_import_rows where import_id = ${id} and code is not null and ${within(q, q`code`, range)}
      order by code offset ${rows - 1} limit 1`,
    ...(withTable
      ? [
          q<{ code: string }[]>`
            select code from table_rates where rate_table_id = ${rateTableId} and ${within(q, q`code`, range)}
            order by code offset ${rows - 1} limit 1`,
        ]
      : []),
  ];
  const codes = (await Promise.all(ends)).flatMap((found) => found.map(({ code }) => code));
  return codes.reduce<string | null>((first, code) => (first === null || code < first ? code : first), null);
}

/** Rows that could be read, also those that turned out to have a fault since. */
export async function readFileRates(q: Queries, { id }: Of, range: CodeRange): Promise<FileRate[]> {
  return q<FileRate[]>`
    select position, code, time_profile as "timeProfile", policy, status, effective_from as "effectiveFrom",
      ends_at as "endsAt", rate::text as rate
    from rate_import_rows where import_id = ${id} and code is not null and ${within(q, q`code`, range)}`;
}

interface KeptRate extends ComparedFields {
  readonly id: string;
  readonly policy: RatePolicy;
  readonly status: RateStatus;
}

/** @param codes null: all of the range */
export async function readKeptRates(
  q: Queries,
  { rateTableId }: Of,
  { range, codes }: { readonly range: CodeRange; readonly codes: readonly string[] | null },
): Promise<KeptRate[]> {
  return q<KeptRate[]>`
    select id, code, time_profile as "timeProfile", policy, status, effective_from as "effectiveFrom",
      ends_at as "endsAt", rate::text as rate
    from table_rates
    where rate_table_id = ${rateTableId} and ${codes === null ? within(q, q`code`, range) : q`code = any (${[...codes]}::text[])`}`;
}

export async function savePlannedRates(tx: Transaction, { id }: Of, planned: readonly PlannedRate[]): Promise<void> {
  if (planned.length === 0) return;
  const values = planned.map(({ position, effectiveFrom, endsAt, change, skipped, early, fault }) => ({
    ...{ position, change, skipped, effective_from: effectiveFrom, ends_at: endsAt },
    ...{ early: early?.kind ?? null, early_given: early?.given ?? null, early_allowed: early?.allowed ?? null },
    faults: fault && [fault],
  }));
  await tx`
    update rate_import_rows w set change = r.change, skipped = r.skipped, effective_from = r.effective_from,
      ends_at = r.ends_at, early = r.early, early_given = r.early_given, early_allowed = r.early_allowed,
      faults = nullif(r.faults, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as r (position int, change text, skipped text,
      effective_from timestamptz, ends_at timestamptz, early text, early_given timestamptz, early_allowed timestamptz,
      faults jsonb)
    where w.import_id = ${id} and w.position = any (${values.map(({ position }) => position)}::int[]) and w.position = r.position`;
}

/** Ends rates, and stashes others. Repeated, it changes nothing. */
export async function closeRates(
  tx: Transaction,
  { closed, stashed }: { readonly closed: readonly string[]; readonly stashed: readonly string[] },
  closesAt: Date,
): Promise<void> {
  await tx`
    update table_rates set status = 'stashed', version = version + 1, updated_at = now()
    where id = any (${[...stashed]}::bigint[])`;
  await tx`
    update table_rates set ends_at = ${closesAt}, version = version + 1, updated_at = now()
    where id = any (${[...closed]}::bigint[])`;
}
