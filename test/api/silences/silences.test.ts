import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { explainedRule, explanationOf } from '../../support/api/explanations.js';

let api: TestApi;
const now = Date.parse('2026-03-02T10:00:00Z');
let reseller: string;
let below: string;
let count = 0;

beforeAll(async () => {
  api = await startTestApi();
  api.now = now;
  reseller = await api.reseller('Silent');
  below = await api.reseller('Below', reseller);
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = now;
  await api.sql`delete from silences`;
  await api.sql`delete from outbox`;
});

const body = { endsAt: '2026-03-02T12:00:00Z', comment: 'migration' };
const create = (fields: object = {}, key = api.key): Promise<Reply> =>
  api.post('/v1/silences', { resellerId: reseller, ...body, ...fields }, { key });
const expire = (id: string): Promise<Reply> => api.post(`/v1/silences/${id}/expire`, { reason: 'done' });
const change = (id: string, fields: object, version = '*'): Promise<Reply> =>
  api.call('PATCH', `/v1/silences/${id}`, fields, { headers: { 'If-Match': version } });
async function client(fields: object = {}): Promise<string> {
  const made = await api.post('/v1/clients', {
    ...{ name: `Silent ${(count += 1)}`, currency: 'USD', resellerId: reseller, openingBalance: '10.00' },
    ...fields,
  });
  expect(made).toHaveStatus(201);
  await api.sql`delete from outbox`;
  return made.body.id;
}
async function signaled(): Promise<string[]> {
  const rows = await api.sql<{ id: string }[]>`
    select client_id as id from outbox where kind = 'configurationChanged' order by client_id`;
  return rows.map(({ id }) => id);
}
async function covered(id: string): Promise<string[]> {
  const rows = (await api.get('/v1/clients?limit=200')).body.data as { id: string }[];
  const found: string[] = [];
  for (const row of rows) {
    const { data } = (await api.get(`/v1/silences?clientId=${row.id}`)).body;
    if (data.some((silence: { id: string }) => silence.id === id)) found.push(row.id);
  }
  return found;
}

