import { creditRequestWorkflowId } from '../../../src/contract/ids.js';
import type { Requester } from '../../../src/services/change.js';
import { approveCreditRequest } from '../../../src/services/credit/requests/approve-credit-request.js';
import { createCreditRequest } from '../../../src/services/credit/requests/create-credit-request.js';
import { endCreditRequest } from '../../../src/services/credit/requests/end-credit-request.js';
import { wakeStalledCreditRequests } from '../../../src/activities/credit/credit-requests.js';
import { requesterAt } from '../../support/data/requester.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** The workflow of credit requests on the time-skipping server: the row is the truth, a signal a hint. */
jest.setTimeout(120_000);

let harness: MonitorHarness;
beforeAll(async () => {
  // Without a cache: the test server keeps asking a stopped worker for the workflows that it cached.
  harness = await startMonitorHarness({ cachedWorkflows: 0 });
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

const nothing = { cap: { maxAmount: '0' } };
let asked = 0;

async function by(userId: string): Promise<Requester> {
  return { ...requesterAt(harness.sql, await harness.now()), actor: { id: `user:${userId}`, source: 'web' } };
}

async function request(clientId: string): Promise<string> {
  const untilMs = (await harness.now()) + 10 * 86_400_000;
  const wish = {
    kind: 'temporary',
    requestId: `r-${++asked}`,
    amount: '80',
    fromMs: null,
    untilMs,
    reason: 'holiday',
  } as const;
  const { row } = await createCreditRequest(await by('7'), clientId, wish, { ...nothing, userId: '7' });
  return row.id;
}

async function approve(id: string): Promise<void> {
  await approveCreditRequest(await by('8'), id, { reason: null }, { cap: {}, userId: '8' }, () => undefined);
}

interface Standing {
  readonly status: string;
  readonly grants: number;
  readonly failure: string | null;
  readonly grantedBy: string | null;
}

async function standing(id: string): Promise<Standing> {
  const [row] = await harness.sql<Standing[]>`
    select r.status, r.failure, t.granted_by as "grantedBy",
      (select count(*)::int from temporary_credits c where c.client_id = r.client_id) as grants
    from credit_requests r left join temporary_credits t on t.id = r.grant_id where r.id = ${id}`;
  if (!row) throw new Error('there is no such request');
  return row;
}

const wake = (id: string): Promise<void> => harness.deps.actions.wakeCreditRequest(id);
const result = (id: string): Promise<unknown> =>
  harness.env.client.workflow.getHandle(creditRequestWorkflowId(id)).result() as Promise<unknown>;

test('an approved request is granted once through the monitor, by who approved it', async () => {
  const clientId = await harness.watched({ balance: '60', creditLimit: '100', balanceModel: 'postpaid' });
  const id = await request(clientId);
  await wake(id);
  await approve(id);
  await Promise.all([wake(id), wake(id)]);
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'granted', grants: 1, grantedBy: 'user:8' });
  await wake(id);
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'granted', grants: 1 });
});

test('a request that nobody decides expires by the timer', async () => {
  const id = await request(await harness.createClient({ creditLimit: '100', balanceModel: 'postpaid' }));
  await wake(id);
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'expired', grants: 0 });
  await expect(approve(id)).rejects.toMatchObject({ code: 'credit_request_closed' });
});

test('a worker that dies after it granted grants nothing twice', async () => {
  const clientId = await harness.watched({ balance: '60', creditLimit: '100', balanceModel: 'postpaid' });
  const id = await request(clientId);
  await approve(id);
  const gate = harness.gates.arm('advanceCreditRequest', 'after');
  await wake(id);
  await gate.reached;
  const stopping = harness.stopWorkers();
  gate.break();
  await stopping;
  await harness.startWorkers();
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'granted', grants: 1 });
});

test('a decision whose signal was lost is found again', async () => {
  const clientId = await harness.watched({ balance: '60', creditLimit: '100', balanceModel: 'postpaid' });
  const id = await request(clientId);
  await approve(id);
  await harness.sql`update credit_requests set decided_at = now() - interval '5 minutes' where id = ${id}`;
  await wakeStalledCreditRequests(harness.deps);
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'granted', grants: 1 });
});

test('a withdrawn request ends its workflow without credit', async () => {
  const id = await request(await harness.createClient({ creditLimit: '100', balanceModel: 'postpaid' }));
  const gate = harness.gates.arm('advanceCreditRequest', 'before');
  await wake(id);
  await gate.reached;
  const ending = { status: 'withdrawn', reason: null, userId: '7' } as const;
  await endCreditRequest(await by('7'), id, ending, () => undefined);
  gate.open();
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'withdrawn', grants: 0 });
});

test('a client that was deleted after the approval gets nothing, and the request says why', async () => {
  const clientId = await harness.watched({ balance: '60', creditLimit: '100', balanceModel: 'postpaid' });
  const id = await request(clientId);
  await approve(id);
  await harness.sql`update clients set status = 'deleted' where id = ${clientId}`;
  await wake(id);
  await result(id);
  expect(await standing(id)).toMatchObject({ status: 'refused', failure: 'client_deleted', grants: 0 });
});

test('a permanent limit is set once it is approved', async () => {
  const clientId = await harness.createClient({ creditLimit: '100', balanceModel: 'postpaid' });
  const requester = { ...(await by('7')), limitCap: { maxLimit: '200', limitCurrency: 'USD' } };
  const wish = { kind: 'permanent', requestId: 'limit', creditLimit: '500', reason: 'contract' } as const;
  const { row } = await createCreditRequest(requester, clientId, wish, { cap: {}, userId: '7' });
  await approve(row.id);
  await wake(row.id);
  await result(row.id);
  expect(await standing(row.id)).toMatchObject({ status: 'granted', grants: 0 });
  const [client] = await harness.sql<{ limit: number }[]>`
    select credit_limit::float8 as limit from clients where id = ${clientId}`;
  expect(client?.limit).toBe(500);
});
