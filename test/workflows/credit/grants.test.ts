import * as messages from '../../../src/contract/messages.js';
import type { GrantCreditInput, GrantView } from '../../../src/contract/temporary-credit.js';
import { startMonitorHarness, tester, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';
import { refusal } from '../../support/monitoring/update-refusal.js';

jest.setTimeout(60_000);

let harness: MonitorHarness;
beforeAll(async () => {
  harness = await startMonitorHarness();
}, 60_000);
afterEach(() => harness?.endMonitors());
afterAll(() => harness?.stop());

const hours = (n: number): number => n * 3_600_000;
const instant = (ms: number): string => new Date(ms).toISOString();
let requests = 0;

async function grant(clientId: string, wish: Partial<GrantCreditInput> & { hours?: number } = {}): Promise<GrantView> {
  const { hours: length = 48, ...input } = wish;
  return harness.update(clientId, messages.grantCredit, {
    requestId: `grant-${++requests}`,
    validUntil: instant((await harness.now()) + hours(length)),
    reason: 'a holiday in the bank',
    actor: tester,
    ...(input.percent === undefined && { amount: '80' }),
    ...input,
  });
}

/** `granted 0.00 to 80.00 by user:7: a holiday in the bank` */
async function limitHistory(clientId: string): Promise<string[]> {
  const rows = await harness.sql<{ line: string }[]>`
    select format('%s %s to %s by %s: %s', kind, round(temporary_before, 2), round(temporary_after, 2), actor, reason) as line
    from credit_limit_history where client_id = ${clientId} order by id`;
  return rows.map(({ line }) => line);
}

async function creditMails(clientId: string): Promise<string[]> {
  const sent = await harness.notifications(clientId);
  return sent.filter(({ kind }) => kind.startsWith('credit_')).map(({ kind, status }) => `${kind} ${status}`);
}

async function tillCreditMails(clientId: string, expected: readonly string[]): Promise<void> {
  const seen = await harness.eventually(
    () => creditMails(clientId),
    (mails) => mails.length >= expected.length && mails.every((mail) => mail.endsWith('accepted')),
  );
  expect(seen).toEqual(expected);
}

test('lends at once, warns a day before the end, and takes back on time', async () => {
  const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null } });
  expect(await harness.mails(clientId)).toEqual(['user 1 accepted']);
  const from = await harness.now();
  const granted = await grant(clientId, { hours: 48 });
  expect(granted).toMatchObject({ clientId, amount: '80.00', status: 'active', grantedBy: 'user:7', currency: 'USD' });
  expect(granted).not.toHaveProperty('seq');

  const lent = await harness.explain(clientId);
  expect(lent).toMatchObject({
    state: 'ok',
    grant: { id: granted.id, warnAt: Date.parse(granted.validUntil) - hours(24) },
  });
  expect(lent.rules[0]?.state).toMatchObject({ count: 0, episode: 2, lowSince: null });
  await tillCreditMails(clientId, ['credit_granted accepted']);

  await harness.pass('25 hours');
  await tillCreditMails(clientId, ['credit_granted accepted', 'credit_expiring accepted']);
  expect((await harness.explain(clientId)).grant).toMatchObject({ warned: true });

  await harness.pass('24 hours');
  const over = await harness.until(clientId, ({ grant: open }) => open === null);
  expect(over).toMatchObject({ state: 'low' });
  await tillCreditMails(clientId, ['credit_granted accepted', 'credit_expiring accepted', 'credit_reverted accepted']);
  const [row] = await harness.sql`
    select status, ended_at as "endedAt", valid_until as "validUntil" from temporary_credits where client_id = ${clientId}`;
  expect(row).toMatchObject({ status: 'reverted', endedAt: row?.['validUntil'] });
  expect(Date.parse(granted.validUntil) - from).toBe(hours(48));
  expect(await limitHistory(clientId)).toEqual([
    'granted 0.00 to 80.00 by user:7: a holiday in the bank',
    'reverted 80.00 to 0.00 by system: a holiday in the bank',
  ]);
});