describe('a silence over many clients', () => {
  test('covers those of the reseller and below, by tag and profile, also those that get them later', async () => {
    const profile = await api.post('/v1/profiles', { name: 'Gold', currency: 'USD', resellerId: reseller });
    const profileId = profile.body.id as string;
    const tagged = await client({ tags: ['Wholesale'], profileId, resellerId: below });
    const later = await client({ profileId });
    const untagged = await client();
    await client({ resellerId: api.operatorId, tags: ['wholesale'] });
    const made = await create({ tag: 'wholeSALE', profileId });
    expect(made).toHaveStatus(201);
    expect(made.body).toMatchObject({
      ...{ resellerId: reseller, resellerName: 'Silent', tag: 'wholeSALE', profileId, profileName: 'Gold' },
      ...{ startsAt: '2026-03-02T10:00:00Z', endsAt: '2026-03-02T12:00:00Z', comment: 'migration' },
      ...{ status: 'active', clients: 1, endedBy: null, version: 1 },
    });
    expect(await signaled()).toEqual([tagged]);
    expect(await covered(made.body.id)).toEqual([tagged]);
    await api.call('PATCH', `/v1/clients/${later}`, { tags: ['wholesale'] }, { headers: { 'If-Match': '*' } });
    expect((await covered(made.body.id)).sort()).toEqual([tagged, later].sort());
    expect(await covered((await create()).body.id)).toEqual(expect.arrayContaining([tagged, later, untagged]));
  });

  test('of a manager covers the manager’s clients', async () => {
    const manager = await api.post('/v1/resellers', { name: 'Anna', kind: 'manager', parentId: reseller });
    const theirs = await client({ managerId: manager.body.id });
    await client();
    const made = await create({ resellerId: manager.body.id });
    expect(made.body).toMatchObject({ resellerName: 'Anna', clients: 1 });
    expect(await covered(made.body.id)).toEqual([theirs]);
  });

  test('is previewed: how many clients, how many are low, and the first of them', async () => {
    const low = await client({ tags: ['vip'], name: 'Zeta' });
    const fine = await client({ tags: ['vip'], name: 'Alpha' });
    await api.sql`update monitors set state = 'low' where client_id = ${low}`;
    const preview = await api.post('/v1/silences/preview', { resellerId: reseller, tag: 'VIP' });
    expect(preview).toHaveStatus(200);
    expect(preview.body).toMatchObject({ clients: 2, low: 1, sample: [{ id: low, name: 'Zeta' }, { id: fine }] });
    const unknown = await api.post('/v1/silences/preview', { profileId: '999999' });
    expect(unknown).toBeProblem(404, 'not_found', '#/profileId');
    expect(await signaled()).toEqual([]);
  });

  test.each([
    [{ endsAt: '2026-03-02T10:00:00Z' }, 400, 'invalid', '#/endsAt'],
    [{ startsAt: '2026-03-03T10:00:00Z' }, 400, 'invalid', '#/endsAt'],
    [{ endsAt: '2027-03-04T10:00:00Z' }, 400, 'invalid', '#/endsAt'],
    [{ comment: '' }, 400, 'invalid', '#/comment'],
    [{ tag: 'a,b' }, 400, 'invalid', '#/tag'],
    [{ resellerId: '999999' }, 404, 'not_found', '#/resellerId'],
    [{ profileId: '999999' }, 404, 'not_found', '#/profileId'],
  ])('with %j is refused, and nothing changes', async (fields, status, code, pointer) => {
    expect(await create(fields)).toBeProblem(status, code, pointer);
    expect((await api.get('/v1/silences')).body.data).toEqual([]);
  });

  test('is pending, active, and expired by the clock, and listed so', async () => {
    const pending = (await create({ startsAt: '2026-03-02T11:00:00Z' })).body;
    expect(pending.status).toBe('pending');
    const statusAt = async (time: string): Promise<string> => {
      api.now = Date.parse(time);
      return (await api.get(`/v1/silences/${pending.id}`)).body.status;
    };
    expect(await statusAt('2026-03-02T11:00:00Z')).toBe('active');
    expect(await statusAt('2026-03-02T12:00:00Z')).toBe('expired');
    const listed = async (status: string): Promise<number> =>
      (await api.get(`/v1/silences?status=${status}&q=${pending.id}`)).body.data.length;
    expect(await listed('expired')).toBe(1);
    expect(await listed('active,pending')).toBe(0);
    expect(await change(pending.id, { comment: 'x' })).toBeProblem(409, 'conflict');
    const file = await fetch(`${api.url}/v1/exports/silences.csv`, { headers: { Authorization: `Bearer ${api.key}` } });
    expect(await file.text()).toContain('migration');
  });

  test('ends later, or now, with an audit row and a signal', async () => {
    const id = await client();
    const made = (await create()).body;
    await api.sql`delete from outbox`;
    const changed = await change(made.id, { endsAt: '2026-03-02T15:00:00.700Z', reason: 'longer' }, '"1"');
    expect(changed.body).toMatchObject({ endsAt: '2026-03-02T15:00:00Z', version: 2 });
    expect(await change(made.id, { comment: 'x' }, '"1"')).toBeProblem(412, 'version_stale');
    expect(await change(made.id, { endsAt: '2026-03-02T09:00:00Z' })).toBeProblem(400, 'invalid', '#/endsAt');
    expect(await signaled()).toContain(id);
    await api.sql`delete from outbox`;
    const ended = await expire(made.id);
    expect(ended.body).toMatchObject({ status: 'expired', endsAt: '2026-03-02T10:00:00Z' });
    expect(ended.body.endedBy).toMatch(/^key:/);
    expect(await signaled()).toContain(id);
    expect(await expire(made.id)).toBeProblem(409, 'conflict');
    const rows = await api.sql`
      select action, reason from audit where subject_type = 'silence' and subject_id = ${made.id} order by id`;
    expect(rows.map(({ action, reason }) => [action, reason])).toEqual([
      ['silence.create', 'migration'],
      ['silence.update', 'longer'],
      ['silence.expire', 'done'],
    ]);
  });

  test('of a reseller above silences clients below, whose users do not change it', async () => {
    const id = await client({ resellerId: below });
    const made = (await create()).body;
    const key = await api.makeKey({ resellerId: below });
    expect(await api.get(`/v1/silences/${made.id}`, { key })).toHaveStatus(404);
    expect(await create({}, key)).toBeProblem(404, 'not_found', '#/resellerId');
    const { body: monitor } = await api.get(`/v1/clients/${id}/monitor`, { key });
    expect(monitor.coveringSilences).toEqual([
      { id: made.id, comment: 'migration', resellerName: 'Silent', from: made.startsAt, until: made.endsAt },
    ]);
  });

  test('is named where a rule is explained', async () => {
    const profile = await api.post('/v1/profiles', {
      ...{ name: 'Explained', currency: 'USD', resellerId: reseller, clientRule: { threshold: '50.00' } },
    });
    const id = await client({ profileId: profile.body.id, billingEmail: 'b@example.com' });
    const made = (await create()).body;
    api.temporal.answer('explain', async () =>
      explanationOf(id, { rules: [explainedRule('client', 'silenced', { reasonNow: 'silenced' })] }),
    );
    const { body: explained } = await api.get(`/v1/clients/${id}/explain`);
    const rule = explained.rules.find(({ key }: { key: string }) => key === 'client');
    expect(rule).toMatchObject({
      silencedUntil: '2026-03-02T12:00:00Z',
      why: `Low. Silenced until 2026-03-02T12:00:00Z by silence ${made.id} of Silent (migration).`,
    });
  });
});
