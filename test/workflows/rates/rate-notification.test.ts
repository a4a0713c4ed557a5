import { startRateNotificationStarter } from '../../../src/activities/rates/rate-notification-starter.js';
import { rateNotificationWorkflowId } from '../../../src/contract/ids.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { createAgreement } from '../../../src/services/rates/agreements/agreements.js';
import { sendRates } from '../../../src/services/rates/notifications/send-rates.js';
import { createTableRate, updateRate } from '../../../src/services/rates/tables/table-rates.js';
import { createRateTable } from '../../../src/services/rates/tables/rate-tables.js';
import { noTerm } from '../../../src/domain/rates/agreements/agreement.js';
import { dayMs } from '../../../src/domain/durations.js';
import {
  readRateNotifications,
  type RateNotificationRow,
} from '../../../src/storage/rates/notifications/rate-notification-list.js';
import { operatorId } from '../../support/data/clients.js';
import { requesterAt } from '../../support/data/requester.js';
import { startMonitorHarness, type MonitorHarness } from '../../support/monitoring/monitor-harness.js';

/** The workflow that notifies a client of new rates, on the time-skipping server: one email, whatever fails. */
jest.setTimeout(120_000);

let harness: MonitorHarness;
let starter: Awaited<ReturnType<typeof startRateNotificationStarter>>;

beforeAll(async () => {
  harness = await startMonitorHarness({ cachedWorkflows: 0 });
  starter = await startRateNotificationStarter({ sql: harness.sql, actions: harness.deps.actions, logger: nullLogger });
}, 60_000);
afterAll(async () => {
  await starter?.stop();
  await harness?.stop();
});
beforeEach(() => {
  harness.mail.mode = 'accept';
});

let count = 0;

interface Subscriber {
  readonly id: string;
  readonly tableId: string;
  readonly email: string;
}

/** A client with its own table, and how the client is notified of the rates. */
async function subscriber(
  fields: { readonly type?: 'all' | 'changed'; readonly isWeekly?: boolean } = {},
): Promise<Subscriber> {
  const name = `Rates ${(count += 1)}`;
  const requester = requesterAt(harness.sql, await harness.now());
  const terms = {
    new: noTerm,
    increased: noTerm,
    decreased: noTerm,
    unchanged: noTerm,
    closed: noTerm,
  };
  const schedule = { notificationDays: { mode: 'weekly', days: [1] }, hour: 9, timezone: 'UTC' } as const;
  const agreement = fields.isWeekly
    ? await createAgreement(requester, { resellerId: operatorId, name, ...schedule, terms }, null)
    : null;
  const owned = { resellerId: operatorId, name, currency: 'USD', timezone: 'UTC', notes: null };
  const table = await createRateTable(requester, { ...owned, agreementId: agreement?.id ?? null }, null);
  const id = await harness.createClient({ profile: null });
  const email = `rates-${count}@client.example`;
  await harness.sql`
    update clients set rate_notification = true, rate_notification_type = ${fields.type ?? 'all'},
      rate_notification_format = 'csv', rates_email = ${email}, termination_rate_table_id = ${table.id}
    where id = ${id}`;
  return { id, tableId: table.id, email };
}

async function addRate({ tableId }: Subscriber, code: string, rate: string, daysAhead: number): Promise<string> {
  const now = await harness.now();
  const fields = {
    ...{ code, codeName: null, rate, effectiveFrom: new Date(now + daysAhead * dayMs), endsAt: null, notes: null },
    ...{ minVolume: 1, interval: 1, graceVolume: 0, setupFee: '0', timeProfile: 'all', tags: [] },
    ...({ policy: 'regular', status: 'active' } as const),
  };
  return (await createTableRate(requesterAt(harness.sql, now), tableId, fields, null)).id;
}

async function changeRate(id: string, rate: string): Promise<void> {
  const requester = requesterAt(harness.sql, await harness.now());
  await updateRate(requester, id, { patch: { rate }, reason: null, isConfirmed: true }, () => undefined);
}

async function notifications({ id }: Subscriber): Promise<RateNotificationRow[]> {
  const ids = await harness.sql<
    { id: string }[]
  >`select id from rate_notifications where client_id = ${id} order by id`;
  return readRateNotifications(
    harness.sql,
    operatorId,
    ids.map((row) => row.id),
  );
}