test('begins at the instant asked for, and counts from there only', async () => {
  const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null, trigger: 'change' } });
  const from = (await harness.now()) + hours(3);
  const granted = await grant(clientId, { from: instant(from), hours: 10 });
  expect(granted).toMatchObject({ status: 'scheduled', validFrom: instant(from) });
  expect(await harness.explain(clientId)).toMatchObject({ state: 'low', grant: { started: false, warnAt: null } });
  expect(await creditMails(clientId)).toEqual([]);

  await harness.pass('3 hours');
  expect(await harness.until(clientId, ({ grant: open }) => open?.started === true)).toMatchObject({ state: 'ok' });
  await tillCreditMails(clientId, ['credit_granted accepted']);
  const [row] = await harness.sql`select created_at as "at" from temporary_credits where client_id = ${clientId}`;
  expect(Number(row?.['at'])).toBeLessThan(from - hours(2));
  const [started] = await harness.sql`
    select at from credit_limit_history where client_id = ${clientId} and kind = 'started'`;
  expect(started).toEqual({ at: new Date(from) });
  expect(await limitHistory(clientId)).toEqual([
    'granted 0.00 to 0.00 by user:7: a holiday in the bank',
    'started 0.00 to 80.00 by system: a holiday in the bank',
  ]);
});

test('with trigger change, the revert that carries a rule below its threshold is checked at once', async () => {
  const clientId = await harness.watched({ balance: '120', profile: { clientThreshold: null, trigger: 'change' } });
  await grant(clientId, { hours: 5 });
  await harness.post(clientId, 'charge', '60');
  await harness.pass('4 hours');
  expect(await harness.mails(clientId)).toEqual(['credit_granted 1 accepted']);
  await harness.pass('1 hour');
  await harness.until(clientId, ({ grant: open, run }) => open === null && run.deliveries === 0);
  expect(await harness.mails(clientId)).toEqual([
    'credit_granted 1 accepted',
    'credit_reverted 1 accepted',
    'user 1 accepted',
  ]);
});

test('changed: another amount counts at once, and a later end is warned of once more', async () => {
  const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null } });
  const granted = await grant(clientId, { hours: 30 });
  await harness.pass('7 hours');
  await tillCreditMails(clientId, ['credit_granted accepted', 'credit_expiring accepted']);

  const change = {
    requestId: 'change-1',
    grantId: granted.id,
    amount: '20',
    validUntil: instant(Date.parse(granted.validUntil) + hours(48)),
    reason: 'less, for longer',
    actor: tester,
  };
  const changed = await harness.update(clientId, messages.changeGrant, change);
  expect(changed).toMatchObject({ id: granted.id, amount: '20.00', validUntil: change.validUntil });
  expect(changed.version).toBeGreaterThan(granted.version);
  expect(await harness.explain(clientId)).toMatchObject({ state: 'low', grant: { warned: false } });

  await harness.pass('48 hours');
  await tillCreditMails(clientId, [
    'credit_granted accepted',
    'credit_expiring accepted',
    'credit_reduced accepted',
    'credit_expiring accepted',
  ]);
  await harness.pass('24 hours');
  await harness.until(clientId, ({ grant: open }) => open === null);
  expect(await limitHistory(clientId)).toEqual([
    'granted 0.00 to 80.00 by user:7: a holiday in the bank',
    'changed 80.00 to 20.00 by user:7: less, for longer',
    'reverted 20.00 to 0.00 by system: a holiday in the bank',
  ]);
});

test('a step that is done is not done over and over while the client cannot be read', async () => {
  const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null } });
  const from = (await harness.now()) + hours(1);
  await grant(clientId, { from: instant(from) });
  const gate = harness.gates.arm('advanceGrant', 'after', clientId);
  const passing = harness.pass('61 minutes');
  await gate.reached;
  // Two looks, of three attempts each.
  for (let attempt = 1; attempt <= 6; attempt++) harness.gates.arm('observe', 'before', clientId).break();
  gate.open();
  await passing;
  await harness.until(clientId, ({ grant: open }) => open?.started === true);
  await tillCreditMails(clientId, ['credit_granted accepted']);
  const { events } = await harness.handle(clientId).fetchHistory();
  const steps = (events ?? []).flatMap(({ eventTime, activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === 'advanceGrant' ? [Number(eventTime?.seconds)] : [],
  );
  expect(steps).toHaveLength(3);
  expect((steps[1] ?? 0) - (steps[0] ?? 0)).toBeGreaterThanOrEqual(10);
  expect((steps[2] ?? 0) - (steps[1] ?? 0)).toBeGreaterThanOrEqual(20);
});

