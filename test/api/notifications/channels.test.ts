import { randomBytes } from 'node:crypto';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { insertNotification } from '../../support/data/notifications.js';
import { startReceiver, type Receiver } from '../../support/webhooks/receiver.js';

/** Channels, the profiles that notify them, and their deliveries, as callers see them. */

let api: TestApi;
let receiver: Receiver;
const phone = '+380501234567';
const secretPart = 'SECRETPARTOFTHEURL';

beforeAll(async () => {
  const SECRET_KEY = randomBytes(32).toString('base64');
  api = await startTestApi({ SECRET_KEY, WEBHOOK_ALLOW_LOOPBACK: 'true' });
  receiver = await startReceiver();
}, 60_000);
afterAll(async () => {
  await receiver?.stop();
  await api?.stop();
});

let names = 0;

async function channel(fields: object = {}, key?: string): Promise<Reply['body']> {
  const url = `${receiver.url}/${secretPart}`;
  const body = { name: `NOC ${++names}`, format: 'slack_webhook', url, ...fields };
  const reply = await api.post('/v1/notification-channels', body, key === undefined ? {} : { key });
  expect(reply).toHaveStatus(201);
  return reply.body;
}

const change = (id: string, body: object): Promise<Reply> =>
  api.call('PATCH', `/v1/notification-channels/${id}`, body, { headers: { 'If-Match': '*' } });
const remove = (id: string): Promise<Reply> =>
  api.call('DELETE', `/v1/notification-channels/${id}`, undefined, { headers: { 'If-Match': '*' } });

async function profile(channels: readonly object[], fields: object = {}): Promise<Reply> {
  const rule = { threshold: '50.00', notifyClient: false, channels };
  return api.post('/v1/profiles', { name: `profile ${++names}`, currency: 'USD', clientRule: rule, ...fields });
}

