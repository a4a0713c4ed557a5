import type { CompanyRunReport } from '../../../src/contract/companies.js';
import { monitorQueue, thresholdsWorkflowType } from '../../../src/contract/ids.js';
import { companyMails, insertCompany, readMailTime, setTheirBalance } from '../../support/data/companies.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** The balance threshold controller on the time-skipping server, each run as its Schedule starts it. */
jest.setTimeout(120_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness({ cachedWorkflows: 0 });
}, 60_000);
afterAll(() => harness?.stop());

let runs = 0;

function start() {
  const workflowId = `thresholds-${++runs}`;
  return harness.env.client.workflow.start(thresholdsWorkflowType, { workflowId, taskQueue: monitorQueue, args: [] });
}

async function run(): Promise<CompanyRunReport> {
  return (await start()).result() as Promise<CompanyRunReport>;
}

test('one mail per episode: cleared when fine, emailed again when it is low the next time', async () => {
  const { sql } = harness;
  const id = await insertCompany(sql, { their: '50', thresholds: { their: '100' } });
  expect(await run()).toMatchObject({ checked: 1, low: 1, decided: 1, emailed: 1, waiting: 0 });
  expect(await readMailTime(sql, id)).toBeInstanceOf(Date);
  await harness.pass('5m');
  expect(await run()).toMatchObject({ latched: 1, decided: 0, emailed: 0 });
  await setTheirBalance(sql, id, '150');
  expect(await run()).toMatchObject({ low: 0, cleared: 1 });
  expect(await readMailTime(sql, id)).toBeNull();
  await harness.pass('1h');
  await setTheirBalance(sql, id, '20');
  expect(await run()).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(sql, id)).toEqual(['their 1 accepted', 'their 2 accepted']);
  await setTheirBalance(sql, id, '500');
  await run();
});

test('a worker that dies between decision and mail: another one sends it, once', async () => {
  const { sql, mail } = harness;
  const id = await insertCompany(sql, { name: 'Carrier Two', thresholds: { their: '100' } });
  const before = mail.taken.length;
  const gate = harness.gates.arm('sendCompanyMail', 'before');
  const handle = await start();
  await gate.reached;
  expect(await companyMails(sql, id)).toEqual(['their 1 pending']);
  gate.break();
  expect(await handle.result()).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(sql, id)).toEqual(['their 1 accepted']);
  expect(mail.taken.length - before).toBe(1);
});

test('a server that refuses for now is asked in further rounds, then by the next run', async () => {
  const { sql, mail } = harness;
  const id = await insertCompany(sql, { name: 'Carrier Three', thresholds: { their: '100' } });
  mail.mode = 'refuse';
  expect(await run()).toMatchObject({ decided: 1, emailed: 0, waiting: 1 });
  mail.mode = 'accept';
  expect(await run()).toMatchObject({ decided: 0, emailed: 1, waiting: 0 });
  expect(await companyMails(sql, id)).toEqual(['their 1 accepted']);
});