test('cancelled: lends nothing from then on, and the client is notified of that, not of an end', async () => {
  const clientId = await harness.watched({ balance: '60', profile: { clientThreshold: null } });
  const granted = await grant(clientId);
  // On a busy machine a second may pass between the two or not: a minute does.
  await harness.pass('1 minute');
  const cancel = { requestId: 'cancel-1', grantId: granted.id, reason: 'paid by card', actor: tester };
  const cancelled = await harness.update(clientId, messages.cancelGrant, cancel);
  expect(cancelled).toMatchObject({ status: 'cancelled' });
  expect(await harness.explain(clientId)).toMatchObject({ state: 'low', grant: null });
  await harness.pass('3 days');
  await tillCreditMails(clientId, ['credit_granted accepted', 'credit_cancelled accepted']);
  expect(await limitHistory(clientId)).toEqual([
    'granted 0.00 to 80.00 by user:7: a holiday in the bank',
    'cancelled 80.00 to 0.00 by user:7: paid by card',
  ]);
  const actions = await harness.sql<{ action: string; actor: string }[]>`
    select action, actor from audit where client_id = ${clientId} order by id`;
  expect(actions).toEqual([
    { action: 'temporary_credit.grant', actor: 'user:7' },
    { action: 'temporary_credit.cancel', actor: 'user:7' },
  ]);
});

test('asked twice under one id it is one grant, also in another run', async () => {
  const clientId = await harness.watched({ balance: '60' });
  const first = await grant(clientId, { requestId: 'once' });
  const again = await grant(clientId, { requestId: 'once', amount: '500' });
  expect(again).toEqual(first);
  expect(await limitHistory(clientId)).toHaveLength(1);
});

describe('is refused, with its reason and its field,', () => {
  test.each<[string, Parameters<MonitorHarness['watched']>[0], Partial<GrantCreditInput>, string, string]>([
    [
      'above the granter’s own maximum',
      {},
      { amount: '101', cap: { maxAmount: '100' } },
      'credit_above_maximum',
      '/amount',
    ],
    ['for longer than the granter may', {}, { cap: { maxDays: 1 } }, 'credit_above_maximum', '/validUntil'],
    ['as a percentage to a prepaid client', { creditLimit: '100' }, { percent: '10' }, 'client_prepaid', '/percent'],
    [
      'as a percentage of nothing',
      { balanceModel: 'postpaid' },
      { percent: '10' },
      'credit_limit_not_positive',
      '/percent',
    ],
    ['to a client without a limit', { balanceModel: 'unlimited' }, {}, 'client_unlimited', '/path/id'],
    ['when it is past', {}, { validUntil: '2020-01-01T00:00:00Z' }, 'invalid', '/validUntil'],
    ['for what is no amount', {}, { amount: 'plenty' }, 'invalid', '/amount'],
  ])('%s', async (_name, wish, input, type, pointer) => {
    const clientId = await harness.watched({ balance: '60', ...wish });
    expect(await refusal(grant(clientId, input))).toMatchObject({ type, pointer });
    expect(await limitHistory(clientId)).toEqual([]);
    expect((await harness.explain(clientId)).grant).toBeNull();
  });

  test('while another one is open', async () => {
    const clientId = await harness.watched({ balance: '60' });
    await grant(clientId);
    const { type, message } = await refusal(grant(clientId));
    expect(type).toBe('credit_exists');
    expect(message).toMatch(/80\.00 USD is active until/);
  });

  test('a change of what was changed meanwhile, and of what is over', async () => {
    const clientId = await harness.watched({ balance: '60' });
    const granted = await grant(clientId, { hours: 2 });
    const change = { requestId: 'c1', grantId: granted.id, amount: '70', reason: 'less', actor: tester };
    expect(await refusal(harness.update(clientId, messages.changeGrant, { ...change, ifVersion: 9 }))).toMatchObject({
      type: 'conflict',
    });
    await harness.pass('3 hours');
    await harness.until(clientId, ({ grant: open }) => open === null);
    expect(await refusal(harness.update(clientId, messages.changeGrant, change))).toMatchObject({
      type: 'credit_not_open',
    });
    const cancel = { requestId: 'c2', grantId: '999', reason: 'none', actor: tester };
    expect(await refusal(harness.update(clientId, messages.cancelGrant, cancel))).toMatchObject({ type: 'not_found' });
  });
});
