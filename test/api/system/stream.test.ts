import { streamsPerCaller } from '../../../src/api/stream/hub.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { insertNotification } from '../../support/data/notifications.js';
import { openStream, type OpenStream } from '../../support/api/event-stream.js';
import { insertEvent } from '../../support/data/events.js';

/** Which changes open pages receive. */

let api: TestApi;
let branch: string;
let branchKey: string;
const open: OpenStream[] = [];

beforeAll(async () => {
  api = await startTestApi();
  branch = await api.reseller('Branch');
  branchKey = await api.makeKey({ resellerId: branch });
});
afterAll(() => api.stop());
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

async function listen(options: Parameters<typeof openStream>[1] = {}): Promise<OpenStream> {
  const stream = await openStream(api, options);
  open.push(stream);
  return stream;
}

async function client(fields: object = {}): Promise<string> {
  return (await api.post('/v1/clients', { name: 'Acme', currency: 'USD', ...fields })).body.id;
}

test('begins with when to come back, and is not to be gathered by a proxy', async () => {
  const stream = await listen();
  expect(stream.status).toBe(200);
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  expect(stream.headers.get('cache-control')).toBe('no-store');
  expect(stream.headers.get('x-accel-buffering')).toBe('no');
  await client();
  await stream.until(({ type }) => type === 'client.changed');
  expect(stream.text()).toMatch(/^retry: 3000\n\nid: 1\ndata: /);
});

test('a change of each kind is told by its ids and by nothing else', async () => {
  const stream = await listen();
  const id = await client();
  const profile = await api.post('/v1/profiles', { name: 'secret name', currency: 'USD' });
  const template = await api.post('/v1/client-templates', { name: 'secret name', values: {} });
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${id}, 1, 'r', 5, 'USD', now(), now() + interval '1 day', 'active', 'x', 'key:1')`;
  const mail = await insertNotification(api.sql, { clientId: id, status: 'claimed', to: ['a@b.example'] });
  await insertEvent(api.sql, { clientId: id });
  await stream.until(({ type, clientId }) => type === 'client.changed' && clientId === id);
  await stream.until(({ type, resourceId }) => type === 'profile.changed' && resourceId === profile.body.id);
  const ofTemplate = { type: 'client_template.changed', resourceId: template.body.id };
  await stream.until(({ type, resourceId }) => type === ofTemplate.type && resourceId === ofTemplate.resourceId);
  await stream.until(({ type, resourceId }) => type === 'notification.changed' && resourceId === mail.id);
  await stream.until(({ type, clientId }) => type === 'credit.changed' && clientId === id);
  await stream.until(({ type, clientId }) => type === 'event.changed' && clientId === id);
  await stream.until(({ type }) => type === 'audit.created');
  expect(stream.text()).not.toMatch(/secret name|Acme|b\.example/);
});

test('a charge is told though its transaction notifies nobody, and many in a second are one event', async () => {
  const id = await client();
  const stream = await listen();
  for (let n = 0; n < 20; n++) {
    await api.post(`/v1/clients/${id}/charges`, { id: `c${n}`, amount: '0.01', currency: 'USD' });
  }
  await stream.until(({ clientId }) => clientId === id);
  const last = await client();
  await stream.until(({ clientId }) => clientId === last);
  expect(
    stream.events.filter(({ clientId, type }) => clientId === id && type === 'client.changed').length,
  ).toBeLessThan(20);
});

test('what is rolled back is not told', async () => {
  const stream = await listen();
  const id = await client();
  await stream.until(({ clientId }) => clientId === id);
  const before = stream.events.length;
  await api.sql
    .begin(async (tx) => {
      await tx`update clients set name = 'Other', version = version + 1 where id = ${id}`;
      throw new Error('no');
    })
    .catch(() => undefined);
  const later = await client();
  await stream.until(({ clientId }) => clientId === later);
  expect(stream.events.slice(before).filter(({ clientId }) => clientId === id)).toEqual([]);
});

test('a reseller hears of its own subtree only, also through a manager', async () => {
  const manager = await api.post('/v1/resellers', { name: 'Manager', kind: 'manager', parentId: branch });
  expect(manager).toHaveStatus(201);
  const stream = await listen({ key: branchKey });
  const foreign = await client();
  await api.post('/v1/profiles', { name: 'foreign', currency: 'USD' });
  await api.post('/v1/client-templates', { name: 'foreign', values: {} });
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.1' });
  const own = await client({ resellerId: branch });
  await stream.until(({ clientId }) => clientId === own);
  expect(stream.events.every(({ clientId, resourceId }) => clientId !== foreign && resourceId !== foreign)).toBe(true);
  const ofForeign = ['profile.changed', 'client_template.changed'];
  expect(stream.events.filter(({ type }) => ofForeign.includes(type))).toEqual([]);
});

test('a key hears only of what it may read', async () => {
  const key = await api.makeKey({ scopes: ['notifications:read'] });
  const stream = await listen({ key });
  const id = await client();
  await insertNotification(api.sql, { clientId: id, status: 'claimed' });
  await stream.until(({ type }) => type === 'notification.changed');
  expect(new Set(stream.events.map(({ type }) => type))).toEqual(new Set(['notification.changed']));
});

test('too much to name is a reset', async () => {
  const stream = await listen();
  await api.sql`insert into audit (actor, source, action, subject_type, subject_id)
    select 'system', 'system', 'client.update', 'client', n::text from generate_series(1, 2000) n`;
  await stream.until(({ type }) => type === 'reset');
});

test('whoever comes back reads everything anew, for something may have been missed', async () => {
  const stream = await listen({ headers: { 'Last-Event-ID': '7' } });
  await stream.until(({ type }) => type === 'reset');
});

test('when the listening connection was lost, it is opened again and pages read everything anew', async () => {
  const stream = await listen();
  await api.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`;
  await stream.until(({ type }) => type === 'reset');
  const id = await client();
  await stream.until(({ clientId }) => clientId === id);
});

test('a caller has no more streams than it may', async () => {
  const key = await api.makeKey();
  for (let n = 0; n < streamsPerCaller; n++) expect((await listen({ key })).status).toBe(200);
  const one = await listen({ key });
  expect([one.status, one.headers.get('retry-after')]).toEqual([429, '60']);
  open.shift()?.close();
});

test('it is for those who ask for a stream, with a key', async () => {
  const reply = await api.get('/v1/stream');
  expect(reply).toBeProblem(406, 'not_acceptable');
  expect(await api.get('/v1/stream', { key: null })).toBeProblem(401, 'key_missing');
});

test('a service that stops ends its streams', async () => {
  const lonely = await startTestApi();
  const stream = await openStream(lonely);
  lonely.context.live.hub.stop();
  await stream.ended;
  await lonely.stop();
});
