import { jobActivities } from '../../../src/activities/jobs/batches.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { finishJob, rowsOf } from '../../support/data/jobs.js';
import { asUser, makePerson } from '../../support/data/people.js';

/** Jobs from their start to their outcome: what the API answers, and what a worker does with the rows. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let made = 0;

async function client(name: string, fields: object = {}): Promise<string> {
  const reply = await api.post('/v1/clients', { name, currency: 'USD', ...fields });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

/** Clients with a tag that no other client has, so that a job can select them. */
async function clients(count: number, fields: object = {}): Promise<{ ids: string[]; query: string }> {
  const tag = `set-${++made}`;
  const ids: string[] = [];
  for (let n = 1; n <= count; n++) ids.push(await client(`${tag} client ${n}`, { tags: [tag], ...fields }));
  return { ids, query: `tag=${tag}` };
}

const tagJob = (selection: object, more: object = {}): object => ({
  kind: 'add_tags',
  parameters: { tags: ['vip'] },
  selection,
  ...more,
});

async function start(body: object, options?: Parameters<TestApi['post']>[2]): Promise<Reply['body']> {
  const reply = await api.post('/v1/jobs', body, options);
  expect(reply).toHaveStatus(201);
  return reply.body;
}

test('a job writes its rows at once, wakes its workflow, and changes each client with an audit row', async () => {
  const { ids, query } = await clients(3);
  await api.call('PATCH', `/v1/clients/${ids[0]}`, { tags: ['vip', query.slice(4)] }, { headers: { 'If-Match': '*' } });
  const job = await start(tagJob({ query }, { reason: 'new segment' }));
  expect(job).toMatchObject({ kind: 'add_tags', status: 'running', rows: 3, query, reason: 'new segment' });
  expect(job.counts).toMatchObject({ pending: 3, done: 0 });
  expect(api.temporal.calls.filter(({ method, id }) => method === 'wakeJob' && id === job.id)).toHaveLength(1);
  // Selected when the job was started: a client that matches later is not a row.
  await client('late', { tags: [query.slice(4)] });

  const ended = await finishJob(api, job.id);
  expect(ended).toMatchObject({ status: 'finished', counts: { pending: 0, done: 2, unchanged: 1, refused: 0 } });
  expect(ended.endedAt).not.toBeNull();
  const { body: changed } = await api.get(`/v1/clients/${ids[1]}`);
  expect(changed.tags).toContain('vip');

  const { body: audit } = await api.get(`/v1/audit?requestId=job/${job.id}`);
  expect(audit.data).toHaveLength(2);
  expect(audit.data[0]).toMatchObject({
    action: 'client.update',
    source: 'job',
    actor: job.startedBy,
    reason: 'new segment',
  });
  const { body: starts } = await api.get(`/v1/audit?subjectType=job&subjectId=${job.id}`);
  expect(starts.data.map(({ action }: { action: string }) => action)).toEqual(['job.start']);
});

test('signals of a job queue behind those of single clients', async () => {
  const { ids } = await clients(1);
  await api.sql`delete from outbox where client_id = ${ids[0] ?? ''}`;
  await finishJob(api, (await start(tagJob({ clientIds: ids }))).id);
  const rows = await api.sql<{ origin: string }[]>`select origin from outbox where client_id = ${ids[0] ?? ''}`;
  expect(rows.map(({ origin }) => origin)).toEqual(['fleet']);
});

test('a refused row carries the problem of the single request, and is repeated alone', async () => {
  const { ids } = await clients(3);
  await api.sql`update clients set status = 'deleted' where id = ${ids[1] ?? ''}`;
  const job = await start({ kind: 'set_status', parameters: { status: 'stop' }, selection: { clientIds: ids } });
  const ended = await finishJob(api, job.id);
  expect(ended.counts).toMatchObject({ done: 2, refused: 1 });
  expect((await rowsOf(api, job.id, '&outcome=refused')).join()).toMatch(/client 2: refused client_deleted$/);

  await api.sql`update clients set status = 'active' where id = ${ids[1] ?? ''}`;
  const versions =
    await api.sql`select version from clients where id = any (${[ids[0], ids[2]] as string[]}) order by id`;
  const retried = await api.post(`/v1/jobs/${job.id}/retry`);
  expect(retried).toHaveStatus(200);
  expect(retried.body).toMatchObject({ status: 'running', counts: { pending: 1, done: 2, refused: 0 }, endedAt: null });
  expect((await finishJob(api, job.id)).counts).toMatchObject({ done: 3, refused: 0 });
  expect(
    await api.sql`select version from clients where id = any (${[ids[0], ids[2]] as string[]}) order by id`,
  ).toEqual(versions);
  expect(await api.post(`/v1/jobs/${job.id}/retry`)).toBeProblem(409, 'conflict');
});

