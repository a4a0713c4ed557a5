import { deliverActivities } from '../../../src/activities/notifications/deliver.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import type { ChannelFormat } from '../../../src/domain/notifications/channels.js';
import { beginAttempt, markTransmitted, reopenDelivery } from '../../../src/storage/notifications/deliveries.js';
import { channelAccess as channels, insertChannel } from '../../support/data/channels.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import {
  client,
  database,
  deliver,
  inputOf,
  mail,
  newClient,
  rows,
  statusOf,
  useDelivery,
} from '../../support/notifications/delivering.js';
import { startReceiver, type Receiver } from '../../support/webhooks/receiver.js';
import { MockActivityEnvironment } from '@temporalio/testing';

/** Deliveries through channels, to a real HTTP peer. */

useDelivery();

const phone = '+380501234567';
let receiver: Receiver;
/** number of the latest channel: its name is `NOC` with it */
let made = 0;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver?.stop());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = (response) => void response.writeHead(200).end('ok');
});

async function newChannel(format: ChannelFormat, url = receiver.url): Promise<string> {
  const { id, name } = await insertChannel(database.sql, format, url);
  made = Number(name.replace('NOC ', ''));
  return id;
}

/** A client whose rule notifies its billing email and these channels. */
async function clientWith(...recipients: readonly { channelId: string; address: string | null }[]): Promise<string> {
  const clientId = await newClient();
  await database.sql`
    update profile_rules set channels = ${database.sql.json(recipients.map((one) => ({ ...one })))}
    where profile_id = (select profile_id from clients where id = ${clientId}) and key = 'client'`;
  return clientId;
}

const send = (clientId: string): Promise<DeliveryOutcome> => deliver(inputOf(clientId), { channels });
const refusedForNow = { type: 'email_refused', nonRetryable: false };

async function attemptsOf(clientId: string): Promise<string[]> {
  const found = await database.sql<{ line: string }[]>`
    select format('%s %s %s', a.outcome, coalesce(a.code::text, '-'), a.reply) as line
    from delivery_attempts a join deliveries d on d.id = a.delivery_id join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} and d.channel_id is not null order by d.position, a.attempt`;
  return found.map(({ line }) => line);
}

async function skipWait(clientId: string): Promise<void> {
  await database.sql`
    update deliveries set not_before = now() where notification_id in (
      select id from notifications where client_id = ${clientId})`;
}

test('each recipient of a channel has its own delivery besides the email, and the notification is one', async () => {
  const slack = await newChannel('slack_webhook');
  const sms = await newChannel('sms_json');
  const clientId = await clientWith(
    { channelId: slack, address: null },
    { channelId: sms, address: phone },
    { channelId: sms, address: '+380501234568' },
  );
  await database.sql`update clients set name = 'A&B' where id = ${clientId}`;
  expect(await send(clientId)).toBe('accepted');
  expect(await rows(clientId)).toEqual([
    `${client} accepted 1`,
    `NOC ${made - 1} accepted 1`,
    `${phone} accepted 1`,
    '+380501234568 accepted 1',
  ]);
  expect(mail.taken.map(({ to }) => to)).toEqual([[client]]);
  const bodies = receiver.received.map(({ body }) => body);
  const text = /^A&(amp;)?B: 40\.00 USD available, below the threshold of 50\.00 USD\. Notice 1 of 2\.$/;
  expect(bodies.find(({ blocks }) => blocks).blocks[1].text.text).toMatch(text);
  expect(bodies.find(({ to }) => to === phone)).toMatchObject({ from: 'Lowwater', text: expect.stringMatching(text) });
  const keys = receiver.received.map(({ headers }) => headers['idempotency-key']).filter(Boolean);
  expect(new Set(keys).size).toBe(2);
});

test('the reseller reads in its language', async () => {
  const clientId = await clientWith({ channelId: await newChannel('sms_json'), address: phone });
  await database.sql`update resellers set locale = 'uk' where id = 1`;
  await send(clientId);
  await database.sql`update resellers set locale = 'en' where id = 1`;
  expect(receiver.received[0]?.body.text).toMatch(/: доступно 40,00 USD, нижче порога 50,00 USD. Сповіщення 1 з 2\.$/);
});

