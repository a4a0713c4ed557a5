import { startMonitorHarness, type MonitorHarness } from '../support/monitor-harness.js';

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterAll(() => harness?.stop());

const hours = (n: number): number => n * 3_600_000;

test('warns at the first check, at most Max Qty times and Period apart', async () => {
  const clientId = await harness.watched({ balance: '40' });
  await harness.pass('5 days');
  await harness.quiet(clientId);
  expect(await harness.mails(clientId)).toEqual([
    'client 1 accepted',
    'user 1 accepted',
    'client 2 accepted',
    'user 2 accepted',
  ]);
  const [first, , second] = await harness.notifications(clientId);
  expect((second?.checkAt.getTime() ?? 0) - (first?.checkAt.getTime() ?? 0)).toBe(hours(24));
});
