import type { Fragment } from 'postgres';
import type { ImportFault } from '../../../domain/clients/import/import-cells.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';

/** A row of a file that made no client, with the reasons. */
export interface RejectedRow {
  /** its place in the import, from 1 */
  readonly id: string;
  /** in the file, where the header is row 1 */
  readonly number: number;
  readonly cells: readonly string[];
  readonly faults: readonly ImportFault[];
}

export const rejectedSorts = ['id'] as const;

/** Rows that the dry run refused, and once the import was started, those that its job refused or did not come to. */
export function rejectedList(q: Queries, importId: string): ListQuery<RejectedRow, (typeof rejectedSorts)[number]> {
  return {
    columns: { id: { expression: q`w.position`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from ${tables(q)} where ${rejected(q, importId)} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${rejected(q, importId)}`,
  };
}

/** All of them, as they are sent. */
export async function* readRejectedRows(q: Queries, importId: string): AsyncGenerator<readonly RejectedRow[]> {
  yield* q<RejectedRow[]>`
    select ${columns(q)} from ${tables(q)} where ${rejected(q, importId)} order by w.position`.cursor(500);
}

function tables(q: Queries): Fragment {
  return q`import_rows w join imports i on i.id = w.import_id
    left join job_rows j on j.job_id = i.job_id and j.position = w.position`;
}

function rejected(q: Queries, importId: string): Fragment {
  return q`w.import_id = ${importId}
    and case when i.job_id is null then w.faults is not null else j.outcome in ('refused', 'failed', 'canceled') end`;
}

/** What the dry run found says more than the job's row, which repeats the first of it. */
function columns(q: Queries): Fragment {
  return q`w.position::text as id, w.row_number as number, w.cells,
    coalesce(w.faults, jsonb_build_array(jsonb_build_object('column', null, 'field', null,
      'code', coalesce(j.problem, j.outcome),
      'detail', coalesce(j.detail, 'the job was canceled before this row: import the row again')))) as faults`;
}