test('a canceled job leaves its pending clients alone, and a retry takes none of them', async () => {
  const { ids } = await clients(2);
  const job = await start(tagJob({ clientIds: ids }));
  const canceled = await api.post(`/v1/jobs/${job.id}/cancel`);
  expect(canceled).toHaveStatus(200);
  expect(canceled.body).toMatchObject({ status: 'canceled', counts: { pending: 0, canceled: 2 } });
  expect((await finishJob(api, job.id)).counts).toMatchObject({ canceled: 2, done: 0 });
  expect((await api.get(`/v1/clients/${ids[0]}`)).body.tags).not.toContain('vip');
  expect(await api.post(`/v1/jobs/${job.id}/cancel`)).toBeProblem(409, 'conflict');
  expect(await api.post(`/v1/jobs/${job.id}/retry`)).toBeProblem(409, 'conflict');
});

describe('whoever started a job', () => {
  test('and was disabled since changes no further client', async () => {
    const { ids } = await clients(2);
    const person = await makePerson(api, 'operator');
    const job = await start(tagJob({ clientIds: ids }), await asUser(api, person.id));
    await api.sql`update users set status = 'disabled' where id = ${person.id}`;
    expect((await finishJob(api, job.id)).counts).toMatchObject({ refused: 2, done: 0 });
    const { body } = await api.get(`/v1/job-rows?jobId=${job.id}`);
    expect(body.data[0].problem).toEqual({
      code: 'actor_disabled',
      detail: 'the user who started it is disabled or deleted',
    });
    // Another caller repeats it, with its own rights.
    expect(await api.post(`/v1/jobs/${job.id}/retry`)).toHaveStatus(200);
    const ended = await finishJob(api, job.id);
    expect(ended).toMatchObject({ startedBy: `user:${person.id}`, counts: { done: 2 } });
    expect(ended.runsAs).toMatch(/^key:/);
  });

  test('and lost the right since is refused', async () => {
    const { ids } = await clients(1);
    const person = await makePerson(api, 'operator');
    const job = await start(tagJob({ clientIds: ids }), await asUser(api, person.id));
    await api.sql`update users set role = 'viewer' where id = ${person.id}`;
    await finishJob(api, job.id);
    expect((await rowsOf(api, job.id))[0]).toMatch(/refused scope_missing$/);
  });

  test('needs the scope of the kind, and of jobs', async () => {
    const { ids } = await clients(1);
    const limit = {
      kind: 'set_credit_limit',
      parameters: { creditLimit: { amount: '500.00', currency: 'USD' } },
      selection: { clientIds: ids },
      reason: 'agreed',
    };
    const key = await api.makeKey({ scopes: ['jobs:write', 'clients:write'] });
    const refused = await api.post('/v1/jobs', limit, { key });
    expect(refused).toBeProblem(403, 'scope_missing', '#/kind');
    expect(refused.body.detail).toContain('credit:write');
    const without = await api.makeKey({ scopes: ['credit:write'] });
    expect(await api.post('/v1/jobs', limit, { key: without })).toBeProblem(403, 'scope_missing');
    const may = await api.makeKey({ scopes: ['jobs:write', 'credit:write'] });
    await finishJob(api, (await start(limit, { key: may })).id);
    expect((await api.get(`/v1/clients/${ids[0]}`)).body.creditLimit).toBe('500.00');
  });

  test('grants temporary credit within the maximum of then', async () => {
    const { ids } = await clients(1);
    const cap = { maxAmount: '50', currency: 'USD', maxPercent: null, maxDays: null };
    const key = await api.makeKey({ scopes: ['jobs:write', 'credit:write'], cap });
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const body = {
      kind: 'grant_credit',
      parameters: { amount: { amount: '80.00', currency: 'USD' }, validUntil },
      selection: { clientIds: ids },
      reason: 'holiday',
    };
    const job = await start(body, { key });
    await finishJob(api, job.id, { grantCredit: async () => Promise.reject(new Error('the cap was not sent')) }).catch(
      () => undefined,
    );
    const sent = api.temporal.calls.filter(({ method, id }) => method === 'grantCredit' && id === ids[0]);
    expect(sent[0]).toMatchObject({
      updateId: `job/${job.id}/${ids[0]}/1`,
      input: {
        requestId: `job/${job.id}/${ids[0]}`,
        amount: '80.00',
        cap: { maxAmount: '50.00' },
        actor: { source: 'job' },
      },
    });
  });
});

