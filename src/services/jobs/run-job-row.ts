import type { MonitorActions } from '../../contract/monitor-actions.js';
import { DomainError } from '../../domain/errors.js';
import type { AnyJobKind, JobKind } from '../../domain/jobs/job-kinds.js';
import {
  claimRow,
  claimRows,
  endRow,
  endRows,
  postponeRow,
  type PendingRow,
  type RowEnd,
} from '../../storage/jobs/job-rows.js';
import type { JobToRun } from '../../storage/jobs/jobs.js';
import { isDatabaseError } from '../../storage/system/database-errors.js';
import { lockSeen } from '../../storage/jobs/seen-clients.js';
import { sqlStateOf, type Transaction } from '../../storage/system/database.js';
import { scopeWithin } from '../../storage/system/scope.js';
import type { ActorRights } from '../access/rights-now.js';
import { change, unrecorded, type Requester } from '../change.js';
import { RowRefusal, type RowRequest, type RowResult, type RowService } from './row-service.js';
import { rowServiceOf } from './row-services.js';

/** What is shown for a row that failed without a reason. */
export interface RowErrors {
  readonly onDefect: (error: unknown, row: { readonly jobId: string; readonly clientId: string | null }) => void;
}

interface RowWork {
  readonly world: RowErrors & { readonly monitors: MonitorActions };
  readonly job: JobToRun;
  readonly rights: ActorRights;
  readonly requester: Requester;
  readonly row: PendingRow;
}

/** A row without an outcome after so many tries has failed. */
const maxTries = 3;

/**
 * Carries out one row and records its outcome.
 *
 * @returns false where it ended without one and is repeated later
 */
export async function runJobRow(work: RowWork): Promise<boolean> {
  const service: RowService<AnyJobKind> = rowServiceOf(work.job.kind);
  try {
    if ('inTransaction' in service) await runInTransaction(work, service.inTransaction);
    else await runThroughMonitor(work, service.throughMonitor);
    return true;
  } catch (error) {
    return postponeOrFail(work, error);
  }
}

/**
 * Carries out several rows in one transaction, where their kind can.
 *
 * @returns false where it can't, or one of them is refused or fails: none has an outcome, and each has to run on its own
 */
export async function runJobRows({
  rows,
  ...work
}: Omit<RowWork, 'row'> & { readonly rows: readonly PendingRow[] }): Promise<boolean> {
  const { world, job, requester } = work;
  const service: RowService<AnyJobKind> = rowServiceOf(job.kind);
  const runMany = 'inTransaction' in service ? service.manyInTransaction : undefined;
  if (!runMany || rows.some(({ seen }) => seen !== null)) return false;
  try {
    await change(requester, async (tx) => {
      const claimed = await claimRows(tx, job.id, rows);
      const within = { ...requester, scope: scopeWithin(requester.scope, tx) };
      const results = await runMany(
        tx,
        claimed.map((row) => requestOf({ ...work, row }, within)),
      );
      const ended = claimed.map((row, index) => ({ row, end: endWith(results[index]) }));
      await endRows(tx, job.id, ended);
      return unrecorded(undefined);
    });
    return true;
  } catch (error) {
    // On its own, the row says why; a defect of the batch would not show there.
    const isExpected = error instanceof DomainError || isDatabaseError(error);
    if (!isExpected) world.onDefect(error, { jobId: job.id, clientId: null });
    return false;
  }
}

/** The change, its audit row, and the outcome: all of them or none. */
function runInTransaction(work: RowWork, run: RunInTransaction): Promise<void> {
  const { job, requester, row } = work;
  return change(requester, async (tx) => {
    if (!(await claimRow(tx, job.id, row))) return unrecorded(undefined);
    const inner = { ...requester, scope: scopeWithin(requester.scope, tx) };
    const conflict = await conflictOf(tx, work);
    // Its own savepoint, which is undone where the change is refused.
    const end =
      conflict ??
      (await endOf(() =>
        change(inner, async (saved) => {
          const within = { ...requester, scope: scopeWithin(requester.scope, saved) };
          return unrecorded(await run(saved, requestOf(work, within)));
        }),
      ));
    await endRow(tx, job.id, row, end);
    return unrecorded(undefined);
  });
}

