import type { Fragment } from 'postgres';
import type { AnyJobKind } from '../../domain/jobs/job-kinds.js';
import type { JobStatus, RowOutcome, RowProblem } from '../../domain/jobs/job-outcomes.js';
import { actorName } from '../access/actor-name.js';
import { containing } from '../clients/text-match.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClient, visibleReseller } from '../system/tenancy.js';

/** A job as a caller sees it. */
export interface JobRow {
  readonly id: string;
  readonly kind: AnyJobKind;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly query: string | null;
  readonly status: JobStatus;
  readonly resellerId: string;
  readonly startedBy: string;
  readonly startedByName: string | null;
  readonly runsAs: string;
  readonly runsAsName: string | null;
  readonly canceledBy: string | null;
  readonly canceledByName: string | null;
  readonly rows: number;
  readonly done: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly conflict: number;
  readonly failed: number;
  readonly canceled: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface JobFilter {
  readonly status: readonly JobStatus[] | null;
  readonly kind: readonly AnyJobKind[] | null;
  /** `user:<id>`, `key:<id>` */
  readonly startedBy: string | null;
  readonly from: Date | null;
  /** not included */
  readonly to: Date | null;
}

export const jobSorts = ['id', 'createdAt', 'rows'] as const;
type JobSort = (typeof jobSorts)[number];

export function jobList(q: Queries, withinId: string, filter: JobFilter): ListQuery<JobRow, JobSort> {
  const parts: Fragment[] = [visibleReseller(q, q`j.reseller_id`, withinId)];
  if (filter.status !== null) parts.push(q`j.status = any (${[...filter.status]})`);
  if (filter.kind !== null) parts.push(q`j.kind = any (${[...filter.kind]})`);
  if (filter.startedBy !== null) parts.push(q`j.started_by = ${filter.startedBy}`);
  if (filter.from !== null) parts.push(q`j.created_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`j.created_at < ${filter.to}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`j.id`, type: 'bigint' },
      createdAt: { expression: q`j.created_at`, type: 'timestamptz' },
      rows: { expression: q`j.rows`, type: 'bigint' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${jobColumns(q, withinId)}, ${position} as position from jobs j
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from jobs j where ${wanted}`,
  };
}

/** Null when there is none that the caller may see. */
export async function findJob(q: Queries, withinId: string, id: string): Promise<JobRow | null> {
  const [row] = await q<JobRow[]>`
    select ${jobColumns(q, withinId)} from jobs j
    where j.id = ${id} and ${visibleReseller(q, q`j.reseller_id`, withinId)}`;
  return row ?? null;
}

function jobColumns(q: Queries, withinId: string): Fragment {
  return q`
    j.id, j.kind, j.parameters, j.reason, j.query, j.status, j.reseller_id as "resellerId",
    j.started_by as "startedBy", ${actorName(q, q`j.started_by`, withinId)} as "startedByName",
    j.runs_as as "runsAs", ${actorName(q, q`j.runs_as`, withinId)} as "runsAsName",
    j.canceled_by as "canceledBy", ${actorName(q, q`j.canceled_by`, withinId)} as "canceledByName",
    j.rows, j.done, j.unchanged, j.refused, j.conflict, j.failed, j.canceled, j.created_at as "createdAt", j.ended_at as "endedAt"`;
}

/** A row of a job with its client. */
export interface JobResultRow {
  readonly id: string;
  readonly jobId: string;
  readonly kind: AnyJobKind;
  /** from 1, in the order of the job */
  readonly number: number;
  /** null: the client was removed completely */
  readonly clientId: string | null;
  /** null: the client is outside of the caller's companies now, or was removed */
  readonly clientName: string | null;
  readonly outcome: RowOutcome;
  readonly problem: RowProblem | null;
  readonly detail: string | null;
  readonly endedAt: Date | null;
}

interface JobResultFilter {
  readonly jobId: string | null;
  readonly clientId: string | null;
  readonly outcome: readonly RowOutcome[] | null;
  /** within the client's name or id, without case */
  readonly q: string | null;
}

export const jobResultSorts = ['id', 'clientName', 'endedAt'] as const;

/** The rows of the jobs that the caller sees, in the order of each job. */
export function jobResultList(
  q: Queries,
  withinId: string,
  filter: JobResultFilter,
): ListQuery<JobResultRow, (typeof jobResultSorts)[number]> {
  const tables = q`job_rows w join jobs j on j.id = w.job_id
    left join clients c on c.id = w.client_id and ${visibleClient(q, withinId)}`;
  const parts: Fragment[] = [visibleReseller(q, q`j.reseller_id`, withinId)];
  if (filter.jobId !== null) parts.push(q`w.job_id = ${filter.jobId}`);
  if (filter.clientId !== null) parts.push(q`w.client_id = ${filter.clientId}`);
  if (filter.outcome !== null) parts.push(q`w.outcome = any (${[...filter.outcome]})`);
  if (filter.q !== null) parts.push(q`lower(concat_ws(' ', c.name, w.client_id)) like ${containing(filter.q)}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`w.id`, type: 'bigint' },
      clientName: { expression: q`coalesce(lower(c.name), '')`, type: 'text' },
      endedAt: { expression: q`coalesce(w.ended_at, 'infinity')`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select w.id, w.job_id as "jobId", j.kind, w.position as number, w.client_id as "clientId", c.name as "clientName", w.outcome, w.problem, w.detail,
        w.ended_at as "endedAt", ${position} as position
      from ${tables} where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables} where ${wanted}`,
  };
}
