import type { RowOutcome, RowProblem } from '../../domain/jobs/job-outcomes.js';
import { retriedOutcomes, previewedOutcomes } from '../../domain/jobs/job-outcomes.js';
import type { Queries, Transaction } from '../system/database.js';

/** One row of a job that waits to be carried out. */
export interface PendingRow {
  readonly position: number;
  /** null: the row has not created its client, or the client was removed completely */
  readonly clientId: string | null;
  /** what the preview saw of the client; null: the row does not ask */
  readonly seen: string | null;
  readonly attempt: number;
  readonly tries: number;
}

/** How a row ended. */
export type RowEnd =
  | {
      readonly outcome: 'done' | 'unchanged';
      readonly detail?: string;
      /** the client that the row created */
      readonly clientId?: string;
    }
  | { readonly outcome: 'refused' | 'conflict' | 'failed'; readonly problem: RowProblem; readonly detail: string };

/** Of a client that the preview has not seen: equal to none of now. */
const unseen = '-';

/**
 * Freezes the selection of a job: one row for each client, in this order.
 *
 * @param seen what a preview saw of the clients; null: there was none, and the rows do not ask
 */
export async function insertJobRows(
  tx: Transaction,
  jobId: string,
  clientIds: readonly string[],
  seen: ReadonlyMap<string, string> | null = null,
): Promise<void> {
  const values = clientIds.map((id) => seen && (seen.get(id) ?? unseen));
  await tx`
    insert into job_rows (job_id, position, client_id, seen)
    select ${jobId}, position, id, seen
    from unnest(${clientIds as string[]}::bigint[], ${values}::text[]) with ordinality as selected (id, seen, position)
    order by position`;
}

/** Rows without a client, which each of them is to create. */
export async function insertEmptyJobRows(tx: Transaction, jobId: string, count: number): Promise<void> {
  await tx`insert into job_rows (job_id, position) select ${jobId}, n from generate_series(1, ${count}::int) n`;
}

/** The next rows: those that were never tried before those that ended without an outcome. */
export async function readPendingRows(q: Queries, jobId: string, limit: number): Promise<PendingRow[]> {
  return q<PendingRow[]>`
    select position, client_id as "clientId", seen, attempt, tries from job_rows
    where job_id = ${jobId} and outcome = 'pending' order by tries, position limit ${limit}`;
}

/** Locks a row that is still pending in this attempt; false: another attempt of the batch, or a cancel, was first. */
export async function claimRow(tx: Transaction, jobId: string, row: PendingRow): Promise<boolean> {
  return (await claimRows(tx, jobId, [row])).length > 0;
}

/** Locks those of the rows that are still pending in their attempt, in their order. */
export async function claimRows(tx: Transaction, jobId: string, rows: readonly PendingRow[]): Promise<PendingRow[]> {
  const claimed = await tx<{ position: number }[]>`
    select w.position from job_rows w
    join unnest(${rows.map(({ position }) => position)}::int[], ${rows.map(({ attempt }) => attempt)}::int[])
      as wanted (position, attempt) on wanted.position = w.position and wanted.attempt = w.attempt
    where w.job_id = ${jobId} and w.position = any (${rows.map(({ position }) => position)}::int[])
      and w.outcome = 'pending'
    order by w.position for update of w`;
  const positions = new Set(claimed.map(({ position }) => position));
  return rows.filter(({ position }) => positions.has(position));
}

/** Records how a row ended. A row that was canceled while its request ran gets the outcome of the request. */
export function endRow(q: Queries, jobId: string, row: PendingRow, end: RowEnd): Promise<void> {
  return endRows(q, jobId, [{ row, end }]);
}

export async function endRows(
  q: Queries,
  jobId: string,
  ended: readonly { readonly row: PendingRow; readonly end: RowEnd }[],
): Promise<void> {
  const rows = ended.map(({ row: { position, attempt }, end }) => ({
    ...{ position, attempt, outcome: end.outcome },
    problem: 'problem' in end ? end.problem : null,
    detail: end.detail?.slice(0, 2000) ?? null,
    client_id: 'clientId' in end ? (end.clientId ?? null) : null,
  }));
  await q`
    update job_rows w
    set outcome = e.outcome, problem = e.problem, detail = e.detail, ended_at = now(),
      client_id = coalesce(e.client_id, w.client_id)
    from jsonb_to_recordset(${q.json(rows)})
      as e (position int, attempt int, outcome text, problem text, detail text, client_id bigint)
    where w.job_id = ${jobId} and w.position = any (${rows.map(({ position }) => position)}::int[])
      and w.position = e.position and w.attempt = e.attempt and w.outcome in ('pending', 'canceled')`;
}

/** Ends all pending rows in one way. Returns how many there were. */
export async function endPendingRows(
  tx: Queries,
  jobId: string,
  end: { readonly outcome: RowOutcome; readonly problem: RowProblem | null; readonly detail: string | null },
): Promise<number> {
  const { count } = await tx`
    update job_rows set outcome = ${end.outcome}, problem = ${end.problem}, detail = ${end.detail}, ended_at = now()
    where job_id = ${jobId} and outcome = 'pending'`;
  return count;
}

/**
 * The request of a row has no outcome. It is repeated later, behind the others.
 *
 * @param newAttempt the request is certain to have changed nothing: the next one gets another name
 */
export async function postponeRow(
  q: Queries,
  jobId: string,
  { position, attempt }: PendingRow,
  newAttempt: boolean,
): Promise<void> {
  await q`
    update job_rows set tries = tries + 1, attempt = attempt + ${newAttempt ? 1 : 0}
    where job_id = ${jobId} and position = ${position} and attempt = ${attempt} and outcome = 'pending'`;
}

/**
 * Makes the rows that were refused or failed pending again, and those with a conflict whose client was previewed again.
 * Without a preview, the client is taken as it is then: what refused it was perhaps corrected. Returns how many there were.
 *
 * @param seen what the preview of the retry saw of their clients; null: there was no preview
 */
export async function reopenRows(
  tx: Transaction,
  jobId: string,
  seen: ReadonlyMap<string, string> | null,
): Promise<number> {
  const ids = [...(seen?.keys() ?? [])];
  const values = [...(seen?.values() ?? [])];
  const { count } = await tx`
    update job_rows w
    set outcome = 'pending', problem = null, detail = null, ended_at = null, attempt = w.attempt + 1, tries = 0,
      seen = p.seen
    from job_rows r left join unnest(${ids}::bigint[], ${values}::text[]) as p (client_id, seen)
      on p.client_id = r.client_id
    where r.id = w.id and w.outcome = r.outcome and r.job_id = ${jobId} and (r.outcome = any (${[...retriedOutcomes]})
      or r.outcome = 'conflict' and p.client_id is not null)`;
  return count;
}

/** The clients of the rows that a retry would take up, in the order of the job. */
export async function readRetriedClients(q: Queries, jobId: string): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select client_id as id from job_rows
    where job_id = ${jobId} and client_id is not null and outcome = any (${[...previewedOutcomes]})
    order by position`;
  return rows.map(({ id }) => id);
}