const mails = ({ email }: Subscriber) => harness.mail.taken.filter(({ to }) => to[0] === email);

/** Lets time pass until the notifications of a client are in these states, and their workflows have ended. */
async function passUntil(client: Subscriber, ...states: readonly string[]): Promise<RateNotificationRow[]> {
  for (let step = 0; step < 60; step += 1) {
    const rows = await notifications(client);
    if (rows.map(({ state }) => state).join() === states.join()) return rows;
    await harness.pass('5 minutes');
  }
  throw new Error(`states are ${(await notifications(client)).map(({ state }) => state).join()}`);
}

const workflowOf = (row: RateNotificationRow | undefined): string => rateNotificationWorkflowId(row?.id ?? '');

const hasEnded = (id: string): Promise<unknown> =>
  harness.eventually(
    () => harness.env.client.workflow.getHandle(rateNotificationWorkflowId(id)).describe(),
    ({ status }) => status.name === 'COMPLETED',
  );

test('new rates are announced 15 minutes after the last change, in one email with its file, and the next ones as they differ from it', async () => {
  const client = await subscriber({ type: 'changed' });
  await addRate(client, '380', '1', -1);
  await addRate(client, '48', '2', 7);
  const [first] = await passUntil(client, 'accepted');
  expect(first).toMatchObject({
    ...{ kind: 'scheduled', type: 'changed', format: 'csv', recipient: client.email },
    counts: { total: 1, new: 1, unchanged: 0 },
  });
  expect((first?.composedAt?.getTime() ?? 0) - (first?.changedAt.getTime() ?? 0)).toBeGreaterThanOrEqual(15 * 60_000);
  const [mail] = mails(client);
  expect(mail?.attachments.map(({ name }) => name)).toEqual([first?.files[0]?.fileName]);
  expect(mail?.attachments[0]?.content.toString()).toContain('\r\n48,');
  expect(mail?.subject).toContain('Changed rates');
  await hasEnded(first?.id ?? '');

  await addRate(client, '48', '3', 14);
  const [, second] = await passUntil(client, 'accepted', 'accepted');
  expect(second?.referenceAt).toEqual(first?.composedAt);
  expect(mails(client)[1]?.attachments[0]?.content.toString()).toContain('increased (1.0000)');
  expect((second?.composedAt?.getTime() ?? 0) - (first?.composedAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  expect(new Set(mails(client).map(({ messageId }) => messageId)).size).toBe(2);
});

test('with an agreement rates are announced on its day, and without changed rates no email is sent', async () => {
  const client = await subscriber({ type: 'changed', isWeekly: true });
  await addRate(client, '380', '1', -1);
  const [waiting] = await notifications(client);
  expect([waiting?.state, waiting?.dueAt.getUTCDay(), waiting?.dueAt.getUTCHours()]).toEqual(['scheduled', 1, 9]);
  await addRate(client, '49', '1', -1);
  expect((await notifications(client)).map(({ dueAt }) => dueAt)).toEqual([waiting?.dueAt]);
  await harness.pass('8 days');
  const [row] = await passUntil(client, 'skipped');
  expect(row?.skipReason).toBe('nothing_to_send');
  expect(mails(client)).toEqual([]);
});

test('a forced one is sent at once, and moves neither the last notification nor the scheduled one', async () => {
  const client = await subscriber({ isWeekly: false });
  await addRate(client, '380', '1', 1);
  const [waiting] = await notifications(client);
  const requester = requesterAt(harness.sql, await harness.now());
  const { ids } = await sendRates(requester, {
    ...{ rateTableId: client.tableId, kind: 'forced', clientId: client.id, reason: null },
  });
  const [scheduled, forced] = await harness.eventually(
    () => notifications(client),
    (rows) => rows.some(({ kind, state }) => kind === 'forced' && state === 'accepted'),
  );
  expect(ids).toEqual([forced?.id]);
  expect([scheduled?.state, scheduled?.dueAt]).toEqual(['scheduled', waiting?.dueAt]);
  const [, , after] = [...(await passUntil(client, 'accepted', 'accepted')), null];
  expect(after).toBeNull();
  const rows = await notifications(client);
  expect(rows[0]?.referenceAt).toEqual(rows[0]?.composedAt);
  expect(mails(client)).toHaveLength(2);
});

test('a correction sends announced rates that were changed later', async () => {
  const client = await subscriber();
  await addRate(client, '380', '1', -2);
  const id = await addRate(client, '380', '2', -1);
  await passUntil(client, 'accepted');
  // Rows have the time of the database, which is real: the server has skipped ahead of it.
  await changeRate(id, '3');
  await harness.sql`update table_rates set updated_at = ${new Date((await harness.now()) + 1000)} where id = ${id}`;
  const requester = requesterAt(harness.sql, await harness.now());
  await sendRates(requester, { rateTableId: client.tableId, kind: 'correction', clientId: client.id, reason: null });
  await harness.eventually(
    () => Promise.resolve(mails(client)),
    (taken) => taken.some(({ subject }) => subject.includes('Corrected rates')),
  );
  const corrected = mails(client).find(({ subject }) => subject.includes('Corrected rates'));
  expect(corrected?.attachments[0]?.content.toString()).toContain('increased (2.0000)');
});

test('a worker that dies between the file and the email sends one email, with the file that was kept', async () => {
  const client = await subscriber();
  await addRate(client, '380', '1', -1);
  const [waiting] = await notifications(client);
  await harness.eventually(
    () => harness.sql`select 1 from rate_notifications where id = ${waiting?.id ?? ''} and woken_at is not null`,
    (rows) => rows.length === 1,
  );
  const gate = harness.gates.arm('deliverRateNotification', 'before', workflowOf(waiting));
  // More would end the heartbeat of the held activity.
  await harness.pass('15 minutes');
  await gate.reached;
  const [kept] = await notifications(client);
  expect(kept?.files).toHaveLength(1);
  expect(mails(client)).toEqual([]);
  const stopping = harness.stopWorkers();
  gate.break();
  await stopping;
  await changeRateOf(client);
  await harness.startWorkers();
  await harness.eventually(
    () => Promise.resolve(mails(client)),
    (taken) => taken.length > 0,
  );
  expect(mails(client)).toHaveLength(1);
  expect(mails(client)[0]?.attachments[0]?.content.toString()).toMatch(/\r\n380,,[^,]*,1,/);
});

/** What is changed after the file was made is announced by the next one. */
async function changeRateOf({ tableId }: Subscriber): Promise<void> {
  const [row] = await harness.sql<
    { id: string }[]
  >`select id from table_rates where rate_table_id = ${tableId} limit 1`;
  await changeRate(row?.id ?? '', '9');
}

test('a worker that dies when the email is sent, before it says so, sends no second one', async () => {
  const client = await subscriber();
  await addRate(client, '380', '1', -1);
  const [waiting] = await notifications(client);
  const gate = harness.gates.arm('deliverRateNotification', 'after', workflowOf(waiting));
  await harness.pass('15 minutes');
  await gate.reached;
  const stopping = harness.stopWorkers();
  gate.break();
  await stopping;
  await harness.startWorkers();
  const [row] = await passUntil(client, 'accepted');
  await hasEnded(row?.id ?? '');
  expect(mails(client)).toHaveLength(1);
});

test('a mail server that is down delays the email, and one that refuses it for good moves no last notification', async () => {
  const client = await subscriber();
  harness.mail.mode = 'refuse';
  await addRate(client, '380', '1', -1);
  await harness.pass('20 minutes');
  await harness.eventually(
    () => notifications(client),
    ([row]) => row?.state === 'retrying',
  );
  harness.mail.mode = 'accept';
  const [row] = await passUntil(client, 'accepted');
  await hasEnded(row?.id ?? '');
  expect(mails(client)).toHaveLength(1);

  harness.mail.mode = 'refuse-permanent';
  await addRate(client, '48', '1', -1);
  await passUntil(client, 'accepted', 'failed');
  harness.mail.mode = 'accept';
  await addRate(client, '49', '1', -1);
  const [first, second, third] = await passUntil(client, 'accepted', 'failed', 'accepted');
  expect(third?.referenceAt).toEqual(first?.composedAt);
  await hasEnded(third?.id ?? '');
  const events = await harness.sql`
    select subject_id, times, data ->> 'reason' as reason, resolved_at is not null as resolved, resolved_by
    from events where kind = 'rate_notification.failed' and client_id = ${client.id}`;
  expect(events).toEqual([
    {
      ...{ subject_id: second?.id, times: 1, resolved: true, resolved_by: 'system' },
      reason: expect.stringMatching(/^the mail server refused the email with 5\d\d$/),
    },
  ]);
});
