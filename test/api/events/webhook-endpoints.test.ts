import { randomBytes } from 'node:crypto';
import { startWebhookSender } from '../../../src/activities/events/webhooks/webhook-sender.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { insertEvent } from '../../support/data/events.js';
import { startReceiver, verify, type Receiver } from '../../support/webhooks/receiver.js';
import { eventually } from '../../support/webhooks/sender-parts.js';

const SECRET_KEY = randomBytes(32).toString('base64');
let api: TestApi;
let receiver: Receiver;
let sender: Awaited<ReturnType<typeof startWebhookSender>>;
let serial = 0;

beforeAll(async () => {
  api = await startTestApi(
    { SECRET_KEY, WEBHOOK_ALLOW_LOOPBACK: 'true' },
    {
      resolveHost: async (host) => {
        if (host === 'nowhere.example') throw new Error('ENOTFOUND');
        return [host === 'inside.example' ? '10.0.0.1' : '93.184.216.34'];
      },
    },
  );
  receiver = await startReceiver();
  sender = await startWebhookSender({
    sql: api.context.sql,
    logger: nullLogger,
    cipher: createSecretCipher(SECRET_KEY),
    guard: { allowLoopback: true },
    version: 'test',
  });
}, 60_000);
afterAll(async () => {
  await sender?.stop();
  await receiver?.stop();
  await api?.stop();
});
beforeEach(async () => {
  await api.sql`delete from webhook_endpoints`;
  await api.sql`delete from events`;
  receiver.received.length = 0;
  receiver.answer = (response) => void response.writeHead(204).end();
});

const create = async (more: object = {}, options?: CallOptions): Promise<Reply> =>
  api.post('/v1/webhook-endpoints', { name: `Switch ${++serial}`, url: receiver.url, ...more }, options);
const patch = (id: string, body: object, options: CallOptions = {}): Promise<Reply> =>
  api.call('PATCH', `/v1/webhook-endpoints/${id}`, body, { ...options, headers: { 'If-Match': '*' } });
const list = async (query = '', options?: CallOptions): Promise<Reply['body'][]> =>
  (await api.get(`/v1/webhook-deliveries?sort=id${query}`, options)).body.data;
const settled = (status: string, count = 1): Promise<void> =>
  eventually(async () => (await list(`&status=${status}`)).length >= count);

