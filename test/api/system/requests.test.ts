import { startRequestLog } from '../../../src/api/request-log/writer.js';
import { nullLogger } from '../../../src/observability/logger.js';
import type { LoggedRequest } from '../../../src/storage/system/requests/request-log.js';
import { removeOld } from '../../../src/storage/system/retention.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';

/** The log of requests: what it keeps, what it must not keep, who sees it. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: Buffer.alloc(32, 7).toString('base64') });
});
afterAll(() => api.stop());

const headers = (id: string): { headers: Record<string, string> } => ({ headers: { 'X-Request-Id': id } });

/** The log is written when the answer has left: until then nothing is there. */
async function logged(requestId: string, key?: string): Promise<Reply> {
  for (;;) {
    await api.context.requestLog.flush();
    const reply = await api.get(`/v1/request-log/${requestId}`, key === undefined ? {} : { key });
    if (reply.status !== 404) return reply;
  }
}

test('a change is kept with who, what, how long and both bodies', async () => {
  await api.post(
    '/v1/profiles',
    { name: 'gold', currency: 'USD' },
    {
      headers: { 'X-Request-Id': 'made-1', 'Idempotency-Key': 'idem-1' },
    },
  );
  const { body } = await logged('made-1');
  expect(body).toMatchObject({
    requestId: 'made-1',
    method: 'POST',
    path: '/v1/profiles',
    operation: 'createProfile',
    status: 201,
    caller: 'key:1',
    callerName: expect.any(String),
    keyPrefix: expect.stringMatching(/^lw_live_[0-9a-f]{12}$/),
    idempotencyKey: 'idem-1',
    address: expect.stringContaining('127.0.0.1'),
    requestBody: '{"name":"gold","currency":"USD"}',
  });
  expect(body.durationMs).toBeGreaterThan(0);
  expect(JSON.parse(body.answerBody)).toMatchObject({ name: 'gold' });
});

test('a read is kept without bodies and without its query', async () => {
  await api.get('/v1/clients?name=Somebody', headers('read-1'));
  const { body, text } = await logged('read-1');
  expect(body).toMatchObject({ operation: 'listClients', status: 200, requestBody: null, answerBody: null });
  expect(text).not.toContain('Somebody');
});

test('a refusal is kept with its problem, also of nobody known', async () => {
  await api.post('/v1/profiles', { name: 'x', currency: 'USD', periodHours: 0 }, headers('bad-1'));
  expect(JSON.parse((await logged('bad-1')).body.answerBody)).toMatchObject({ code: 'invalid', status: 400 });
  await api.get('/v1/clients', { key: null, ...headers('nobody-1') });
  expect((await logged('nobody-1')).body).toMatchObject({ status: 401, caller: null, keyPrefix: null });
});

test('no secret is kept: of keys, of sources, of whoever logs in', async () => {
  const key = await api.post('/v1/api-keys', { name: 'shop', scopes: ['payments:write'] }, headers('key-1'));
  await logged('key-1');
  const source = await api.post('/v1/webhook-sources', { name: 'shop' }, headers('source-1'));
  await logged('source-1');
  await api.post(
    '/v1/profiles',
    { name: 'x', password: 'hush-1', nested: { apiToken: ['hush-2'], key: 'lw_live_hush-3' } },
    headers('odd-1'),
  );
  await logged('odd-1');
  await api.post('/v1/session', { email: 'a@b.example', next: 'hush-4' }, headers('login-1'));
  expect((await logged('login-1')).body.requestBody).toBeNull();
  const [row] = await api.sql<{ all: string }[]>`select string_agg(l::text, '|') as all from request_log l`;
  expect(row?.all).not.toContain(key.body.key);
  expect(row?.all).not.toContain(source.body.secret);
  expect(row?.all).not.toMatch(/hush-/);
  expect(row?.all).toContain('[redacted]');
});

test('a long body is cut, one that is no JSON is not kept', async () => {
  await api.post('/v1/profiles', { name: 'x'.repeat(9000) }, headers('long-1'));
  const { requestBody } = (await logged('long-1')).body;
  expect(requestBody).toHaveLength(4096 + '… (9011 characters)'.length);
  await api.post('/v1/profiles', undefined, { rawBody: '{"secret": "hush', ...headers('broken-1') });
  expect((await logged('broken-1')).body).toMatchObject({ status: 400, requestBody: null });
});

test('probes are not kept', async () => {
  await api.get('/livez', headers('probe-1'));
  await api.context.requestLog.flush();
  expect((await api.get('/v1/request-log?requestId=probe-1')).body.data).toEqual([]);
});

