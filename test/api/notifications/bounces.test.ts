import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { insertNotification } from '../../support/data/notifications.js';

let api: TestApi;
let secret: string;
let serial = 0;

beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: randomBytes(32).toString('base64') });
  secret = (await api.post('/v1/webhook-sources', { name: 'provider' })).body.secret;
});
afterAll(() => api.stop());

function bounced(data: unknown, signedWith = secret, type = 'email.bounced'): Promise<Reply> {
  const [id, at, rawBody] = [`b-${(serial += 1)}`, new Date(), JSON.stringify({ type, data })];
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(signedWith).sign(id, at, rawBody),
  };
  return api.post('/v1/mail-bounces/provider', undefined, { key: null, rawBody, headers });
}

async function sent(to = `b${(serial += 1)}@client.example`): Promise<{
  readonly clientId: string;
  readonly id: string;
  readonly messageId: string;
  readonly to: string;
}> {
  const made = await api.post('/v1/clients', { name: `Bounced ${serial}`, currency: 'USD', billingEmail: to });
  const clientId = made.body.id as string;
  const bare = `m${(serial += 1)}@lowwater.test`;
  const { id } = await insertNotification(api.sql, { clientId, to: [to], messageId: bare });
  return { clientId, id, messageId: `<${bare}>`, to };
}
const addresses = async (query: string): Promise<Record<string, unknown>[]> =>
  (await api.get(`/v1/bounced-addresses?${query}`)).body.data;

test('a bounce marks the delivery and its address, once, and raises an event without the address', async () => {
  const { clientId, id, messageId, to } = await sent();
  const data = { messageId, code: '5.1.1', detail: `550 5.1.1 <${to}>: User unknown` };
  const first = await bounced(data);
  expect(first).toHaveStatus(200);
  expect(first.body).toEqual({ recorded: 1, repeated: 0, ignored: 0 });
  expect((await bounced(data)).body).toEqual({ recorded: 0, repeated: 1, ignored: 0 });
  const { body: notification } = await api.get(`/v1/notifications/${id}`);
  expect(notification).toMatchObject({
    status: 'accepted',
    deliveries: [{ to, status: 'bounced', bounce: { code: '5.1.1', detail: data.detail } }],
  });
  const [address] = await addresses(`clientId=${clientId}`);
  expect(address).toMatchObject({ address: to, clientId, code: '5.1.1', times: 1, clearedAt: null });
  const { body: events } = await api.get(`/v1/events?kind=email.bounced&clientId=${clientId}`);
  expect(events.data).toMatchObject([{ title: 'Email bounced', data: { status: '5.1.1' } }]);
  expect(JSON.stringify(events.data)).not.toContain(to);
});

test('a delivery that came back is found by its status, and no longer among the accepted ones', async () => {
  const { clientId, id, messageId } = await sent();
  const found = async (status: string): Promise<string[]> => {
    const { body } = await api.get(`/v1/notifications?clientId=${clientId}&kind=all&deliveryStatus=${status}`);
    return body.data.map((row: { id: string }) => row.id);
  };
  expect([await found('accepted'), await found('bounced')]).toEqual([[id], []]);
  await bounced({ messageId });
  expect([await found('accepted'), await found('bounced'), await found('failed,bounced')]).toEqual([[], [id], [id]]);
});

test('addresses of users, resellers, companies, profiles, and all fields of clients are marked, and found by address', async () => {
  const [noc, ofUser, ofReseller, ofCompany, alarm, ofProfile] = [
    'noc',
    'user',
    'reseller',
    'company',
    'alarm',
    'rule',
  ].map((name) => `${name}.used@client.example`) as [string, string, string, string, string, string];
  await api.post('/v1/clients', { name: 'Used', currency: 'USD', nocEmail: noc });
  await api.post('/v1/users', { name: 'Used', email: ofUser });
  await api.post('/v1/resellers', { name: 'Used', email: ofReseller });
  const their = { enabled: true, threshold: '1', alarmEmails: [alarm] };
  await api.post('/v1/companies', { name: 'Used', currency: 'USD', email: ofCompany, their });
  await api.post('/v1/profiles', {
    name: 'Used',
    currency: 'USD',
    userRule: { threshold: '1.00', emails: [ofProfile] },
  });
  const used = [noc, ofUser, ofReseller, ofCompany, alarm, ofProfile];
  for (const recipient of used) expect((await bounced({ recipient })).body).toMatchObject({ recorded: 1 });
  const listed = await addresses(`address=${used.map((one) => one.toUpperCase()).join(',')}&sort=address`);
  expect(listed.map(({ address }) => address)).toEqual([...used].sort());
  expect((await addresses(`address=${noc}`)).map(({ address }) => address)).toEqual([noc]);
  for (const wrong of ['a@b.example,', Array.from({ length: 51 }, () => 'a@b.example').join(',')]) {
    expect(await api.get(`/v1/bounced-addresses?address=${wrong}`)).toBeProblem(400, 'invalid', '#/query/address');
  }
});