describe('an endpoint', () => {
  test('is created with a secret that is shown once, and receives events signed with it', async () => {
    const made = await create({ name: 'Switch', kinds: ['payment.refused', 'payment.refused'] });
    expect(made).toHaveStatus(201);
    const { secret, ...endpoint } = made.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint).toMatchObject({
      name: 'Switch',
      url: receiver.url,
      kinds: ['payment.refused'],
      enabled: true,
      disabledBy: null,
      lastOutcome: null,
      resellerId: api.operatorId,
      version: 1,
    });
    expect((await api.get(`/v1/webhook-endpoints/${endpoint.id}`)).body).toEqual(endpoint);
    const eventId = await insertEvent(api.sql);
    await settled('accepted');
    const [message] = receiver.received;
    if (!message) throw new Error('nothing arrived');
    verify(secret, message);
    expect(message.body).toMatchObject({ type: 'payment.refused', data: { id: eventId, sequence: 1 } });
    const { body } = await api.get(`/v1/webhook-endpoints/${endpoint.id}`);
    expect(body).toMatchObject({ lastOutcome: 'accepted', failingSince: null, pending: 0, failed: 0 });
    const [audit] = await api.sql`select action, after from audit where action = 'webhook_endpoint.create'`;
    expect(audit?.['after']).toMatchObject({ name: 'Switch', kinds: ['payment.refused'] });
    expect(JSON.stringify(audit)).not.toContain('whsec_');
  });

  test.each([
    ['https://inside.example/', /public host/],
    ['https://10.0.0.1/', /public host/],
    ['https://[::ffff:10.0.0.1]/', /public host/],
    ['https://169.254.169.254/', /public host/],
    ['http://switch.example/', /https/],
    ['https://user:word@switch.example/', /user or password/],
    ['https://nowhere.example/', /resolves/],
    ['switch.example', /URL/],
  ])('at %s is refused, also by a change', async (url, detail) => {
    const refused = await create({ url });
    expect(refused).toBeProblem(400, 'invalid', '#/url');
    expect(refused.body.errors[0].detail).toMatch(detail);
    const made = await create();
    expect(await patch(made.body.id, { url })).toBeProblem(400, 'invalid', '#/url');
  });

  test('has a name of its own within its reseller, and kinds that exist', async () => {
    await create({ name: 'Billing' });
    expect(await create({ name: 'billing' })).toBeProblem(409, 'already_exists', '#/name');
    expect(await create({ kinds: [] })).toBeProblem(400, 'invalid', '#/kinds');
    expect(await create({ kinds: ['no.such'] })).toBeProblem(400, 'invalid', '#/kinds/0');
  });

  test('is changed in the version that was read', async () => {
    const { body } = await create();
    const path = `/v1/webhook-endpoints/${body.id}`;
    expect(await api.call('PATCH', path, { enabled: false })).toBeProblem(428, 'precondition_required');
    const headers = { 'If-Match': '"1"' };
    const changed = await api.call('PATCH', path, { kinds: ['rate.missing'] }, { headers });
    expect(changed.body).toMatchObject({ kinds: ['rate.missing'], version: 2 });
    expect(await api.call('PATCH', path, { kinds: null }, { headers })).toBeProblem(412, 'version_stale');
    expect((await patch(body.id, { kinds: null })).body).toMatchObject({ kinds: null, version: 3 });
    expect(await api.call('DELETE', path, undefined, { headers })).toBeProblem(412, 'version_stale');
    expect(await api.call('DELETE', path, undefined, { headers: { 'If-Match': '"3"' } })).toHaveStatus(204);
    expect(await api.get(path)).toBeProblem(404, 'not_found');
  });

  test('gets a new secret, and signs with both for the overlap', async () => {
    const made = await create();
    const rotated = await api.post(`/v1/webhook-endpoints/${made.body.id}/rotate-secret`, {});
    expect(rotated.body.previousSecretUntil).not.toBeNull();
    await insertEvent(api.sql);
    await settled('accepted');
    const [message] = receiver.received;
    if (!message) throw new Error('nothing arrived');
    verify(made.body.secret, message);
    verify(rotated.body.secret, message);
    const again = await api.post(`/v1/webhook-endpoints/${made.body.id}/rotate-secret`, { overlapHours: 0 });
    expect(again.body.previousSecretUntil).toBeNull();
  });

  test('is tried with a signed message, also while it is disabled; one try, and its outcome', async () => {
    const made = await create({ enabled: false });
    const path = `/v1/webhook-endpoints/${made.body.id}/test`;
    const queued = await api.post(path);
    expect(queued).toHaveStatus(202);
    expect(queued.headers.get('location')).toBe(`/v1/webhook-deliveries/${queued.body.id}`);
    await settled('accepted');
    const [message] = receiver.received;
    if (!message) throw new Error('nothing arrived');
    verify(made.body.secret, message);
    expect(message.body).toMatchObject({ type: 'webhook.test', data: { test: true } });
    receiver.answer = (response) => void response.writeHead(500).end('broken');
    const second = await api.post(path);
    await settled('failed');
    expect((await api.get(`/v1/webhook-deliveries/${second.body.id}`)).body).toMatchObject({
      kind: 'webhook.test',
      status: 'failed',
      attempts: 1,
      error: 'status 500',
      body: { type: 'webhook.test' },
      attemptLog: [{ number: 1, responseStatus: 500, responseBody: 'broken', durationMs: expect.any(Number) }],
    });
    expect((await api.get(`/v1/webhook-endpoints/${made.body.id}`)).body).toMatchObject({
      lastOutcome: null,
      failed: 0,
    });
  });
});

