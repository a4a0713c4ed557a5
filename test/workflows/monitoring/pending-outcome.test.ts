import { OutcomePending, type TemporalGateway } from '../../../src/temporal/gateway.js';
import { createGateway } from '../../../src/temporal/client-gateway.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** The gateway and the real monitor: a caller that stops waiting repeats its request, and nothing is done twice. */

let harness: MonitorHarness;
let gateway: TemporalGateway;
let impatient: TemporalGateway;

beforeAll(async () => {
  harness = await startMonitorHarness({ server: 'local', monitor: { continueAfterEvents: 30 } });
  const options = { client: harness.env.client, sql: harness.sql, namespace: 'default', uiUrl: null };
  gateway = createGateway(options);
  impatient = createGateway({ ...options, answerWithinMs: 300 });
}, 60_000);
afterAll(() => harness.stop());
afterEach(() => harness.endMonitors());

const why = { actor: tester, reason: 'the client called' };

async function recorded(clientId: string, updateId: string): Promise<number> {
  const rows = await harness.sql`select 1 from audit where client_id = ${clientId} and update_id = ${updateId}`;
  return rows.length;
}

/** Makes the monitor continue in a new run, which does not know what the previous one answered. */
async function continueAsNew(clientId: string): Promise<void> {
  const { run } = await gateway.explain(clientId);
  await harness.eventually(
    async () => {
      await gateway.checkNow(clientId, why, `check-${Math.random()}`);
      // A task that answered a request never ends the run.
      await harness.sendSignal(clientId);
      return gateway.explain(clientId);
    },
    (explanation) => explanation.run.runs > run.runs,
  );
}

describe.each(['checkNow', 'resetRule', 'silence', 'pause', 'resume'] as const)('%s', (method) => {
  const ask = (through: TemporalGateway, clientId: string, updateId: string): Promise<unknown> =>
    method === 'silence'
      ? through.silence(clientId, { ...why, until: null }, updateId)
      : method === 'resetRule'
        ? through.resetRule(clientId, { ...why, rule: 'client' }, updateId)
        : through[method](clientId, why, updateId);

  test('whose caller has stopped waiting is repeated with its id, and is done once', async () => {
    const clientId = await harness.watched();
    await harness.stopWorkers();
    await expect(ask(impatient, clientId, 'pending-1')).rejects.toBeInstanceOf(OutcomePending);
    await harness.startWorkers();
    await ask(gateway, clientId, 'pending-1');
    await ask(gateway, clientId, 'pending-1');
    expect(await recorded(clientId, 'pending-1')).toBe(1);
  }, 60_000);

  test('is known to later runs of the monitor too', async () => {
    const clientId = await harness.watched();
    await ask(gateway, clientId, 'earlier-run');
    await continueAsNew(clientId);
    await ask(gateway, clientId, 'earlier-run');
    expect(await recorded(clientId, 'earlier-run')).toBe(1);
  }, 60_000);
});

test('a temporary credit is granted once for its request, whatever run and update asks', async () => {
  const clientId = await harness.watched({ balanceModel: 'postpaid', creditLimit: '100' });
  const asked = {
    ...why,
    requestId: 'grant-1',
    amount: '20.00',
    validUntil: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const first = await gateway.grantCredit(clientId, asked, 'grant-update');
  await continueAsNew(clientId);
  const again = await gateway.grantCredit(clientId, asked, 'grant-update');
  expect(again.id).toBe(first.id);
}, 60_000);
