import type { AnyJobKind } from '../../domain/jobs/job-kinds.js';
import type { JobStatus } from '../../domain/jobs/job-outcomes.js';
import type { Queries, Transaction } from '../system/database.js';
import { visibleReseller } from '../system/tenancy.js';

export interface NewJob {
  readonly resellerId: string;
  readonly kind: AnyJobKind;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  /** the query of the list whose clients were selected; null: they were named by id */
  readonly query: string | null;
  /** `user:<id>`, `key:<id>` */
  readonly startedBy: string;
  readonly rows: number;
}

/** A job as its batches need it. */
export interface JobToRun {
  readonly id: string;
  readonly resellerId: string;
  readonly kind: AnyJobKind;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly status: JobStatus;
  readonly runsAs: string;
}

export async function insertJob(tx: Transaction, job: NewJob): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into jobs (reseller_id, kind, parameters, reason, query, started_by, runs_as, rows)
    values (${job.resellerId}, ${job.kind}, ${JSON.stringify(job.parameters)}::text::jsonb, ${job.reason}, ${job.query},
      ${job.startedBy}, ${job.startedBy}, ${job.rows})
    returning id`;
  if (!row) throw new Error('a job was not inserted');
  return row.id;
}

/** Null: there is none, or its retention has ended. */
export async function readJobToRun(q: Queries, id: string): Promise<JobToRun | null> {
  const [row] = await q<JobToRun[]>`select ${columns(q)} from jobs j where j.id = ${id}`;
  return row ?? null;
}

/** The job within the subtree of `withinId`, locked against others who would change it. */
export async function lockJob(tx: Transaction, withinId: string, id: string): Promise<JobToRun | null> {
  const [row] = await tx<JobToRun[]>`
    select ${columns(tx)} from jobs j where j.id = ${id} and ${visibleReseller(tx, tx`j.reseller_id`, withinId)}
    for update of j`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`j.id, j.reseller_id as "resellerId", j.kind, j.parameters, j.reason, j.status, j.runs_as as "runsAs"`;
}

/** Counts the rows by outcome. A running job without pending rows has finished. Returns how many are pending. */
export async function recordProgress(tx: Transaction, id: string): Promise<number> {
  await tx`select 1 from jobs where id = ${id} for update`;
  const [row] = await tx<{ pending: number }[]>`
    with counted as (
      select count(*) filter (where outcome = 'pending')::int as pending,
        count(*) filter (where outcome = 'done')::int as done,
        count(*) filter (where outcome = 'unchanged')::int as unchanged,
        count(*) filter (where outcome = 'refused')::int as refused,
        count(*) filter (where outcome = 'conflict')::int as conflict,
        count(*) filter (where outcome = 'failed')::int as failed,
        count(*) filter (where outcome = 'canceled')::int as canceled
      from job_rows where job_id = ${id})
    update jobs set done = c.done, unchanged = c.unchanged, refused = c.refused, conflict = c.conflict,
      failed = c.failed, canceled = c.canceled, proceeded_at = now(),
      status = case when status = 'running' and c.pending = 0 then 'finished' else status end,
      ended_at = case when status = 'running' and c.pending = 0 then now() else ended_at end
    from counted c where id = ${id} returning c.pending`;
  return row?.pending ?? 0;
}

/** Call it on a locked job that runs, after its pending rows were canceled. */
export async function endJobAsCanceled(tx: Transaction, id: string, canceledBy: string): Promise<void> {
  await tx`update jobs set status = 'canceled', ended_at = now(), canceled_by = ${canceledBy} where id = ${id}`;
}

/** Call it on a locked job that has ended, after rows were made pending. */
export async function reopenJob(tx: Transaction, id: string, runsAs: string): Promise<void> {
  await tx`
    update jobs set status = 'running', ended_at = null, canceled_by = null, runs_as = ${runsAs}, proceeded_at = now()
    where id = ${id}`;
}

/** A running job of this kind and client; null: there is none. */
export async function findRunningJob(q: Queries, kind: AnyJobKind, clientId: string): Promise<string | null> {
  const [row] = await q<{ id: string }[]>`
    select id from jobs where kind = ${kind} and status = 'running' and parameters ->> 'clientId' = ${clientId}`;
  return row?.id ?? null;
}

/** Running jobs without a batch for so long: Temporal was not reached when they were started, or their workflow was lost. */
export async function readStalledJobs(q: Queries, forMs: number, limit: number): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select id from jobs where status = 'running' and proceeded_at < now() - ${forMs} * interval '1 ms'
    order by proceeded_at limit ${limit}`;
  return rows.map(({ id }) => id);
}
