import type { Fragment } from 'postgres';
import type { RateChange } from '../../../domain/rates/tables/rate-changes.js';
import type { RatePolicy, RateStatus } from '../../../domain/rates/tables/table-rate.js';
import { containing, likeText } from '../../clients/text-match.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { changeOf, comparedRates, isBeforeExport, tableRateColumns, type TableRateRow } from './table-rates.js';

/** latest: of each series the last row, also one of the future; current: the rates of now. */
export const rateViews = ['all', 'latest', 'current'] as const;

export const tableRateSorts = ['code', 'codeName', 'effectiveFrom', 'rate', 'timeProfile', 'updatedAt'] as const;

export interface TableRateFilter {
  /** beginning of the code, or part of its name */
  readonly q: string | null;
  readonly code: string | null;
  readonly timeProfile: string | null;
  readonly policy: RatePolicy | null;
  readonly status: RateStatus | null;
  readonly view: (typeof rateViews)[number] | null;
  readonly prevDiffStatus: readonly RateChange[] | null;
  readonly prevDiffStatusExport: readonly RateChange[] | null;
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly tag: string | null;
}

export function tableRateList(
  q: Queries,
  rateTableId: string,
  filter: TableRateFilter,
  now: number,
): ListQuery<TableRateRow, (typeof tableRateSorts)[number]> {
  const wanted = wantedRates(q, rateTableId, filter, now);
  return {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      code: { expression: q`t.code`, type: 'text' },
      codeName: { expression: q`coalesce(lower(t.code_name), '')`, type: 'text' },
      effectiveFrom: { expression: q`t.effective_from`, type: 'timestamptz' },
      rate: { expression: q`t.rate`, type: 'numeric' },
      timeProfile: { expression: q`t.time_profile`, type: 'text' },
      updatedAt: { expression: q`t.updated_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${tableRateColumns(q, now)}, ${position} as position from ${comparedRates(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${comparedRates(q)} where ${wanted}`,
  };
}

function wantedRates(q: Queries, rateTableId: string, filter: TableRateFilter, now: number): Fragment {
  const text = filter.q;
  const changes = [...(filter.prevDiffStatus ?? [])];
  const exported = [...(filter.prevDiffStatusExport ?? [])];
  return q`t.rate_table_id = ${rateTableId}
    and ${text === null ? q`true` : q`(t.code like ${`${likeText(text)}%`} or lower(t.code_name) like ${containing(text)})`}
    and (${filter.code}::text is null or t.code = ${filter.code})
    and (${filter.timeProfile}::text is null or t.time_profile = ${filter.timeProfile})
    and (${filter.policy}::text is null or t.policy = ${filter.policy})
    and (${filter.status}::text is null or t.status = ${filter.status})
    and (${filter.effectiveFrom}::timestamptz is null or t.effective_from >= ${filter.effectiveFrom})
    and (${filter.effectiveTo}::timestamptz is null or t.effective_from < ${filter.effectiveTo})
    and (${filter.tag}::text is null or lower_texts(t.tags) @> array[lower(${filter.tag}::text)])
    and ${changes.length === 0 ? q`true` : q`${changeOf(q)} = any (${changes}::text[])`}
    and ${exported.length === 0 ? q`true` : q`case when ${isBeforeExport(q, now)} then 'unchanged' else ${changeOf(q)} end = any (${exported}::text[])`}
    and ${inView(q, filter.view ?? 'all', now)}`;
}

function inView(q: Queries, view: (typeof rateViews)[number], now: number): Fragment {
  if (view === 'all') return q`true`;
  const at = new Date(now);
  const hasLater = (bound: Fragment): Fragment => q`exists (
    select 1 from table_rates later
    where later.rate_table_id = t.rate_table_id and later.code = t.code and later.time_profile = t.time_profile
      and later.policy = t.policy and later.status = 'active' and later.effective_from > t.effective_from and ${bound})`;
  if (view === 'latest') return q`(t.status = 'active' and not ${hasLater(q`true`)})`;
  return q`(t.status = 'active' and t.effective_from <= ${at} and (t.ends_at is null or t.ends_at > ${at})
    and not ${hasLater(q`later.effective_from <= ${at}`)})`;
}