test('a channel that is down keeps no email back, is retried alone, and both count as one', async () => {
  const clientId = await clientWith({ channelId: await newChannel('slack_webhook'), address: null });
  receiver.answer = (response) => void response.writeHead(503).end('busy');
  await expect(send(clientId)).rejects.toMatchObject(refusedForNow);
  expect(await statusOf(clientId)).toBe('retrying');
  receiver.answer = (response) => void response.writeHead(200).end('ok');
  expect(await send(clientId)).toBe('accepted');
  expect(await rows(clientId)).toEqual([`${client} accepted 1`, `NOC ${made} accepted 2`]);
  expect(mail.taken).toHaveLength(1);
  expect(await attemptsOf(clientId)).toEqual(['refused 503 status 503: busy', 'accepted 200 status 200: ok']);
});

test('a receiver that asks to wait is not asked before', async () => {
  const clientId = await clientWith({ channelId: await newChannel('slack_webhook'), address: null });
  receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '600' }).end();
  await expect(send(clientId)).rejects.toMatchObject(refusedForNow);
  receiver.answer = (response) => void response.writeHead(200).end('ok');
  await expect(send(clientId)).rejects.toMatchObject(refusedForNow);
  expect(receiver.received).toHaveLength(1);
  const [row] = await database.sql<{ waits: boolean }[]>`
    select next_attempt_at >= now() + interval '590 seconds' as waits
    from deliveries where status = 'retrying' order by id desc limit 1`;
  expect(row).toEqual({ waits: true });
  await skipWait(clientId);
  expect(await send(clientId)).toBe('accepted');
});

test.each([
  ['404', 404, 'rejected'],
  ['a redirect, which is not followed', 302, 'redirects are not followed'],
])('%s is final', async (_, status, why) => {
  const clientId = await clientWith({ channelId: await newChannel('teams_workflow'), address: null });
  receiver.answer = (response) => void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('rejected');
  expect(await send(clientId)).toBe('accepted');
  expect(await rows(clientId)).toEqual([`${client} accepted 1`, `NOC ${made} failed 1`]);
  expect((await attemptsOf(clientId))[0]).toContain(why);
});

