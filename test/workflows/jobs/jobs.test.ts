import { jobWorkflowId } from '../../../src/contract/ids.js';
import { createApiKey } from '../../../src/services/access/create-api-key.js';
import { cancelJob } from '../../../src/services/jobs/cancel-job.js';
import { startJob } from '../../../src/services/jobs/start-job.js';
import type { Requester } from '../../../src/services/change.js';
import { operatorId } from '../../support/data/clients.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';
import { testRequester } from '../../support/data/requester.js';

/** The workflow of jobs on the time-skipping server: what goes away in its middle costs no row and doubles none. */
jest.setTimeout(120_000);

let harness: MonitorHarness;
let requester: Requester;
beforeAll(async () => {
  harness = await startMonitorHarness({ cachedWorkflows: 0 });
  const service = testRequester(harness.sql, operatorId);
  const { row } = await createApiKey(service, { resellerId: operatorId, name: 'jobs', scopes: ['*'] });
  requester = { ...service, actor: { id: `key:${row.id}`, source: 'api' } };
}, 60_000);
afterAll(() => harness?.stop());

interface Outcome {
  readonly status: string;
  readonly done: number;
  readonly canceled: number;
  readonly audits: number;
}

async function startTags(count: number): Promise<{ readonly id: string; readonly clientIds: readonly string[] }> {
  const clientIds: string[] = [];
  for (let n = 0; n < count; n++) clientIds.push(await harness.createClient());
  const request = {
    kind: 'add_tags',
    parameters: { tags: ['vip'] },
    reason: null,
    selection: { clientIds },
    seen: null,
  } as const;
  const id = await startJob(requester, request, () => undefined);
  return { id, clientIds };
}

function outcome(id: string, condition: (outcome: Outcome) => boolean): Promise<Outcome> {
  return harness.eventually(async () => {
    const [row] = await harness.sql<Outcome[]>`
      select status, done, canceled, (select count(*)::int from audit where request_id = ${`job/${id}`}) as audits
      from jobs where id = ${id}`;
    if (!row) throw new Error('there is no such job');
    return row;
  }, condition);
}

const hasEnded = ({ status }: Outcome): boolean => status !== 'running';
const result = (id: string): Promise<unknown> =>
  harness.env.client.workflow.getHandle(jobWorkflowId(id)).result() as Promise<unknown>;

test.each(['before', 'after'] as const)('a worker that dies %s a batch changes each client once', async (moment) => {
  const { id } = await startTags(3);
  const gate = harness.gates.arm('runJobBatch', moment);
  await harness.deps.actions.wakeJob(id);
  await gate.reached;
  const stopping = harness.stopWorkers();
  gate.break();
  await stopping;
  await harness.startWorkers();
  await result(id);
  expect(await outcome(id, hasEnded)).toMatchObject({ status: 'finished', done: 3, audits: 3 });
});

test('a job that is woken twice runs once', async () => {
  const { id } = await startTags(2);
  await Promise.all([harness.deps.actions.wakeJob(id), harness.deps.actions.wakeJob(id)]);
  await result(id);
  await harness.deps.actions.wakeJob(id);
  await result(id);
  expect(await outcome(id, hasEnded)).toMatchObject({ status: 'finished', done: 2, audits: 2 });
});

test('a job that is canceled while a batch waits changes nobody', async () => {
  const { id } = await startTags(3);
  const gate = harness.gates.arm('runJobBatch', 'before');
  await harness.deps.actions.wakeJob(id);
  await gate.reached;
  await cancelJob(requester, id);
  gate.open();
  await result(id);
  expect(await outcome(id, hasEnded)).toMatchObject({ status: 'canceled', done: 0, canceled: 3, audits: 0 });
});

test('a database that is away for a while delays the job', async () => {
  const { id } = await startTags(2);
  // As a database that cannot serve: every statement of the batch fails.
  const gate = harness.gates.arm('runJobBatch', 'before');
  await harness.deps.actions.wakeJob(id);
  await gate.reached;
  await harness.sql`alter table job_rows rename to job_rows_away`;
  gate.open();
  await harness.eventually(
    async () => (await harness.env.client.workflow.getHandle(jobWorkflowId(id)).describe()).raw.pendingActivities?.[0],
    (pending) => (pending?.attempt ?? 0) > 1,
  );
  await harness.sql`alter table job_rows_away rename to job_rows`;
  await result(id);
  expect(await outcome(id, hasEnded)).toMatchObject({ status: 'finished', done: 2, audits: 2 });
});

test('a check of many clients asks each monitor once', async () => {
  const clientIds = [await harness.createClient(), await harness.createClient()];
  const request = { kind: 'check_now', parameters: {}, reason: 'audit', selection: { clientIds }, seen: null } as const;
  const id = await startJob(requester, request, () => undefined);
  await harness.deps.actions.wakeJob(id);
  await result(id);
  expect(await outcome(id, hasEnded)).toMatchObject({ status: 'finished', done: 2, audits: 2 });
});
