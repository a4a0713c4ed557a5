import * as messages from '../../../src/contract/messages.js';
import {
  startMonitorHarness,
  tester,
  type ClientWish,
  type MonitorHarness,
} from '../../support/monitoring/monitor-harness.js';

jest.setTimeout(60_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

/** Two rules would only double the lines: the owner's alone. */
const ownerOnly = { clientThreshold: null } as const;

/** A client that is low, monitored, and whose first notification has been attempted at least once. */
async function tried(wish: ClientWish = {}): Promise<string> {
  const clientId = await harness.createClient({ balance: '40', profile: ownerOnly, ...wish });
  await harness.startMonitor(clientId);
  await harness.eventually(
    () => harness.notifications(clientId),
    (sent) => sent.length > 0 && sent.every(({ status }) => status !== 'pending'),
  );
  return clientId;
}

async function attempts(clientId: string): Promise<string[]> {
  const rows = await harness.sql<{ line: string }[]>`
    select format('%s: %s', a.outcome, a.reply) as line
    from delivery_attempts a join deliveries d on d.id = a.delivery_id join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} order by d.id, a.attempt`;
  return rows.map(({ line }) => line);
}

function ended(clientId: string): ReturnType<MonitorHarness['until']> {
  return harness.until(clientId, ({ run }) => run.deliveries === 0);
}

test('one of two recipients is deferred: it is retried alone, and both have the message within a minute', async () => {
  const [owner, noc] = ['owner@operator.example', 'noc@operator.example'];
  harness.mail.mode = 'accept';
  harness.mail.modes.set(noc, 'refuse');
  const clientId = await tried({ profile: { ...ownerOnly, emails: [noc] } });
  harness.mail.modes.clear();
  await harness.pass('1 minute');
  await ended(clientId);
  expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
  const ids = await harness.sql<{ id: string }[]>`
    select d.message_id as id from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId}`;
  const taken = harness.mail.taken.filter(({ messageId }) => ids.some(({ id }) => id === messageId));
  expect(taken.map(({ to }) => to)).toEqual([[owner], [noc]]);
});

describe('refused for now', () => {
  test('it is tried again within the check, until the server takes it: one mail, one number', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.pass('5 minutes');
    expect(await harness.mails(clientId)).toEqual(['user 1 retrying']);
    expect(await harness.explain(clientId)).toMatchObject({
      rules: [{ lastReason: 'sent' }, { lastReason: 'off' }],
      run: { deliveries: 1 },
    });
    harness.mail.mode = 'accept';
    await harness.pass('1 minute');
    const { rules, lastCheckAt } = await ended(clientId);
    expect(rules[0]).toMatchObject({ lastReason: 'sent', state: { count: 1, periodFrom: lastCheckAt } });
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
    // At 0, 10, 30, 70, 130, 190, 250 and, once it is taken, 310 seconds.
    expect(await attempts(clientId)).toEqual([
      ...Array.from({ length: 7 }, () => 'refused: 451 later'),
      'accepted: 250 ok',
    ]);
  });

  test('for half an hour, it is given up and counts for nothing: the next check sends the same number', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried({ profile: { ...ownerOnly, periodHours: 2 } });
    await harness.pass('29 minutes');
    expect(await harness.mails(clientId)).toEqual(['user 1 retrying']);
    await harness.pass('2 minutes');
    const given = await ended(clientId);
    expect(given.rules[0]).toMatchObject({ lastReason: 'send_failed', state: { count: 0, periodFrom: null } });
    expect(await harness.mails(clientId)).toEqual(['user 1 failed']);

    harness.mail.mode = 'accept';
    await harness.pass('90 minutes');
    expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'sent', state: { count: 1 } });
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
  });

  test('never into the next check: that one decides anew, and sends the number itself', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried({ profile: { ...ownerOnly, periodHours: 1, checkEveryMinutes: 10 } });
    const first = (await harness.explain(clientId)).lastCheckAt ?? 0;
    await harness.pass('12 minutes');
    const [mail] = await harness.notifications(clientId);
    expect(mail).toMatchObject({ status: 'retrying', number: 1, checkAt: new Date(first + 10 * 60_000) });
    harness.mail.mode = 'accept';
    await harness.pass('2 minutes');
    const { rules } = await ended(clientId);
    expect(rules[0]).toMatchObject({ lastReason: 'sent', state: { count: 1, periodFrom: first + 10 * 60_000 } });
    expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
    const taken = harness.mail.taken.filter(({ messageId }) => messageId === mail?.messageId);
    expect(taken).toHaveLength(1);
  });

  test('does not hold up the monitor: it answers, and looks, meanwhile', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried({ profile: { ...ownerOnly, clientThreshold: '20' } });
    await harness.post(clientId, 'charge', '25');
    const { verdicts } = await harness.update(clientId, messages.checkNow, { actor: tester });
    expect(verdicts.map(({ reason }) => reason)).toEqual(['period_not_elapsed', 'sent']);
  });
});

