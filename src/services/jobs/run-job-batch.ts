import type { JobBatchResult } from '../../contract/jobs.js';
import type { MonitorActions } from '../../contract/monitor-actions.js';
import { allows } from '../../domain/access/scopes.js';
import { inParallel } from '../../domain/in-parallel.js';
import { jobKindSpec } from '../../domain/jobs/job-kinds.js';
import { formatMoney } from '../../domain/money.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { endPendingRows, readPendingRows } from '../../storage/jobs/job-rows.js';
import { readJobToRun, recordProgress, type JobToRun } from '../../storage/jobs/jobs.js';
import type { Scope } from '../../storage/system/scope.js';
import { readRightsNow, type ActorRights } from '../access/rights-now.js';
import { change, unrecorded, type Requester } from '../change.js';
import { runJobRow, runJobRows, type RowErrors } from './run-job-row.js';
import { runsTogether } from './row-services.js';

/** What the batches of jobs work with. */
export interface JobWorld extends RowErrors {
  /** sees every row: for the job itself */
  readonly service: Scope;
  /** what a user or key of a reseller may reach */
  readonly scopeOf: (rights: ActorRights) => Scope;
  readonly monitors: MonitorActions;
  /** ms since 1970 */
  readonly clock: () => number;
}

/** Rows that a batch reads; it begins no further one after `batchMs`. */
const batchRows = { single: 100, together: 1000 };
const batchMs = 1000;
/** Transactions of one job at a time. */
const atOnce = 2;
/** Rows of one transaction, of a kind whose rows may share one. */
const togetherRows = 50;
/** After a row that ended without an outcome, so that a monitor or a database in trouble is not pressed. */
const pauseMs = 2000;

/**
 * Carries out some rows of a job, with the rights that the person or key that started it has now. Any number of attempts at the same
 * batch carry out each row once.
 */
export async function runJobBatch(world: JobWorld, jobId: string): Promise<JobBatchResult> {
  const job = await world.service.read((q) => readJobToRun(q, jobId));
  if (!job) return { pending: 0, pauseMs: 0 };
  const rights = await rightsFor(world, job);
  if ('problem' in rights) {
    return { pending: await finishBatch(world, job, rights), pauseMs: 0 };
  }
  const postponed = await runRows(world, job, rights);
  return { pending: await finishBatch(world, job, null), pauseMs: postponed ? pauseMs : 0 };
}

interface LostRight {
  readonly problem: 'actor_disabled' | 'scope_missing';
  readonly detail: string;
}

async function rightsFor(world: JobWorld, { kind, runsAs, resellerId }: JobToRun): Promise<ActorRights | LostRight> {
  // Only the service itself starts jobs as the system.
  if (runsAs === systemActor.id) return systemRights(resellerId);
  const rights = await world.service.read((q) => readRightsNow(q, runsAs, world.clock()));
  if (typeof rights === 'string') return { problem: 'actor_disabled', detail: rights };
  const { scope } = jobKindSpec(kind);
  if (!allows(rights.scopes, scope)) {
    return { problem: 'scope_missing', detail: `the starter of the job no longer has the scope ${scope}` };
  }
  if (rights.resellerId !== resellerId) {
    return { problem: 'scope_missing', detail: 'the starter of the job now belongs to another company' };
  }
  return rights;
}

/** What the service needs for the invoices of runs that it started, and no credit. */
function systemRights(resellerId: string): ActorRights {
  const none = formatMoney(0n);
  return {
    ...{ resellerId, isOperator: true, scopes: new Set(['payments:write'] as const) },
    cap: { maxAmount: none, currency: null, maxPercent: none, maxDays: 0 },
    limitCap: { maxLimit: none, limitCurrency: null },
  };
}

/** @returns whether a row ended without an outcome */
async function runRows(world: JobWorld, job: JobToRun, rights: ActorRights): Promise<boolean> {
  const until = world.clock() + batchMs;
  const scope = world.scopeOf(rights);
  const actor = { id: job.runsAs, source: 'job', requestId: `job/${job.id}` } as const;
  const isTogether = runsTogether(job.kind);
  const limit = isTogether ? batchRows.together : batchRows.single;
  const rows = job.status === 'running' ? await world.service.read((q) => readPendingRows(q, job.id, limit)) : [];
  let postponed = false;
  await inParallel(groupsOf(rows, isTogether ? togetherRows : 1), atOnce, async (group) => {
    const now = world.clock();
    if (now >= until || postponed) return;
    const requester: Requester = { scope, actor, now, origin: 'fleet', limitCap: rights.limitCap };
    const work = { world, job, rights, requester };
    if (group.length > 1 && (await runJobRows({ ...work, rows: group }))) return;
    for (const row of group) {
      if (!postponed && !(await runJobRow({ ...work, row }))) postponed = true;
    }
  });
  return postponed;
}

function groupsOf<T>(items: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** @param lost why the pending rows are refused; null: they are not */
function finishBatch(world: JobWorld, job: JobToRun, lost: LostRight | null): Promise<number> {
  const requester: Requester = { scope: world.service, actor: systemActor, now: world.clock() };
  return change(requester, async (tx) => {
    if (lost) await endPendingRows(tx, job.id, { outcome: 'refused', ...lost });
    return unrecorded(await recordProgress(tx, job.id));
  });
}
