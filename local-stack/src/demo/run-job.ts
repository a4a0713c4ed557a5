import { roles } from '../../../src/domain/access/roles.js';
import { change, unrecorded } from '../../../src/services/change.js';
import { runJobRow } from '../../../src/services/jobs/run-job-row.js';
import { readPendingRows } from '../../../src/storage/jobs/job-rows.js';
import { readJobToRun, recordProgress } from '../../../src/storage/jobs/jobs.js';
import { backdateJob } from '../../../src/storage/system/demo-history.js';
import { noCap } from '../../../src/storage/credit/credit-cap.js';
import { noLimitCap } from '../../../src/storage/credit/limit-cap.js';
import type { World } from './past/world.js';

/** Carries out a job of the past, whose rows need no monitor, as its workflow would have at that instant. */
export async function runJob(world: World, id: string, at: number): Promise<void> {
  const { tx } = world;
  const job = await readJobToRun(tx, id);
  if (!job) throw new Error(`there is no job ${id}`);
  const requester = world.requester(at);
  const rights = {
    ...{ resellerId: job.resellerId, isOperator: true, scopes: new Set(roles.admin.scopes) },
    ...{ cap: noCap, limitCap: noLimitCap },
  };
  const actor = { id: job.runsAs, source: 'job', requestId: `job/${job.id}` } as const;
  const by = { ...requester, actor, origin: 'fleet' } as const;
  // One after another: all of them are in one transaction.
  for (const row of await readPendingRows(tx, job.id, 100)) {
    await runJobRow({ world: { monitors, onDefect }, job, rights, requester: by, row });
  }
  await change(requester, async (inner) => unrecorded(await recordProgress(inner, job.id)));
  await backdateJob(tx, job.id, new Date(at));
}

const onDefect = (error: unknown): never => {
  throw error;
};
const monitors = new Proxy({} as Parameters<typeof runJobRow>[0]['world']['monitors'], {
  get: () => {
    throw new Error('a job of the demo data asked a monitor');
  },
});