test('refused for good, it is not tried again before the next check', async () => {
  harness.mail.mode = 'refuse-permanent';
  const clientId = await tried({ profile: { ...ownerOnly, periodHours: 1 } });
  expect((await ended(clientId)).rules[0]).toMatchObject({ lastReason: 'send_failed', state: { count: 0 } });
  await harness.pass('30 minutes');
  expect(await attempts(clientId)).toEqual(['refused_for_good: 550 no']);
  harness.mail.mode = 'accept';
  await harness.pass('31 minutes');
  expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'sent', state: { count: 1 } });
  expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
});

test('uncertain, it counts, for it may have arrived, and is not sent again', async () => {
  harness.mail.mode = 'uncertain';
  const clientId = await tried({ profile: { ...ownerOnly, maxNotifications: 1, periodHours: 1 } });
  expect((await ended(clientId)).rules[0]).toMatchObject({ lastReason: 'send_uncertain', state: { count: 1 } });
  harness.mail.mode = 'accept';
  await harness.pass('3 hours');
  expect((await harness.quiet(clientId)).rules[0]).toMatchObject({ lastReason: 'max_reached' });
  expect(await harness.mails(clientId)).toEqual(['user 1 uncertain']);
});

describe('a mail that has not been handed over yet is called off', () => {
  async function expectCalledOff(clientId: string): Promise<void> {
    await ended(clientId);
    harness.mail.mode = 'accept';
    await harness.pass('40 minutes');
    const mails = await harness.notifications(clientId);
    expect(mails).toMatchObject([{ rule: 'user', number: 1, status: 'failed' }]);
    expect(harness.mail.taken.map(({ messageId }) => messageId)).not.toContain(mails[0]?.messageId);
  }

  test('when the client has paid', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.post(clientId, 'payment', '500');
    await harness.sendSignal(clientId, 'refilled');
    await expectCalledOff(clientId);
    expect((await harness.explain(clientId)).rules[0]?.state).toMatchObject({
      count: 0,
      periodFrom: null,
      lowSince: null,
    });
  });

  test('when the client is stopped', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.sql`update clients set status = 'stop', version = version + 1 where id = ${clientId}`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await expectCalledOff(clientId);
  });

  test('when the monitor is paused', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.update(clientId, messages.pause, { actor: tester, reason: 'they are on the phone' });
    await expectCalledOff(clientId);
  });

  test('when its rule is gone', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.sql`
      delete from profile_rules where key = 'user' and profile_id = (select profile_id from clients where id = ${clientId})`;
    await harness.sql`
      update profiles set version = version + 1 where id = (select profile_id from clients where id = ${clientId})`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await expectCalledOff(clientId);
  });

  test('when the client is deleted, and then the monitor ends', async () => {
    harness.mail.mode = 'refuse';
    const clientId = await tried();
    await harness.sql`update clients set status = 'deleted', version = version + 1 where id = ${clientId}`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await harness.handle(clientId).result();
    expect(await harness.mails(clientId)).toEqual(['user 1 failed']);
  });
});

test('a refill that leaves the rule low cancels the notification, because its counter is reset', async () => {
  harness.mail.mode = 'refuse';
  const clientId = await tried();
  await harness.post(clientId, 'payment', '5');
  await harness.sendSignal(clientId, 'refilled');
  await harness.until(clientId, ({ rules }) => rules[0]?.state?.episode === 2);
  harness.mail.mode = 'accept';
  await harness.pass('2 minutes');
  const { rules } = await ended(clientId);
  expect(await harness.mails(clientId)).toEqual(['user 1 failed']);
  expect(rules[0]?.state).toMatchObject({ count: 0, episode: 2 });
});

test('mostSevere: whoever hears from a lower threshold does not hear from a higher one', async () => {
  const shared = 'noc@operator.example';
  const clientId = await harness.watched({
    balance: '40',
    profile: { whenSeveral: 'mostSevere', emails: [shared.toUpperCase()] },
  });
  const rows = await harness.sql<{ rule: string; recipients: string[] }[]>`
    select n.rule, array_agg(d.recipient order by d.position) as recipients
    from notifications n join deliveries d on d.notification_id = n.id
    where n.client_id = ${clientId} group by n.id order by n.rule`;
  expect(rows).toEqual([
    { rule: 'client', recipients: ['billing@acme.example', shared.toUpperCase()] },
    { rule: 'user', recipients: ['owner@operator.example'] },
  ]);
});

test('a mail about a credit is tried again like any other', async () => {
  const clientId = await harness.watched({ balance: '400' });
  harness.mail.mode = 'refuse';
  await harness.update(clientId, messages.grantCredit, {
    requestId: 'lend',
    amount: '10',
    validUntil: new Date((await harness.now()) + 7_200_000).toISOString(),
    reason: 'late transfer',
    actor: tester,
  });
  await harness.pass('1 minute');
  harness.mail.mode = 'accept';
  await harness.pass('2 minutes');
  await ended(clientId);
  expect(await harness.mails(clientId)).toEqual(['credit_granted 1 accepted']);
});
