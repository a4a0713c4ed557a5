import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** A client that was imported low, with the choice that its first notifications count as sent. */
jest.setTimeout(150_000);
/** As in restart.test.ts: the test server may stop to answer. */
jest.retryTimes(1, { logErrorsBeforeRetry: true });

let harness: MonitorHarness;
beforeEach(async () => {
  // Without a cache: each task replays the run, which must decide the same again.
  harness = await startMonitorHarness({ cachedWorkflows: 0 });
});
afterEach(() => harness?.stop());

const profile = { userThreshold: null, maxNotifications: 2, periodHours: 24 };

async function countsFirst(clientId: string): Promise<boolean> {
  const [row] = await harness.sql<{ counts: boolean }[]>`
    select counts_first as counts from monitors where client_id = ${clientId}`;
  return row?.counts ?? false;
}

test('its first notification is not sent, the second is, and one that was not low at first is notified as others are', async () => {
  const low = await harness.createClient({ balance: '10', countsFirst: true, profile });
  const fine = await harness.createClient({ balance: '80', countsFirst: true, profile });
  await harness.startMonitor(low);
  await harness.startMonitor(fine);
  await harness.quiet(low);
  await harness.quiet(fine);
  expect(await harness.mails(low)).toEqual([]);
  expect([await countsFirst(low), await countsFirst(fine)]).toEqual([false, false]);
  await harness.post(fine, 'charge', '70');
  await harness.pass('25 hours');
  await harness.quiet(low);
  await harness.quiet(fine);
  expect(await harness.mails(low)).toEqual(['client 2 accepted']);
  expect(await harness.mails(fine)).toEqual(['client 1 accepted']);
});

test('a run that is lost does not count them twice', async () => {
  const low = await harness.createClient({ balance: '10', countsFirst: true, profile });
  await harness.startMonitor(low);
  await harness.quiet(low);
  await harness.handle(low).terminate('lost');
  await harness.startMonitor(low);
  await harness.quiet(low);
  expect(await harness.mails(low)).toEqual([]);
  await harness.pass('25 hours');
  await harness.quiet(low);
  expect(await harness.mails(low)).toEqual(['client 2 accepted']);
});

test('a client that is stopped keeps the choice until it is active', async () => {
  const low = await harness.createClient({ balance: '10', countsFirst: true, profile });
  await harness.sql`update clients set status = 'stop' where id = ${low}`;
  await harness.startMonitor(low);
  await harness.quiet(low);
  expect(await countsFirst(low)).toBe(true);
  await harness.sql`update clients set status = 'active', version = version + 1 where id = ${low}`;
  await harness.sendSignal(low, 'configurationChanged');
  await harness.until(low, ({ rules }) => rules.some(({ reasonNow }) => reasonNow === 'period_not_elapsed'));
  await harness.quiet(low);
  expect(await harness.mails(low)).toEqual([]);
});