test.each(['slack_webhook', 'sms_twilio'] as const)(
  'a call of %s without an answer may have arrived, and is not sent twice',
  async (format) => {
    const address = format === 'sms_twilio' ? phone : null;
    const clientId = await clientWith({ channelId: await newChannel(format), address });
    receiver.answer = () => undefined;
    expect(await send(clientId)).toBe('accepted');
    expect(await send(clientId)).toBe('accepted');
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${address ?? `NOC ${made}`} uncertain 1`]);
    expect(receiver.received).toHaveLength(1);
  },
);

test('with an idempotency key it is repeated under the same key', async () => {
  const clientId = await clientWith({ channelId: await newChannel('sms_json'), address: phone });
  receiver.answer = () => undefined;
  await expect(send(clientId)).rejects.toMatchObject(refusedForNow);
  receiver.answer = (response) => void response.writeHead(200).end();
  expect(await send(clientId)).toBe('accepted');
  const [first, second] = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(second).toBe(first);
  expect(await rows(clientId)).toContain(`${phone} accepted 2`);
});

test('one that was not answered until its time was over is uncertain, not failed', async () => {
  const clientId = await clientWith({ channelId: await newChannel('sms_json'), address: phone });
  receiver.answer = () => undefined;
  mail.modes.set(client, 'refuse-permanent');
  await expect(send(clientId)).rejects.toMatchObject(refusedForNow);
  const { abandonNotification } = deliverActivities(testDeps(database.sql, { mail, channels }));
  const key = { clientId, rule: 'client', episode: 1, number: 1 };
  const ended = await new MockActivityEnvironment().run(abandonNotification, {
    ...key,
    why: 'time_over' as const,
  });
  expect(ended).toBe('uncertain');
});

test('a worker that died between request and answer leaves it uncertain, or repeats it under its key', async () => {
  for (const [format, address, end] of [
    ['slack_webhook', null, 'uncertain 2'],
    ['sms_json', phone, 'accepted 3'],
  ] as const) {
    const clientId = await clientWith({ channelId: await newChannel(format), address });
    // Without a key of the secrets it is refused for now.
    await expect(deliver(inputOf(clientId), { channels: null })).rejects.toMatchObject(refusedForNow);
    const [row] = await database.sql<{ id: string }[]>`
      select d.id from deliveries d join notifications n on n.id = d.notification_id
      where n.client_id = ${clientId} and d.channel_id is not null`;
    const { id, attempts } = (await beginAttempt(database.sql, row?.id ?? '')) ?? { id: '', attempts: 0 };
    expect(await markTransmitted(database.sql, id, attempts)).toBe(true);
    const first = send(clientId);
    if (format === 'sms_json') {
      await expect(first).rejects.toMatchObject(refusedForNow);
      await send(clientId);
    } else expect(await first).toBe('accepted');
    expect((await rows(clientId))[1]).toContain(end);
  }
});

test('what a person resends has a key of its own', async () => {
  const clientId = await clientWith({ channelId: await newChannel('sms_json'), address: phone });
  await send(clientId);
  const [row] = await database.sql<{ id: string }[]>`
    select d.id from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} and d.channel_id is not null`;
  expect(await reopenDelivery(database.sql, row?.id ?? '')).toBe(true);
  const { resendDelivery } = deliverActivities(testDeps(database.sql, { mail, channels }));
  const again = () => resendDelivery({ deliveryId: row?.id ?? '', requestedBy: 'key:1' });
  expect(await new MockActivityEnvironment().run(again)).toEqual({ outcome: 'accepted' });
  const [first, second] = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(second).toBe(`${first}#1`);
});

test('a disabled channel is no recipient; one that is disabled or deleted before it was sent fails', async () => {
  const disabled = await newChannel('slack_webhook');
  const clientId = await clientWith({ channelId: disabled, address: null });
  await database.sql`update notification_channels set enabled = false where id = ${disabled}`;
  expect(await send(clientId)).toBe('accepted');
  expect(await rows(clientId)).toEqual([`${client} accepted 1`]);
  for (const [change, why] of [
    [database.sql`update notification_channels set enabled = false where name = 'Late'`, 'the channel is disabled'],
    [database.sql`delete from notification_channels where name = 'Late'`, 'the channel was deleted'],
  ] as const) {
    const late = await newChannel('slack_webhook');
    await database.sql`update notification_channels set name = 'Off' where name = 'Late'`;
    await database.sql`update notification_channels set name = 'Late' where id = ${late}`;
    const lateClient = await clientWith({ channelId: late, address: null });
    await expect(deliver(inputOf(lateClient), { channels: null })).rejects.toMatchObject(refusedForNow);
    await change;
    expect(await send(lateClient)).toBe('accepted');
    expect((await attemptsOf(lateClient)).at(-1)).toBe(`refused_for_good - ${why}`);
  }
});

test('an address that is not public is refused, and no reply holds a secret', async () => {
  const local = await clientWith({
    channelId: await newChannel('slack_webhook', 'https://10.0.0.1/hook'),
    address: null,
  });
  await send(local);
  expect((await attemptsOf(local))[0]).toMatch(/^refused_for_good - the URL must have a public host/);
  const url = `${receiver.url}/services/T0001/SECRETPARTOFTHEURL`;
  const echoed = await clientWith({ channelId: await newChannel('sms_json', url), address: phone });
  receiver.answer = (response, { path, headers }) =>
    void response.writeHead(400).end(`${path} ${headers.authorization} is wrong`);
  await send(echoed);
  expect(await attemptsOf(echoed)).toEqual(['refused_for_good 400 status 400: *** Bearer *** is wrong']);
});