describe('a reseller', () => {
  test('selects and changes only its own clients, under row-level security', async () => {
    const reseller = await api.reseller(`Reseller ${++made}`);
    const key = await api.makeKey({ resellerId: reseller });
    const own = await client('own', { resellerId: reseller });
    const other = await client('other');
    const refused = await api.post('/v1/jobs', tagJob({ clientIds: [own, other] }), { key });
    expect(refused).toBeProblem(404, 'not_found', '#/selection/clientIds/1');

    const job = await start(tagJob({ query: '' }), { key });
    expect(job.rows).toBe(1);
    // Moved to another reseller before its turn: the job must not find it.
    const second = await start(tagJob({ clientIds: [own] }, { parameters: { tags: ['second'] } }), { key });
    await finishJob(api, job.id);
    await api.sql`update clients set reseller_id = ${api.operatorId} where id = ${own}`;
    await finishJob(api, second.id);
    const { body } = await api.get(`/v1/job-rows?jobId=${second.id}`, { key });
    expect(body.data).toMatchObject([
      { clientId: own, clientName: null, outcome: 'refused', problem: { code: 'not_found' } },
    ]);
    expect((await api.get(`/v1/clients/${own}`)).body.tags).toEqual(['vip']);
  });

  test('sees no job of another company, and the operator sees all', async () => {
    const { ids } = await clients(1);
    const reseller = await api.reseller(`Reseller ${++made}`);
    const key = await api.makeKey({ resellerId: reseller });
    const job = await start(tagJob({ clientIds: ids }));
    expect(await api.get(`/v1/jobs/${job.id}`, { key })).toBeProblem(404, 'not_found');
    expect((await api.get(`/v1/job-rows?jobId=${job.id}`, { key })).body.data).toEqual([]);
    expect(await api.post(`/v1/jobs/${job.id}/cancel`, undefined, { key })).toBeProblem(404, 'not_found');
    expect((await api.get('/v1/jobs', { key })).body.data).toEqual([]);
    expect((await api.get(`/v1/exports/job-rows.csv?jobId=${job.id}`, { key })).text.trim().split('\n')).toHaveLength(
      1,
    );
    const csv = await api.get(`/v1/exports/job-rows.csv?jobId=${job.id}`);
    expect(csv.text).toContain('pending');
  });
});

describe('a request is refused', () => {
  test.each([
    ['an unknown kind', { kind: 'explode', parameters: {}, selection: { query: '' } }, '#/kind'],
    [
      'a parameter that is missing',
      { kind: 'silence', parameters: {}, selection: { query: '' }, reason: 'r' },
      '#/parameters/until',
    ],
    [
      'a past instant',
      { kind: 'silence', parameters: { until: '2020-01-01T00:00:00Z' }, selection: { query: '' }, reason: 'r' },
      '#/parameters/until',
    ],
    ['a missing reason', { kind: 'pause', parameters: {}, selection: { query: '' } }, '#/reason'],
    ['both ways to select', tagJob({ query: '', clientIds: ['1'] }), '#/selection/clientIds'],
    ['a filter that is none', tagJob({ query: 'colour=red' }), '#/selection/query/colour'],
    ['a filter value that is none', tagJob({ query: 'status=lost' }), '#/selection/query/status'],
    ['no client that matches', tagJob({ query: 'tag=none-has-this' }), '#/selection/query'],
    [
      'a profile that is none',
      { kind: 'assign_profile', parameters: { profileId: '999999' }, selection: { query: '' } },
      '#/parameters/profileId',
    ],
    [
      'both an amount and a share',
      {
        kind: 'grant_credit',
        parameters: { amount: { amount: '1', currency: 'USD' }, percent: '5', validUntil: '2099-01-01T00:00:00Z' },
        selection: { query: '' },
        reason: 'r',
      },
      '#/parameters/amount',
    ],
  ])('for %s', async (_name, body, pointer) => {
    await client('somebody');
    const reply = await api.post('/v1/jobs', body);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.body.errors?.[0]?.pointer).toBe(pointer);
  });
});

test('an Idempotency-Key starts one job', async () => {
  const { ids } = await clients(1);
  const headers = { 'Idempotency-Key': 'start-once' };
  const [first, second] = [
    await api.post('/v1/jobs', tagJob({ clientIds: ids }), { headers }),
    await api.post('/v1/jobs', tagJob({ clientIds: ids }), { headers }),
  ];
  expect(second.body.id).toBe(first.body.id);
});

