import type { JobKind, JobParameters } from '../../domain/jobs/job-kinds.js';
import type { RowOutcome, RowProblem } from '../../domain/jobs/job-outcomes.js';
import type { Queries } from '../system/database.js';
import { conditionsOf } from './job-conditions.js';

/** What a job would do to its clients as they are now, as far as their rows show. */
export interface JobOutlook {
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** why, most clients first */
  readonly refusals: readonly { readonly code: RowProblem; readonly clients: number }[];
}

/** One of the clients as an example. */
export interface OutlookRow {
  readonly clientId: string;
  readonly clientName: string;
  readonly currency: string;
  readonly outcome: Extract<RowOutcome, 'done' | 'unchanged' | 'refused'>;
  readonly problem: RowProblem | null;
  readonly before: unknown;
  /** absent where it is computed from `before` */
  readonly after?: unknown;
}

interface Asked<K extends JobKind> {
  readonly kind: K;
  readonly parameters: JobParameters<K>;
  readonly clientIds: readonly string[];
}

export async function readJobOutlook<K extends JobKind>(q: Queries, asked: Asked<K>): Promise<JobOutlook> {
  const rows = await q<{ outcome: OutlookRow['outcome']; problem: RowProblem | null; clients: number }[]>`
    with outlook as (${outlook(q, asked)})
    select outcome, problem, count(*)::int as clients from outlook group by outcome, problem order by clients desc, problem`;
  const count = (outcome: OutlookRow['outcome']): number =>
    rows.reduce((all, row) => (row.outcome === outcome ? all + row.clients : all), 0);
  return {
    changed: count('done'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    refusals: rows.flatMap(({ problem, clients }) => (problem === null ? [] : [{ code: problem, clients }])),
  };
}

/** The first clients of each outcome, those that change first, with their values before and after. */
export async function readOutlookSample<K extends JobKind>(
  q: Queries,
  asked: Asked<K>,
  perOutcome: number,
): Promise<OutlookRow[]> {
  const { before, after } = conditionsOf(q, asked.kind, asked.parameters);
  return q<OutlookRow[]>`
    with outlook as (${outlook(q, asked)}),
    numbered as (
      select *, row_number() over (partition by outcome order by client_id) as n from outlook)
    select o.client_id as "clientId", c.name as "clientName", c.currency, o.outcome, o.problem, ${before ?? q`null`} as before
      ${after ? q`, ${after} as after` : q``}
    from numbered o join clients c on c.id = o.client_id
    where o.n <= ${perOutcome}
    order by array_position(array['done', 'refused', 'unchanged'], o.outcome), o.client_id`;
}

function outlook<K extends JobKind>(q: Queries, { kind, parameters, clientIds }: Asked<K>): ReturnType<Queries> {
  const { problem, unchanged } = conditionsOf(q, kind, parameters);
  return q`
    select client_id, problem,
      case when problem is not null then 'refused' when unchanged then 'unchanged' else 'done' end as outcome
    from (
      select c.id as client_id, ${unchanged} as unchanged,
        case when c.status = 'deleted' then 'client_deleted' else ${problem} end as problem
      from clients c join monitors m on m.client_id = c.id
      where c.id = any (${[...clientIds]}::bigint[])
    ) judged`;
}