test('a channel is created, changed, and deleted, and never shows its address or token', async () => {
  const fields = { format: 'sms_json', token: 'token-of-the-gateway', sender: 'Lowwater' };
  const made = await channel(fields);
  expect(made).toMatchObject({
    ...{ kind: 'sms', format: 'sms_json', host: new URL(receiver.url).host, sender: 'Lowwater', hasToken: true },
    ...{ enabled: true, profiles: 0, companies: 0, version: 1 },
  });
  const read = await api.get(`/v1/notification-channels/${made.id}`);
  expect(read.body).toEqual(made);
  const changed = await change(made.id, { name: 'Gateway', token: '', enabled: false });
  expect(changed.body).toMatchObject({ name: 'Gateway', hasToken: false, enabled: false, version: 2 });
  const list = await api.get('/v1/notification-channels?kind=sms&enabled=false&q=gate');
  expect(list.body.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
  const named = await api.get(`/v1/notification-channels?id=${made.id},999999`);
  expect(named.body.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
  expect((await api.get('/v1/notification-channels?id=x')).body.errors[0].pointer).toBe('#/query/id');
  const audit = await api.get(`/v1/audit?subjectType=notification_channel&subjectId=${made.id}`);
  expect(audit.body.data.map(({ action }: { action: string }) => action)).toEqual([
    'notification_channel.update',
    'notification_channel.create',
  ]);
  for (const { text } of [read, changed, list, audit]) expect(text).not.toMatch(/SECRETPART|token-of/);
  const [row] = await api.sql<{ secrets: Buffer }[]>`select secrets from notification_channels where id = ${made.id}`;
  expect(row?.secrets.toString('latin1')).not.toMatch(/SECRETPART|token-of/);
  expect(await remove(made.id)).toHaveStatus(204);
  expect(await api.get(`/v1/notification-channels/${made.id}`)).toHaveStatus(404);
});

test.each([
  ['no address', { format: 'slack_webhook', url: undefined }, '#/url'],
  ['a private address', { url: 'https://10.0.0.1/hook' }, '#/url'],
  ['a token where there is none', { token: 'x' }, '#/token'],
  ['no account', { format: 'sms_twilio', token: 't', sender: '+15017122661' }, '#/account'],
  ['no sender', { format: 'sms_twilio', token: 't', account: 'AC1' }, '#/sender'],
  ['a token with a line break', { format: 'sms_json', token: 'a\nb' }, '#/token'],
  ['an unknown format', { format: 'pigeon' }, '#/format'],
])('%s is refused at its place', async (_, fields, pointer) => {
  const body = { name: 'Refused', format: 'slack_webhook', url: `${receiver.url}/x`, ...fields };
  const reply = await api.post('/v1/notification-channels', body);
  expect(reply.status).toBe(400);
  expect(reply.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
});

test('names are unique within a reseller, and a kept token goes to no other host', async () => {
  const { name } = await channel();
  const again = await api.post('/v1/notification-channels', { name, format: 'slack_webhook', url: receiver.url });
  expect(again).toBeProblem(409, 'already_exists');
  const { id } = await channel({ format: 'sms_json', token: 'token' });
  const moved = await change(id, { url: 'https://93.184.216.34/x' });
  expect(moved.body.errors[0].pointer).toBe('#/token');
  expect(await change(id, { url: 'https://93.184.216.34/x', token: 'other' })).toHaveStatus(200);
});

test('a test message shows what the receiver answered, without the secret', async () => {
  const { id } = await channel();
  const test = (body: object = {}): Promise<Reply> => api.post(`/v1/notification-channels/${id}/test`, body);
  receiver.answer = (response) => void response.writeHead(200).end('ok');
  const fine = await test();
  expect(fine.body).toMatchObject({ outcome: 'accepted', status: 200, reply: 'status 200: ok' });
  expect(receiver.received.at(-1)?.body.blocks[0].text.text).toBe('Lowwater test');
  receiver.answer = (response, { path }) => void response.writeHead(404).end(`no_service ${path}`);
  expect((await test()).body).toMatchObject({ outcome: 'rejected', status: 404, reply: 'status 404: no_service ***' });
  receiver.answer = (response) => void response.writeHead(429).end();
  expect((await test()).body).toMatchObject({ outcome: 'deferred', status: 429 });
  expect((await test({ address: phone })).body.errors[0].pointer).toBe('#/address');
  const sms = await channel({ format: 'sms_json' });
  const wrong = await api.post(`/v1/notification-channels/${sms.id}/test`, { address: '0501234567' });
  expect(wrong.body.errors[0].pointer).toBe('#/address');
  receiver.answer = (response) => void response.writeHead(200).end('queued');
  const before = receiver.received.length;
  const send = (): Promise<Reply> =>
    api.call(
      'POST',
      `/v1/notification-channels/${sms.id}/test`,
      { address: phone },
      { headers: { 'Idempotency-Key': 'k1' } },
    );
  const [first, repeated] = [await send(), await send()];
  expect([first.body.reply, repeated.body]).toEqual(['status 200: queued', first.body]);
  expect(receiver.received.slice(before).map(({ body }) => body)).toMatchObject([
    { to: phone, id: expect.stringMatching(/^test-[0-9a-f]{32}$/) },
  ]);
  const audit = await api.get(
    `/v1/audit?subjectType=notification_channel&subjectId=${id}&action=notification_channel.test`,
  );
  expect(audit.body.data).toHaveLength(3);
});

test('rules of a profile notify channels; each bad recipient has its pointer', async () => {
  const slack = await channel();
  const sms = await channel({ format: 'sms_json' });
  const recipients = [
    { channelId: slack.id, address: null },
    { channelId: sms.id, address: phone },
  ];
  const made = await profile([{ channelId: slack.id }, recipients[1] ?? {}]);
  expect(made).toHaveStatus(201);
  expect(made.body.clientRule.channels).toEqual(recipients);
  expect(made.body.warnings).toEqual([]);
  expect((await api.get(`/v1/notification-channels/${slack.id}`)).body.profiles).toBe(1);
  for (const [bad, pointer] of [
    [{ channelId: '999999' }, '/clientRule/channels/0/channelId'],
    [{ channelId: slack.id, address: phone }, '/clientRule/channels/0/address'],
    [{ channelId: sms.id }, '/clientRule/channels/0/address'],
    [{ channelId: sms.id, address: '0501234567' }, '/clientRule/channels/0/address'],
  ] as const) {
    const reply = await profile([bad]);
    expect([reply.status >= 400, reply.body.errors[0].pointer]).toEqual([true, `#${pointer}`]);
  }
  const naming = await api.get(`/v1/profiles?channelId=${slack.id}`);
  expect(naming.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
  expect((await api.get('/v1/profiles?channelId=999999')).body.data).toEqual([]);
  const twice = await profile([{ channelId: slack.id }, { channelId: slack.id }]);
  expect(twice.body.errors[0].pointer).toBe('#/clientRule/channels/1');
  const used = await remove(slack.id);
  expect(used).toBeProblem(409, 'in_use');
  expect(used.body.detail).toContain(`"${made.body.name}"`);

  const client = await api.post('/v1/clients', { name: 'A', currency: 'USD', profileId: made.body.id });
  api.temporal.down = true;
  const explained = async (): Promise<Reply['body']> =>
    (await api.get(`/v1/clients/${client.body.id}/explain`)).body.rules.find(
      ({ key }: { key: string }) => key === 'client',
    );
  const texts = [`${slack.name} (Slack)`, `${sms.name} (SMS): ${phone}`];
  expect((await explained()).recipients).toEqual(texts);
  expect((await explained()).resolvedRecipients).toMatchObject([
    { role: 'channel', name: slack.name, email: null, channel: { id: slack.id, kind: 'slack', usable: true } },
    { role: 'channel', channel: { kind: 'sms', address: phone, usable: true } },
  ]);
  await api.sql`delete from outbox`;
  await change(slack.id, { enabled: false });
  expect((await explained()).recipients).toEqual(texts.slice(1));
  const signaled = await api.sql`select kind from outbox where client_id = ${client.body.id}`;
  expect(signaled.map(({ kind }) => kind)).toEqual(['configurationChanged']);
});

test('profiles of sub-resellers notify the channels of those above, not the other way round', async () => {
  const reseller = await api.reseller('below');
  const key = await api.makeKey({ resellerId: reseller, scopes: ['*'] });
  const above = await channel();
  const below = await channel({}, key);
  const usable = await api.get(`/v1/notification-channels?usableBy=${reseller}`, { key });
  const ids = usable.body.data.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining([above.id, below.id]));
  expect(await api.get(`/v1/notification-channels/${above.id}`, { key })).toHaveStatus(404);
  const own = { name: 'own', currency: 'USD', clientRule: { threshold: '1', channels: [{ channelId: above.id }] } };
  const made = await api.post('/v1/profiles', own, { key });
  expect(made).toHaveStatus(201);
  expect((await profile([{ channelId: below.id }])).body.errors[0].pointer).toBe('#/clientRule/channels/0/channelId');
  expect(await remove(above.id)).toBeProblem(409, 'in_use');
});

test('sides of companies notify channels besides their addresses, or alone, and name what they use', async () => {
  const slack = await channel();
  const sms = await channel({ format: 'sms_json' });
  const company = (their: object, key?: string): Promise<Reply> => {
    const body = { name: `Carrier ${++names}`, currency: 'USD', their: { enabled: true, threshold: '10', ...their } };
    return api.post('/v1/companies', body, key === undefined ? {} : { key });
  };
  const made = await company({ alarmChannels: [{ channelId: slack.id }, { channelId: sms.id, address: phone }] });
  expect(made).toHaveStatus(201);
  const alarmChannels = [
    { channelId: slack.id, address: null, isUsable: true },
    { channelId: sms.id, address: phone, isUsable: true },
  ];
  expect(made.body.their).toMatchObject({ alarmEmails: [], alarmChannels });
  expect((await api.get(`/v1/companies/${made.body.id}`)).body.their.alarmChannels).toEqual(alarmChannels);
  for (const [bad, pointer] of [
    [{ channelId: '999999' }, '/alarmChannels/0/channelId'],
    [{ channelId: slack.id, address: phone }, '/alarmChannels/0/address'],
    [{ channelId: sms.id }, '/alarmChannels/0/address'],
    [{ channelId: sms.id, address: '0501234567' }, '/alarmChannels/0/address'],
  ] as const) {
    const reply = await company({ alarmChannels: [bad] });
    expect([reply.status >= 400, reply.body.errors[0].pointer]).toEqual([true, `#/their${pointer}`]);
  }
  expect(await company({})).toBeProblem(400, 'invalid', '#/their/alarmEmails');
  const key = await api.makeKey({ resellerId: await api.reseller('of companies'), scopes: ['*'] });
  const foreign = await channel({}, key);
  const hidden = await company({ alarmChannels: [{ channelId: foreign.id }] });
  expect(hidden.body.errors[0].pointer).toBe('#/their/alarmChannels/0/channelId');
  const above = await company({ alarmChannels: [{ channelId: slack.id }] }, key);
  expect(above).toHaveStatus(201);

  expect((await api.get(`/v1/notification-channels/${slack.id}`)).body).toMatchObject({ profiles: 0, companies: 2 });
  const used = await remove(slack.id);
  expect(used).toBeProblem(409, 'in_use');
  expect(used.body.detail).toContain(`companies "${made.body.name}", "${above.body.name}" notify this channel`);
  await change(slack.id, { enabled: false });
  const read = (await api.get(`/v1/companies/${made.body.id}`)).body;
  expect(read.their.alarmChannels[0].isUsable).toBe(false);
  // What a company names already may stay, also when it cannot be notified now.
  const patch = (id: string, body: object, as?: string): Promise<Reply> =>
    api.call('PATCH', `/v1/companies/${id}`, body, {
      headers: { 'If-Match': '*' },
      ...(as !== undefined && { key: as }),
    });
  expect(await patch(made.body.id, { their: { threshold: '20' } })).toHaveStatus(200);
  const less = await patch(made.body.id, { their: { alarmChannels: [] } });
  expect(less).toBeProblem(400, 'invalid', '#/their/alarmEmails');
  const audit = await api.get(`/v1/audit?subjectType=company&subjectId=${made.body.id}&action=company.create`);
  expect(audit.body.data[0].after.their.alarmChannels).toEqual(
    alarmChannels.map(({ channelId, address }) => ({ channelId, address })),
  );
  await patch(made.body.id, { their: { alarmEmails: ['a@b.example'], alarmChannels: [] } });
  await api.call('DELETE', `/v1/companies/${above.body.id}`, undefined, { headers: { 'If-Match': '*' } });
  expect(await remove(slack.id)).toHaveStatus(204);
});

test('deliveries of channels are listed, filtered, and have no HTML', async () => {
  const { id: clientId } = (await api.post('/v1/clients', { name: 'B', currency: 'USD' })).body;
  const wish = { clientId, to: ['a@b.example', 'NOC', phone], status: ['accepted', 'failed', 'accepted'] as const };
  const stored = await insertNotification(api.sql, wish);
  const [, slack = '', sms = ''] = stored.deliveries;
  await api.sql`
    update deliveries set channel_id = 71, channel_name = 'NOC', channel_format = 'slack_webhook' where id = ${slack}`;
  await api.sql`
    update deliveries set channel_id = 72, channel_name = 'Gateway', channel_format = 'sms_twilio' where id = ${sms}`;
  const { body } = await api.get(`/v1/notifications/${stored.id}`);
  expect(body.to).toEqual(['a@b.example', 'NOC (Slack)', `Gateway (SMS): ${phone}`]);
  expect(body.acceptedFor).toEqual(['a@b.example', `Gateway (SMS): ${phone}`]);
  expect(body.deliveries.map((one: { channel: unknown }) => one.channel)).toEqual([
    null,
    { id: '71', name: 'NOC', kind: 'slack', format: 'slack_webhook', address: null },
    { id: '72', name: 'Gateway', kind: 'sms', format: 'sms_twilio', address: phone },
  ]);
  const found = async (query: string): Promise<number> =>
    (await api.get(`/v1/notifications?clientId=${clientId}&${query}`)).body.data.length;
  expect(
    await Promise.all(['via=slack', 'via=teams', 'via=teams,sms', 'via=email', 'channelId=71'].map(found)),
  ).toEqual([1, 0, 1, 1, 1]);
  expect(await Promise.all(['channelId=73', 'recipient=gatew', 'q=noc'].map(found))).toEqual([0, 1, 1]);
  expect(await api.get(`/v1/deliveries/${slack}/rendered.html`)).toHaveStatus(404);
  expect(await api.get(`/v1/deliveries/${slack}/rendered.eml`)).toHaveStatus(404);
  expect(await api.get(`/v1/deliveries/${slack}/rendered.txt`)).toHaveStatus(200);
});