test('an assignment that notifies many clients is confirmed, and previewed', async () => {
  const profile = (
    await api.post('/v1/profiles', {
      name: 'loud',
      currency: 'USD',
      clientRule: { threshold: '100.00', notifyClient: true },
    })
  ).body.id;
  const rows = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, billing_email, tags)
    select ${api.operatorId}, 'Many ' || n, 'USD', 'prepaid', 'b' || n || '@client.example', '{many}' from generate_series(1, 101) n
    returning id`;
  const ids = rows.map(({ id }) => id);
  await api.sql`insert into balances (client_id, live) select unnest(${ids}::bigint[]), 80`;
  await api.sql`insert into monitors (client_id) select unnest(${ids}::bigint[])`;
  const body = { kind: 'assign_profile', parameters: { profileId: profile }, selection: { query: 'tag=many' } };
  const preview = await api.post('/v1/jobs/preview', body);
  expect(preview).toHaveStatus(200);
  expect(preview.body).toMatchObject({ clients: 101, impact: { newlyNotified: { count: 101 } } });
  expect(await api.post('/v1/jobs', body)).toBeProblem(409, 'confirmation_required');
  const job = await start({ ...body, confirmNotifications: 101 });
  expect((await finishJob(api, job.id)).counts).toMatchObject({ done: 101 });
}, 30_000);

describe('a row', () => {
  test('is carried out once by batches that run twice at the same time', async () => {
    const { ids } = await clients(6);
    const job = await start(tagJob({ clientIds: ids }));
    const { runJobBatch } = jobActivities(testDeps(api.context.sql, { actions: api.temporal }));
    await Promise.all([runJobBatch({ jobId: job.id }), runJobBatch({ jobId: job.id })]);
    expect((await finishJob(api, job.id)).counts).toMatchObject({ done: 6 });
    expect((await api.get(`/v1/audit?requestId=job/${job.id}`)).body.data).toHaveLength(6);
  });

  test('whose monitor does not answer is repeated under the same name, and fails after three tries', async () => {
    const { ids } = await clients(2);
    const job = await start({ kind: 'pause', parameters: {}, selection: { clientIds: ids }, reason: 'migration' });
    const names: string[] = [];
    const ended = await finishJob(api, job.id, {
      pause: async (clientId, _input, updateId) => {
        if (clientId === ids[0]) names.push(updateId);
        if (clientId === ids[0]) throw new Error('no answer');
        return null;
      },
    });
    expect(new Set(names).size).toBe(1);
    expect(names).toHaveLength(3);
    expect(ended.counts).toMatchObject({ done: 1, failed: 1 });
    expect((await rowsOf(api, job.id, '&outcome=failed'))[0]).toMatch(/failed outcome_pending$/);
    // A retry is another request.
    await api.post(`/v1/jobs/${job.id}/retry`);
    await finishJob(api, job.id, {
      pause: async (_clientId, _input, updateId) => {
        names.push(updateId);
        return null;
      },
    });
    expect(names.at(-1)).toBe(`job/${job.id}/${ids[0]}/2`);
  });

  test('in progress when the job is canceled gets its own outcome', async () => {
    const { ids } = await clients(3);
    const job = await start({ kind: 'resume', parameters: {}, selection: { clientIds: ids }, reason: 'migration' });
    await api.sql`update monitors set paused_by = 'user:1' where client_id = any (${ids})`;
    let canceled = false;
    await finishJob(api, job.id, {
      resume: async () => {
        if (!canceled) await api.post(`/v1/jobs/${job.id}/cancel`);
        canceled = true;
        return null;
      },
    });
    const { body } = await api.get(`/v1/jobs/${job.id}`);
    expect(body.status).toBe('canceled');
    expect(body.counts.done).toBeGreaterThanOrEqual(1);
    expect(body.counts.done + body.counts.canceled).toBe(3);
  });
});

test('a job that Temporal did not hear of is woken later', async () => {
  const { ids } = await clients(1);
  api.temporal.down = true;
  const job = await start(tagJob({ clientIds: ids }));
  api.temporal.down = false;
  await api.sql`update jobs set proceeded_at = now() - interval '3 minutes' where id = ${job.id}`;
  const { wakeStalledJobs } = await import('../../../src/activities/jobs/batches.js');
  await wakeStalledJobs(testDeps(api.context.sql, { actions: api.temporal }));
  expect(api.temporal.calls.filter(({ method, id }) => method === 'wakeJob' && id === job.id)).toHaveLength(2);
});