test('an address is cleared with a reason, which resolves its event; the next bounce marks it again', async () => {
  const { clientId, messageId, to } = await sent();
  await bounced({ messageId });
  const [address] = await addresses(`clientId=${clientId}`);
  const path = `/v1/bounced-addresses/${String(address?.['id'])}/clear`;
  expect(await api.post(path, {})).toBeProblem(400, 'invalid', '#/reason');
  const cleared = await api.post(path, { reason: 'mailbox restored' });
  expect(cleared.body).toMatchObject({ clearedReason: 'mailbox restored', clearedBy: expect.stringMatching(/^key:/) });
  expect(await api.post(path, { reason: 'again' })).toBeProblem(409, 'conflict');
  expect(await addresses(`clientId=${clientId}`)).toEqual([]);
  expect((await api.get(`/v1/events?kind=email.bounced&clientId=${clientId}`)).body.data).toEqual([]);
  const audit = await api.sql`
    select action, reason from audit where subject_type = 'email_address' and subject_id = ${String(address?.['id'])} order by id`;
  expect(audit).toMatchObject([
    { action: 'email_address.bounce' },
    { action: 'email_address.clear', reason: 'mailbox restored' },
  ]);
  expect((await bounced({ recipient: to.toUpperCase() })).body).toEqual({ recorded: 1, repeated: 0, ignored: 0 });
  expect(await addresses(`clientId=${clientId}`)).toMatchObject([{ times: 2, clearedAt: null }]);
});

test('a delivery status notification is read; a delay and unknown messages and addresses record nothing', async () => {
  const { clientId, messageId, to } = await sent();
  const report = [
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n',
    '--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n',
    `Final-Recipient: rfc822; ${to}\r\nAction: failed\r\nStatus: 5.2.2\r\n`,
    'Final-Recipient: rfc822; other@client.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n',
    `--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\n`,
    '--B--\r\n',
  ].join('\r\n');
  expect((await bounced({ report })).body).toEqual({ recorded: 1, repeated: 0, ignored: 1 });
  expect(await addresses(`clientId=${clientId}`)).toMatchObject([{ code: '5.2.2' }]);
  for (const data of [
    { messageId: '<unknown@lowwater.test>', recipient: 'unknown@client.example' },
    { messageId, permanent: false },
    { recipient: to, code: '4.2.2' },
  ]) {
    expect((await bounced(data)).body).toEqual({ recorded: 0, repeated: 0, ignored: 1 });
  }
  const file = await fetch(`${api.url}/v1/exports/bounced-addresses.csv`, {
    headers: { Authorization: `Bearer ${api.key}` },
  });
  expect(await file.text()).toContain(to);
});

test('a source of a reseller marks nothing of others', async () => {
  const { clientId, messageId } = await sent();
  const reseller = await api.reseller('Elsewhere');
  const key = await api.makeKey({ resellerId: reseller });
  const source = await api.post('/v1/webhook-sources', { name: 'theirs' }, { key });
  const [id, at, rawBody] = ['theirs-1', new Date(), JSON.stringify({ type: 'email.bounced', data: { messageId } })];
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(source.body.secret).sign(id, at, rawBody),
  };
  const reply = await api.post('/v1/mail-bounces/theirs', undefined, { key: null, rawBody, headers });
  expect(reply.body).toEqual({ recorded: 0, repeated: 0, ignored: 1 });
  expect(await addresses(`clientId=${clientId}`)).toEqual([]);
});

test('a message that is not signed, or says nothing, is refused', async () => {
  const other = `whsec_${randomBytes(32).toString('base64')}`;
  expect(await bounced({ recipient: 'a@b.example' }, other)).toBeProblem(
    401,
    'signature_invalid',
    '#/headers/webhook-signature',
  );
  expect(await bounced({})).toBeProblem(400, 'invalid', '#/data');
  expect(await bounced({ report: 'Subject: hello\r\n\r\nno report' })).toBeProblem(400, 'invalid', '#/data/report');
  expect(await bounced({ recipient: 'a@b.example', code: '550' })).toHaveStatus(400);
  expect(await bounced({ recipient: 'a@b.example' }, secret, 'email.opened')).toBeProblem(400, 'invalid');
});
