import { startMonitorHarness, type MonitorHarness } from '../support/monitor-harness.js';

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterAll(() => harness?.stop());

const hours = (n: number): number => n * 3_600_000;

test('warns at the first check, at most Max Qty times and Period apart', async () => {
  const clientId = await harness.createClient({ balance: '40' });
  await harness.startMonitor(clientId);
  await harness.until(clientId, ({ lastCheckAt, run }) => lastCheckAt !== null && run.deliveries === 0);
  await harness.pass('5 days');
  const sent = await harness.notifications(clientId);
  expect(sent.map(({ rule, number, status }) => `${rule} ${number} ${status}`)).toEqual([
    'user 1 accepted',
    'client 1 accepted',
    'user 2 accepted',
    'client 2 accepted',
  ]);
  const [first, , second] = sent;
  expect((second?.checkAt.getTime() ?? 0) - (first?.checkAt.getTime() ?? 0)).toBe(hours(24));
});