/** How a row ends whose client is another one than in the preview; null: it is the same, or gone, which refuses the row. */
async function conflictOf(tx: Transaction, { job, row }: RowWork): Promise<RowEnd | null> {
  const { clientId, seen } = row;
  if (clientId === null || seen === null) return null;
  // Only kinds that `POST /v1/jobs` starts have a preview.
  const now = await lockSeen(tx, job.kind as JobKind, clientId);
  if (now === null || now === seen) return null;
  const detail = 'the client was changed after the preview: check it again, then retry the row';
  return { outcome: 'conflict', problem: 'changed_since_preview', detail };
}

type RunInTransaction = Extract<RowService<AnyJobKind>, { inTransaction: unknown }>['inTransaction'];
type RunThroughMonitor = Extract<RowService<AnyJobKind>, { throughMonitor: unknown }>['throughMonitor'];

async function runThroughMonitor(work: RowWork, run: RunThroughMonitor): Promise<void> {
  const { job, requester, row } = work;
  const end = await endOf(() => run(requestOf(work, requester)));
  await change(requester, async (tx) => {
    await endRow(tx, job.id, row, end);
    return unrecorded(undefined);
  });
}

function endWith(result: RowResult | undefined): RowEnd {
  if (result === undefined) throw new Error('a row has no result');
  return typeof result === 'string' ? { outcome: result } : result;
}

/** @throws what is no refusal */
async function endOf(run: () => Promise<RowResult>): Promise<RowEnd> {
  try {
    return endWith(await run());
  } catch (error) {
    if (error instanceof RowRefusal) return { outcome: 'refused', problem: error.problem, detail: error.message };
    if (!(error instanceof DomainError) || error.code === 'monitor_unavailable') throw error;
    return { outcome: 'refused', problem: error.code, detail: error.message };
  }
}

/** The parameters are those that were checked for this kind when the job was started. */
function requestOf({ world, job, rights, row }: RowWork, requester: Requester): RowRequest<AnyJobKind> {
  const changeId = `job/${job.id}/${row.clientId ?? `row-${row.position}`}`;
  return {
    requester,
    rights,
    clientId: row.clientId,
    position: row.position,
    parameters: job.parameters,
    reason: job.reason,
    changeId,
    updateId: `${changeId}/${row.attempt}`,
    isRepeated: row.tries > 0,
    monitors: world.monitors,
  } as RowRequest<AnyJobKind>;
}

async function postponeOrFail({ world, job, requester, row }: RowWork, error: unknown): Promise<boolean> {
  const isMonitorAway = error instanceof DomainError;
  // What the database refused has been undone, and is refused again; without an answer it is unknown what was done.
  const isUndone = sqlStateOf(error) !== null || 'inTransaction' in rowServiceOf(job.kind);
  const isDefect = !isMonitorAway && !isDatabaseError(error) && isUndone;
  const hasFailed = isDefect || row.tries + 1 >= maxTries;
  if (isDefect) world.onDefect(error, { jobId: job.id, clientId: row.clientId });
  await change(requester, async (tx) => {
    // Refused by the monitor, the request has changed nothing: under its old name it would be refused again.
    if (hasFailed) await endRow(tx, job.id, row, failureOf(isMonitorAway, isDefect));
    else await postponeRow(tx, job.id, row, isMonitorAway);
    return unrecorded(undefined);
  });
  return hasFailed;
}

function failureOf(isMonitorAway: boolean, isDefect: boolean): RowEnd {
  if (isDefect) return { outcome: 'failed', problem: 'internal', detail: 'this row met an error, which was logged' };
  if (isMonitorAway) {
    return { outcome: 'failed', problem: 'monitor_unavailable', detail: 'the monitor did not respond: retry the row' };
  }
  const detail = `no answer after ${maxTries} tries: the change may have been made. Check the client, then retry`;
  return { outcome: 'failed', problem: 'outcome_pending', detail };
}