describe('what an endpoint missed', () => {
  test('while it was disabled is skipped, and replayed in order on request', async () => {
    const made = await create();
    const { id } = made.body;
    await patch(id, { enabled: false });
    for (const n of [1, 2, 3]) await insertEvent(api.sql, { paymentId: `p-${n}` });
    const range = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    expect(await api.post(`/v1/webhook-endpoints/${id}/replay`, range)).toBeProblem(409, 'conflict');
    await patch(id, { enabled: true });
    expect((await list()).map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
    const headers = { 'Idempotency-Key': 'replay-1' };
    const replayed = await api.post(`/v1/webhook-endpoints/${id}/replay`, range, { headers });
    expect(replayed.body).toEqual({ queued: 3, remaining: 0 });
    await settled('accepted', 3);
    expect((await api.post(`/v1/webhook-endpoints/${id}/replay`, range, { headers })).body).toEqual(replayed.body);
    expect(receiver.received).toHaveLength(3);
    // What the receiver lost is sent once more, under the same ids.
    const all = { ...range, statuses: ['accepted'] };
    expect((await api.post(`/v1/webhook-endpoints/${id}/replay`, all)).body.queued).toBe(3);
    await receiver.arrived(6);
    expect(new Set(receiver.received.map(({ headers: sent }) => sent['webhook-id'])).size).toBe(3);
    const reversed = { from: range.to, to: range.from };
    expect(await api.post(`/v1/webhook-endpoints/${id}/replay`, reversed)).toBeProblem(400, 'invalid', '#/to');
  });

  test('is sent now on request', async () => {
    receiver.answer = (response) => void response.writeHead(503).end();
    const made = await create();
    await insertEvent(api.sql);
    await eventually(async () => (await list())[0]?.error === 'status 503');
    const [waiting] = await list();
    expect(waiting).toMatchObject({ status: 'pending', attempts: 1, nextAttemptAt: expect.any(String) });
    receiver.answer = (response) => void response.writeHead(200).end();
    expect(await api.post(`/v1/webhook-deliveries/${waiting.id}/retry`)).toHaveStatus(202);
    await settled('accepted');
    expect((await list())[0]).toMatchObject({ attempts: 2, messageId: waiting.messageId, nextAttemptAt: null });
    await patch(made.body.id, { enabled: false });
    expect(await api.post(`/v1/webhook-deliveries/${waiting.id}/retry`)).toBeProblem(409, 'conflict');
  });

  test('for 410 is named by an event that ends when the endpoint is enabled', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    const made = await create({ kinds: ['payment.refused'] });
    await insertEvent(api.sql);
    await settled('failed');
    expect((await api.get(`/v1/webhook-endpoints/${made.body.id}`)).body).toMatchObject({
      enabled: false,
      disabledBy: 'gone',
    });
    const open = await api.get('/v1/events?kind=webhook.disabled');
    expect(open.body.data).toMatchObject([{ subject: { type: 'webhook_endpoint', id: made.body.id } }]);
    expect((await patch(made.body.id, { enabled: true })).body).toMatchObject({ enabled: true, disabledBy: null });
    expect((await api.get('/v1/events?kind=webhook.disabled')).body.data).toEqual([]);
  });
});

describe('the log', () => {
  test('is filtered, and exported as CSV', async () => {
    const one = await create({ enabled: false });
    const two = await create({ enabled: false, kinds: ['payment.refused'] });
    const eventId = await insertEvent(api.sql);
    const ids = async (query: string): Promise<unknown[]> => (await list(query)).map(({ endpointId }) => endpointId);
    expect(await ids('')).toEqual([one.body.id, two.body.id]);
    expect(await ids(`&endpointId=${two.body.id}`)).toEqual([two.body.id]);
    expect(await ids('&status=pending,failed')).toEqual([]);
    expect(await ids('&kind=rate.missing')).toEqual([]);
    expect(await ids(`&eventId=${eventId}&kind=payment.refused`)).toHaveLength(2);
    expect(await ids('&from=2100-01-01T00:00:00Z')).toEqual([]);
    const csv = await api.get(`/v1/exports/webhook-deliveries.csv?endpointId=${one.body.id}`);
    expect(csv.text.split('\r\n')[1]).toContain(',payment.refused,open,');
    const endpoints = await api.get(`/v1/webhook-endpoints?enabled=false&q=${encodeURIComponent(one.body.name)}`);
    expect(endpoints.body.data.map(({ id }: { id: string }) => id)).toEqual([one.body.id]);
  });

  test('and the endpoints of a reseller exist for it and those above only', async () => {
    const [own, other] = [await api.reseller('Own'), await api.reseller('Other')];
    const ownKey = await api.makeKey({ resellerId: own });
    const otherKey = await api.makeKey({ resellerId: other });
    const made = await create({}, { key: ownKey });
    expect(made.body.resellerId).toBe(own);
    await create({ name: 'of the operator' });
    await insertEvent(api.sql, { resellerId: own });
    await settled('accepted', 2);
    expect(await list('', { key: ownKey })).toMatchObject([{ endpointId: made.body.id }]);
    expect(await list('', { key: otherKey })).toEqual([]);
    const [delivery] = await list('', { key: ownKey });
    const path = `/v1/webhook-endpoints/${made.body.id}`;
    expect(await api.get(path, { key: otherKey })).toBeProblem(404, 'not_found');
    expect(await patch(made.body.id, { enabled: false }, { key: otherKey })).toBeProblem(404, 'not_found');
    expect(await api.post(`${path}/test`, undefined, { key: otherKey })).toBeProblem(404, 'not_found');
    expect(await api.post(`${path}/rotate-secret`, {}, { key: otherKey })).toBeProblem(404, 'not_found');
    expect(await api.get(`/v1/webhook-deliveries/${delivery.id}`, { key: otherKey })).toBeProblem(404, 'not_found');
    expect(await api.post(`/v1/webhook-deliveries/${delivery.id}/retry`, undefined, { key: otherKey })).toBeProblem(
      404,
      'not_found',
    );
    expect((await api.post(`${path}/test`, undefined, { key: ownKey })).status).toBe(202);
    expect((await patch(made.body.id, { enabled: false }, { key: ownKey })).body.enabled).toBe(false);
  });
});
