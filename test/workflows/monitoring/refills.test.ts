import * as messages from '../../../src/contract/messages.js';
import type { RefilledSignal } from '../../../src/contract/refills.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

jest.setTimeout(60_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

/** A client below both thresholds: its owner and the client were notified once each. */
function lowClient(profile: Parameters<MonitorHarness['watched']>[0] = {}): Promise<string> {
  return harness.watched({ balance: '40', ...profile });
}

async function counts(clientId: string): Promise<number[]> {
  const { rules } = await harness.explain(clientId);
  return rules.map(({ state }) => state?.count ?? 0);
}

/** By episode, number and rule, as the ledger of notifications has them. */
async function sent(clientId: string): Promise<string[]> {
  const rows = await harness.notifications(clientId);
  return rows.map(({ rule, episode, number }) => `${rule} ${episode}/${number}`);
}

describe('a refill counts because it stands in the database', () => {
  test('told at once, it starts the counts over at once', async () => {
    const clientId = await lowClient();
    expect(await counts(clientId)).toEqual([1, 1]);
    await harness.post(clientId, 'payment', '200');
    await harness.sendSignal(clientId, 'refilled');
    const refilled = await harness.until(clientId, ({ state }) => state === 'ok');
    expect(refilled.rules.map(({ state }) => state)).toMatchObject([
      { count: 0, episode: 2, periodFrom: null, lowSince: null },
      { count: 0, episode: 2, periodFrom: null, lowSince: null },
    ]);
    await harness.post(clientId, 'charge', '200');
    await harness.pass('24 hours');
    await harness.quiet(clientId);
    expect(await sent(clientId)).toEqual(['client 1/1', 'user 1/1', 'client 2/1', 'user 2/1']);
  });

  test('never told, it is found at the next check', async () => {
    const clientId = await lowClient({ profile: { maxNotifications: 1 } });
    await harness.post(clientId, 'payment', '200');
    await harness.post(clientId, 'charge', '230');
    await harness.pass('24 hours');
    await harness.quiet(clientId);
    expect(await sent(clientId)).toEqual(['client 1/1', 'user 1/1', 'client 2/1', 'user 2/1']);
  });

  test('told three times, it is one refill', async () => {
    const clientId = await lowClient();
    await harness.post(clientId, 'payment', '5');
    for (let times = 0; times < 3; times++) await harness.sendSignal(clientId, 'refilled');
    const refilled = await harness.until(clientId, ({ rules }) => rules[0]?.state?.episode === 2);
    expect(refilled.rules.map(({ state }) => state)).toMatchObject([
      { count: 0, episode: 2, lowSince: expect.any(Number) },
      { count: 0, episode: 2, lowSince: expect.any(Number) },
    ]);
    await harness.sendSignal(clientId, 'refilled');
    await harness.pass('24 hours');
    await harness.quiet(clientId);
    expect(await counts(clientId)).toEqual([1, 1]);
    expect(await sent(clientId)).toEqual(['client 1/1', 'user 1/1', 'client 2/1', 'user 2/1']);
  });

  test('told late, after a check has found it, nothing starts over again', async () => {
    const clientId = await lowClient({ profile: { periodHours: 4 } });
    await harness.post(clientId, 'payment', '5');
    await harness.pass('4 hours');
    await harness.until(clientId, ({ rules, run }) => rules[0]?.state?.episode === 2 && run.deliveries === 0);
    const before = await harness.explain(clientId);
    await harness.sendSignal(clientId, 'refilled');
    await harness.sendSignal(clientId, 'balanceChanged');
    await harness.pass('1 hour');
    expect((await harness.explain(clientId)).rules).toEqual(
      before.rules.map((rule) => ({
        ...rule,
        lastReason: 'period_not_elapsed',
        nextPossibleAt: expect.any(Number) as unknown,
      })),
    );
  });

  test('two refills told in the wrong order are both seen by whichever comes first', async () => {
    const clientId = await lowClient();
    await harness.post(clientId, 'payment', '30', 'pay-a');
    await harness.post(clientId, 'payment', '200', 'pay-b');
    await harness.handle(clientId).signal(messages.refilled, told('pay-b', '200'));
    await harness.handle(clientId).signal(messages.refilled, told('pay-a', '30'));
    await harness.until(clientId, ({ state }) => state === 'ok');
    const [balance] = await harness.sql`
      select live, refill_seq as "refills" from balances where client_id = ${clientId}`;
    expect(balance).toEqual({ live: '270.000000', refills: '2' });
    const settled = await harness.explain(clientId);
    expect(settled.rules[0]?.state).toMatchObject({ episode: 2, refillSeq: 2 });
  });

  test('a client that was stopped meanwhile owes it nothing: it is applied before the next check that decides', async () => {
    const clientId = await lowClient();
    await harness.sql`update clients set status = 'stop', version = version + 1 where id = ${clientId}`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await harness.until(clientId, ({ state }) => state === 'paused');
    await harness.post(clientId, 'payment', '200');
    await harness.sendSignal(clientId, 'refilled');
    await harness.pass('1 hour');
    expect(await counts(clientId)).toEqual([1, 1]);
    await harness.sql`update clients set status = 'active', version = version + 1 where id = ${clientId}`;
    await harness.sendSignal(clientId, 'configurationChanged');
    await harness.pass('24 hours');
    await harness.quiet(clientId);
    expect(await counts(clientId)).toEqual([0, 0]);
  });

  test('with resetOn recovery, a refill that leaves the rule low starts nothing over', async () => {
    const clientId = await lowClient({ profile: { resetOn: 'recovery', clientThreshold: null } });
    await harness.post(clientId, 'payment', '10');
    await harness.sendSignal(clientId, 'refilled');
    await harness.until(clientId, ({ rules }) => rules[0]?.state?.refillSeq === 1);
    expect((await harness.explain(clientId)).rules[0]?.state).toMatchObject({ count: 1, episode: 1 });
  });
});

function told(paymentId: string, amount: string, currency = 'USD'): RefilledSignal {
  return { paymentId, amount, currency };
}

async function payments(clientId: string): Promise<string[]> {
  const rows = await harness.sql<{ line: string }[]>`
    select external_id || ' ' || round(amount, 2) || ' ' || source as line
    from ledger_entries where client_id = ${clientId} and kind = 'payment' order by id`;
  return rows.map(({ line }) => line);
}

/** Events about payments that were refused, as lines. */
async function refusals(clientId: string): Promise<string[]> {
  const rows = await harness.sql<{ line: string }[]>`
    select concat_ws(' ', data ->> 'paymentId', data ->> 'amount', data ->> 'currency', data ->> 'reason', data ->> 'detail') as line
    from events where kind = 'payment.refused' and client_id = ${clientId} order by id`;
  return rows.map(({ line }) => line);
}

describe('a payment told to the monitor itself', () => {
  test('is recorded once, however often it is told, and starts the counts over', async () => {
    const clientId = await lowClient();
    for (let times = 0; times < 3; times++) {
      await harness.handle(clientId).signal(messages.refilled, told('direct-1', '150.25'));
    }
    await harness.until(clientId, ({ state }) => state === 'ok');
    await harness.handle(clientId).signal(messages.refilled, told('direct-1', '150.25'));
    await harness.sendSignal(clientId, 'refilled');
    await harness.until(clientId, ({ rules }) => rules[0]?.state?.refillSeq === 1);
    expect(await payments(clientId)).toEqual(['direct-1 150.25 temporal']);
  });

  test('keeps the time that it gives', async () => {
    const clientId = await lowClient();
    const at = '2026-01-02T03:04:05.000Z';
    await harness.handle(clientId).signal(messages.refilled, { ...told('dated', '300'), at });
    await harness.until(clientId, ({ state }) => state === 'ok');
    const [entry] = await harness.sql`select occurred_at as "at" from ledger_entries where external_id = 'dated'`;
    expect(entry).toEqual({ at: new Date(at) });
  });

  test.each<[string, object, RegExp]>([
    ['of no amount', told('bad-1', 'much'), /bad-1 much USD invalid/],
    ['of a negative amount', told('bad-2', '-5'), /more than 0/],
    ['in another currency', told('bad-3', '5', 'EUR'), /billed in USD/],
    ['without an id', { amount: '5', currency: 'USD' }, /id of a payment/],
    ['of nothing that we know', { hello: 'world' }, /id of a payment/],
    ['at no time', { ...told('bad-4', '5'), at: 'yesterday' }, /must be an instant/],
    ['in a year that does not exist', { ...told('bad-5', '5'), at: '0000-01-01T00:00:00Z' }, /1970 or later/],
    ['whose id was used for another payment', told('taken', '6'), /used for another payment/],
  ])('%s is refused: staff is told, and the monitor goes on', async (_name, payment, detail) => {
    const clientId = await lowClient();
    if ('paymentId' in payment && payment.paymentId === 'taken') await harness.post(clientId, 'payment', '5', 'taken');
    await harness.handle(clientId).signal('refilled', payment);
    const [event] = await harness.eventually(
      () => refusals(clientId),
      (events) => events.length > 0,
    );
    expect(event).toMatch(detail);
    await harness.handle(clientId).signal(messages.refilled, told(`good-${clientId}`, '500'));
    await harness.until(clientId, ({ state }) => state === 'ok');
  });
});

test('a payment told before a request is counted in its answer', async () => {
  const clientId = await lowClient();
  const gate = harness.gates.arm('observe', 'before', clientId);
  await harness.sendSignal(clientId, 'balanceChanged');
  await gate.reached;
  await harness.handle(clientId).signal(messages.refilled, told(`before-${clientId}`, '200'));
  const asked = harness.update(clientId, messages.checkNow, { actor: tester });
  gate.open();
  expect(await asked).toMatchObject({ state: 'ok', available: '240.00' });
});

test('a payment told while its client was deleted is refused aloud, and the monitor ends', async () => {
  const clientId = await lowClient();
  const gate = harness.gates.arm('grantCredit', 'after', clientId);
  const validUntil = new Date((await harness.now()) + 7_200_000).toISOString();
  const lend = { requestId: 'lend', amount: '5', validUntil, reason: 'late transfer', actor: tester };
  const granted = harness.update(clientId, messages.grantCredit, lend);
  await gate.reached;
  await harness.handle(clientId).signal(messages.refilled, told(`too-late-${clientId}`, '200'));
  await harness.sql`update clients set status = 'deleted', version = version + 1 where id = ${clientId}`;
  gate.open();
  await granted;
  await harness.handle(clientId).result();
  expect(await refusals(clientId)).toEqual([expect.stringMatching(/too-late.*client_deleted/)]);
  expect(await payments(clientId)).toEqual([]);
});

test('a payment that cannot be recorded holds up no check', async () => {
  const clientId = await lowClient();
  const { nextCheckAt } = await harness.explain(clientId);
  await harness.pass('1430 minutes');
  for (let attempt = 1; attempt <= 500; attempt++) harness.gates.arm('recordRefill', 'before', clientId).break();
  await harness.handle(clientId).signal(messages.refilled, told(`unrecorded-${clientId}`, '5'));
  await harness.pass('30 minutes');
  await harness.until(clientId, ({ lastCheckAt }) => lastCheckAt === nextCheckAt);
  expect(await payments(clientId)).toEqual([]);
});

test('a payment told while a deleted client waits for its last delivery is refused aloud', async () => {
  const clientId = await lowClient({ profile: { trigger: 'change' } });
  const delivery = harness.gates.arm('deliverNotification', 'before', clientId);
  const abandoned = harness.gates.arm('abandonNotification', 'before', clientId);
  await harness.update(clientId, messages.resetRule, { rule: 'client', reason: 'again', actor: tester });
  await delivery.reached;
  await harness.sql`update clients set status = 'deleted', version = version + 1 where id = ${clientId}`;
  await harness.sendSignal(clientId, 'configurationChanged');
  // Refused as soon as the monitor has found that its client is gone.
  await harness.eventually(
    () =>
      harness.update(clientId, messages.checkNow, { actor: tester }).then(
        () => false,
        () => true,
      ),
    (isRefused) => isRefused,
  );
  await harness.handle(clientId).signal(messages.refilled, told(`last-${clientId}`, '200'));
  await harness.eventually(
    () => refusals(clientId),
    (events) => events.length > 0,
  );
  delivery.open();
  abandoned.open();
  await harness.handle(clientId).result();
  expect(await refusals(clientId)).toEqual([expect.stringMatching(/last-.*client_deleted/)]);
});
