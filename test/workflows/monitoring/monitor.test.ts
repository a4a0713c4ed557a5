import * as messages from '../../../src/contract/messages.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

jest.setTimeout(60_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterEach(() => harness?.endMonitors());
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

test('a run that could not read its client yet says so when it is asked', async () => {
  const clientId = await harness.createClient({ balance: '140' });
  await harness.sql`alter table balances rename to balances_elsewhere`;
  await harness.startMonitor(clientId);
  const asked = await harness.explain(clientId);
  await harness.sql`alter table balances_elsewhere rename to balances`;
  expect(asked).toMatchObject({ starting: true, rules: [], lastCheckAt: null });
  await harness.pass('1 hour');
  const { starting, rules } = await harness.quiet(clientId);
  expect([starting, rules.map(({ key }) => key)]).toEqual([undefined, ['user', 'client']]);
});

test('a year of daily checks: no drift, no mail too many, and no run that grows long', async () => {
  const clientId = await harness.watched({ balance: '40', profile: { clientThreshold: null, maxNotifications: null } });
  const begun = (await harness.explain(clientId)).lastCheckAt ?? 0;
  // In parts: a long call that a busy machine cuts off is made again from its start, and more than a year passes.
  for (let part = 0; part < 5; part++) await harness.pass('73 days');
  const explanation = await harness.quiet(clientId);
  expect(explanation).toMatchObject({ lastCheckAt: begun + hours(365 * 24), nextCheckAt: begun + hours(366 * 24) });
  const mails = await harness.notifications(clientId);
  expect(mails.map(({ checkAt }) => checkAt.getTime())).toEqual(
    Array.from({ length: 366 }, (_, day) => begun + hours(day * 24)),
  );
  expect(mails.map(({ number }) => number)).toEqual(Array.from({ length: 366 }, (_, day) => day + 1));
  expect(new Set(mails.map(({ status, attempts }) => `${status} ${attempts}`))).toEqual(new Set(['accepted 1']));
  const lengths = (await harness.runs(clientId)).map(({ events }) => events?.length ?? 0);
  expect(Math.max(...lengths)).toBeLessThan(160);
  expect(lengths).toHaveLength(explanation.run.runs + 1);
}, 300_000);

describe('with trigger change, a rule notifies as soon as it may', () => {
  const onChange = { clientThreshold: null, trigger: 'change' } as const;

  async function mailedAtOnce(clientId: string): Promise<void> {
    await harness.until(clientId, ({ rules, run }) => rules[0]?.state?.count === 1 && run.deliveries === 0);
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
  }

  test('when the signal of an edit arrives before that of the charge', async () => {
    const clientId = await harness.watched({ balance: '140', profile: onChange });
    await harness.post(clientId, 'charge', '60');
    await harness.sendSignal(clientId, 'configurationChanged');
    await harness.until(clientId, ({ rules }) => rules[0]?.state?.lowSince !== null);
    await harness.sendSignal(clientId, 'balanceChanged');
    await mailedAtOnce(clientId);
  });

  test('when a person resets the rule before the signal of the charge arrives: once, not twice', async () => {
    const clientId = await harness.watched({ balance: '140', profile: onChange });
    await harness.post(clientId, 'charge', '60');
    await harness.update(clientId, messages.resetRule, { rule: 'user', reason: 'a fresh start', actor: tester });
    await harness.sendSignal(clientId, 'balanceChanged');
    await mailedAtOnce(clientId);
  });

  test('also when an edit makes it low', async () => {
    const clientId = await harness.watched({ balance: '140', profile: onChange });
    await harness.sql`
      update profile_rules set threshold = 200
      where key = 'user' and profile_id = (select profile_id from clients where id = ${clientId})`;
    await harness.sql`
      update profiles set version = version + 1 where id = (select profile_id from clients where id = ${clientId})`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await mailedAtOnce(clientId);
  });

  test('and its reminder comes one period later, by a timer of its own', async () => {
    const clientId = await harness.watched({
      balance: '140',
      profile: { ...onChange, periodHours: 5, checkEveryMinutes: 1440 },
    });
    await harness.pass('1 hour');
    await harness.post(clientId, 'charge', '60');
    await harness.sendSignal(clientId, 'balanceChanged');
    await mailedAtOnce(clientId);
    await harness.pass('5 hours');
    await harness.eventually(
      () => harness.mails(clientId),
      (mails) => mails.length === 2 && mails.every((mail) => mail.endsWith('accepted')),
    );
    const [first, second] = await harness.notifications(clientId);
    expect((second?.checkAt.getTime() ?? 0) - (first?.checkAt.getTime() ?? 0)).toBe(hours(5));
  });
});

/** How often each local activity is attempted in one task; then the database counts as unavailable. */
const attempts = { observe: 3, recordCheckAndObserve: 3, publish: 3 } as const;

function failActivity(clientId: string, activity: keyof typeof attempts, times = 1): void {
  for (let attempt = 1; attempt <= attempts[activity] * times; attempt++)
    harness.gates.arm(activity, 'before', clientId).break();
}

describe('a database that is away ends no monitor', () => {
  test('not when it begins: it begins when the database is back', async () => {
    const clientId = await harness.createClient({ balance: '40' });
    failActivity(clientId, 'observe', 2);
    await harness.startMonitor(clientId);
    await harness.eventually(
      () => harness.handle(clientId).fetchHistory(),
      ({ events }) => (events ?? []).some((event) => event.timerStartedEventAttributes),
    );
    await harness.pass('1 minute');
    expect((await harness.quiet(clientId)).rules.map(({ lastReason }) => lastReason)).toEqual(['sent', 'sent']);
  });

  test('not at a check: that is made up for, and the schedule stays', async () => {
    const clientId = await harness.watched({ balance: '40' });
    const begun = (await harness.explain(clientId)).lastCheckAt ?? 0;
    failActivity(clientId, 'recordCheckAndObserve');
    await harness.pass('25 hours');
    const explanation = await harness.quiet(clientId);
    expect(explanation).toMatchObject({ lastCheckAt: begun + hours(24), nextCheckAt: begun + hours(48) });
    expect(await harness.mails(clientId)).toHaveLength(4);
  });

  test('and a signal is not forgotten: the client is read again after a while', async () => {
    const clientId = await harness.watched({ balance: '140', profile: { clientThreshold: null, trigger: 'change' } });
    failActivity(clientId, 'observe');
    await harness.post(clientId, 'charge', '60');
    await harness.sendSignal(clientId, 'balanceChanged');
    await harness.pass('1 minute');
    await harness.until(clientId, ({ rules, run }) => rules[0]?.state?.count === 1 && run.deliveries === 0);
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
  });

  test('and a request waits: it is applied when the database is back', async () => {
    const clientId = await harness.watched({ balance: '40' });
    failActivity(clientId, 'observe');
    const asked = harness.update(clientId, messages.checkNow, { actor: tester });
    await harness.pass('1 minute');
    expect(await asked).toMatchObject({ state: 'low' });
  });

  test('and a request is answered only after its record is written', async () => {
    const clientId = await harness.watched({ balance: '40' });
    failActivity(clientId, 'publish');
    let isAnswered = false;
    const asked = harness
      .update(clientId, messages.pause, { actor: tester, reason: 'talks' })
      .finally(() => (isAnswered = true));
    await harness.until(clientId, ({ pausedBy }) => pausedBy === 'user:7');
    expect(isAnswered).toBe(false);
    const written = (): Promise<object[]> =>
      harness.sql`select action from audit where client_id = ${clientId} and action = 'monitor.pause'`;
    expect(await written()).toEqual([]);
    await harness.pass('1 minute');
    expect(await asked).toMatchObject({ state: 'paused', pausedBy: 'user:7' });
    expect(await written()).toEqual([{ action: 'monitor.pause' }]);
  });
});

test('a state that could not be written is written soon, not at the next check', async () => {
  const clientId = await harness.watched({ balance: '400' });
  failActivity(clientId, 'publish');
  await harness.post(clientId, 'charge', '370');
  await harness.sendSignal(clientId, 'balanceChanged');
  await harness.until(clientId, ({ state }) => state === 'low');
  await harness.pass('1 minute');
  const [stored] = await harness.eventually(
    () => harness.sql<{ state: string; wakeAbove: string }[]>`
      select m.state, b.wake_above as "wakeAbove" from monitors m join balances b on b.client_id = m.client_id
      where m.client_id = ${clientId}`,
    ([row]) => row?.state === 'low',
  );
  expect(stored).toEqual({ state: 'low', wakeAbove: '50.000000' });
});

test('a missing rate is one event, though the monitor was paused between', async () => {
  const clientId = await harness.watched({ balance: '400', currency: 'EUR', profile: { periodHours: 1 } });
  const events = (): Promise<object[]> =>
    harness.sql`select subject_id as pair, times from events where kind = 'rate.missing' and subject_id = 'EUR/USD'`;
  await harness.eventually(events, (raised) => raised.length === 1);
  await harness.update(clientId, messages.pause, { actor: tester, reason: 'talks' });
  await harness.pass('61 minutes');
  expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'paused' });
  await harness.update(clientId, messages.resume, { actor: tester, reason: 'done' });
  await harness.pass('1 hour');
  expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'no_rate' });
  expect(await events()).toEqual([{ pair: 'EUR/USD', times: 1 }]);

  await harness.update(clientId, messages.pause, { actor: tester, reason: 'talks' });
  await harness.pass('1 hour');
  await harness.quiet(clientId);
  const at = new Date(await harness.now());
  await harness.sql`insert into exchange_rates (from_currency, to_currency, rate, at, created_by) values ('EUR', 'USD', 1.1, ${at}, 'test')`;
  await harness.update(clientId, messages.resume, { actor: tester, reason: 'done' });
  await harness.pass('1 hour');
  expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'above_threshold' });
});