test('it is found by what it was', async () => {
  const key = await api.makeKey();
  await api.post('/v1/resellers', { name: '' }, { key, ...headers('find-1') });
  const { caller } = (await logged('find-1')).body;
  const ids = async (query: string): Promise<string[]> =>
    (await api.get(`/v1/request-log?${query}`)).body.data.map((row: { requestId: string }) => row.requestId);
  for (const query of [
    `caller=${caller}`,
    'method=POST,PUT&status=4xx&operation=createReseller',
    'q=RESELLERS&method=POST',
    'requestId=find-1',
    'from=2026-01-01T00:00:00Z&q=resellers&method=POST',
  ]) {
    expect([query, await ids(query)]).toEqual([query, ['find-1']]);
  }
  expect(await ids('requestId=find-1&status=2xx')).toEqual([]);
  expect(await ids('requestId=find-1&to=2020-01-01T00:00:00Z')).toEqual([]);
  expect(await api.get('/v1/request-log?status=9xx')).toBeProblem(400, 'invalid');
});

test('a reseller sees the requests of its own subtree', async () => {
  const branch = await api.reseller('Branch');
  const key = await api.makeKey({ resellerId: branch });
  await api.get('/v1/clients', { key, ...headers('own-1') });
  await api.get('/v1/clients', headers('foreign-1'));
  await api.get('/v1/clients', { key: null, ...headers('unknown-1') });
  await logged('own-1');
  await logged('unknown-1');
  const { body } = await api.get('/v1/request-log?limit=200', { key });
  expect(new Set(body.data.map((row: { caller: string }) => row.caller))).toEqual(new Set([body.data[0].caller]));
  expect(await api.get('/v1/request-log/foreign-1', { key })).toBeProblem(404, 'not_found');
  expect(await api.get('/v1/request-log/own-1', { key })).toHaveStatus(200);
});

describe('the writer', () => {
  const request = (requestId: string): LoggedRequest => ({
    requestId,
    at: new Date(),
    method: 'GET',
    path: '/v1/clients',
    operation: 'listClients',
    status: 200,
    durationMs: 1,
    caller: null,
    resellerId: null,
    keyPrefix: null,
    idempotencyKey: null,
    address: null,
    requestBody: null,
    answerBody: null,
  });

  test('keeps faults rather than reads when a second holds too many', async () => {
    const writer = startRequestLog(api.sql, nullLogger, 14);
    for (let n = 0; n < 1000; n++) writer.add(200, true, () => request('flood'));
    writer.add(500, false, () => request('fault'));
    await writer.stop();
    const [row] = await api.sql<{ reads: number; faults: number }[]>`
      select (count(*) filter (where request_id = 'flood'))::int as reads,
        (count(*) filter (where request_id = 'fault'))::int as faults from request_log`;
    expect(row).toEqual({ reads: 199, faults: 1 });
  });

  test('keeps nothing where no day is to be kept', async () => {
    const writer = startRequestLog(api.sql, nullLogger, 0);
    writer.add(500, false, () => request('never'));
    await writer.stop();
    expect(await api.sql`select 1 from request_log where request_id = 'never'`).toHaveLength(0);
  });

  test('what is old is removed', async () => {
    await api.sql`update request_log set at = now() - interval '15 days' where request_id = 'flood'`;
    await removeOld(api.sql, { checkDays: 90, requestLogDays: 14, eventDays: 365, jobDays: 90 });
    expect(await api.sql`select 1 from request_log where request_id = 'flood'`).toHaveLength(0);
    expect(await api.sql`select 1 from request_log where request_id = 'fault'`).toHaveLength(1);
  });
});

describe('what the web page reads', () => {
  const idsOf = async (query: string): Promise<string[]> => {
    const { body } = await api.get(`/v1/request-log?limit=200&q=/v1/profiles${query}`);
    return (body.data as { requestId: string }[]).map(({ requestId }) => requestId);
  };

  beforeAll(async () => {
    const page = await asUser(api, (await makePerson(api, 'admin')).id);
    const by = (id: string): CallOptions => ({ ...page, headers: { ...page.headers, 'X-Request-Id': id } });
    await api.get('/v1/profiles', by('page-read'));
    await api.get('/v1/profiles/999999', by('page-failed'));
    await api.post('/v1/profiles', { name: 'of the page', currency: 'USD' }, by('page-change'));
    await api.get('/v1/profiles', headers('program-read'));
    for (const id of ['page-read', 'page-failed', 'page-change', 'program-read']) await logged(id);
  });

  test('is left out; its changes and its failures, and what programs read, are not', async () => {
    const ids = await idsOf('');
    expect(ids).toEqual(expect.arrayContaining(['page-failed', 'page-change', 'program-read']));
    expect(ids).not.toContain('page-read');
  });

  test('is there when it is asked for', async () => {
    expect(await idsOf('&pageReads=true')).toEqual(expect.arrayContaining(['page-read', 'program-read']));
  });

  test('is found by its id', async () => {
    expect(await idsOf('&requestId=page-read')).toEqual(['page-read']);
  });
});
