import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

/** Changes that would notify more than 100 clients have to be confirmed with their number. */

let api: TestApi;
const now = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  api = await startTestApi();
  api.now = now;
});
afterAll(() => api.stop());

const draft = { name: 'default', currency: 'USD', clientRule: { threshold: '50.00', notifyClient: true } };

async function createProfile(fields: object = {}): Promise<string> {
  return (await api.post('/v1/profiles', { ...draft, ...fields })).body.id;
}

/** Clients with a balance of 80 and a billing email. */
async function insertClients(count: number, profileId: string | null, currency = 'USD'): Promise<string[]> {
  const rows = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, billing_email)
    select ${api.operatorId}, ${profileId}, 'Client ' || n, ${currency}, 'prepaid', 'billing' || n || '@client.example'
    from generate_series(1, ${count}) n returning id`;
  const ids = rows.map(({ id }) => id);
  await api.sql`insert into balances (client_id, live) select unnest(${ids}::bigint[]), 80`;
  await api.sql`insert into monitors (client_id) select unnest(${ids}::bigint[])`;
  return ids;
}

function raise(profileId: string, fields: object = {}): Promise<Reply> {
  const body = { clientRule: { threshold: '100.00' }, ...fields };
  return api.call('PATCH', `/v1/profiles/${profileId}`, body, { headers: { 'If-Match': '*' } });
}

function expectRefused(reply: Reply, count: number): void {
  expect(reply).toBeProblem(409, 'confirmation_required');
  expect(reply.body.errors).toEqual([
    { pointer: '#/confirmNotifications', code: 'confirmation_required', detail: `must be ${count}` },
  ]);
  expect(reply.body.detail).toContain(`"confirmNotifications": ${count}`);
  expect(reply.body.preview).toMatchObject({
    at: '2026-03-10T12:00:00Z',
    newlyNotified: { count },
    noLongerNotified: { count: 0, data: [] },
  });
}

describe('an edit of a profile', () => {
  test('that notifies 100 clients needs no confirmation, 101 do', async () => {
    const few = await createProfile();
    await insertClients(100, few);
    expect(await raise(few)).toHaveStatus(200);

    const many = await createProfile();
    await insertClients(101, many);
    const refused = await raise(many);
    expectRefused(refused, 101);
    expect(refused.body.preview).toMatchObject({ clients: 101, notified: { before: 0, after: 101 } });
    expect(refused.body.preview.newlyNotified.data).toHaveLength(50);
    expect(refused.body.preview.newlyNotified.data[0]).toMatchObject({
      name: 'Client 1',
      available: '80.00',
      currency: 'USD',
      rules: [{ rule: 'client', recipients: ['billing1@client.example'] }],
    });
    expect((await api.get(`/v1/profiles/${many}`)).body).toMatchObject({
      version: 1,
      clientRule: { threshold: '50.00' },
    });

    expectRefused(await raise(many, { confirmNotifications: 100 }), 101);
    const saved = await raise(many, { confirmNotifications: 101 });
    expect(saved).toHaveStatus(200);
    expect(saved.body.clientRule.threshold).toBe('100.00');
    expect(saved.body.effect.monitorsUpdated).toBe(101);
  });

  test('that replaces the profile asks as well, and counts what other clients leave', async () => {
    const id = await createProfile();
    const ids = await insertClients(103, id);
    await api.sql`update clients set status = 'stop' where id = ${ids[0] ?? ''}`;
    await api.sql`update balances set live = 500 where client_id = ${ids[1] ?? ''}`;
    const body = { ...draft, clientRule: { threshold: '100.00', notifyClient: true } };
    const put = (more: object): Promise<Reply> =>
      api.call('PUT', `/v1/profiles/${id}`, { ...body, ...more }, { headers: { 'If-Match': '"1"' } });
    expectRefused(await put({}), 101);
    expect(await put({ confirmNotifications: 101 })).toHaveStatus(200);
  });

  test('that makes rules notify at once counts clients that wait for a check', async () => {
    const id = await createProfile({ clientRule: { threshold: '100.00', notifyClient: true } });
    await insertClients(101, id);
    expect(await raise(id, { maxNotifications: 5 })).toHaveStatus(200);
    expectRefused(await raise(id, { trigger: 'change' }), 101);
    expect(await raise(id, { trigger: 'change', confirmNotifications: 101 })).toHaveStatus(200);
  });

  test('that leaves the rules alone is not evaluated', async () => {
    const id = await createProfile({ trigger: 'change', clientRule: { threshold: '100.00', notifyClient: true } });
    await insertClients(101, id);
    const renamed = await api.call('PATCH', `/v1/profiles/${id}`, { name: 'Other' }, { headers: { 'If-Match': '*' } });
    expect(renamed).toHaveStatus(200);
  });

  test('with a stale version or unknown users is refused for that first', async () => {
    const id = await createProfile();
    await insertClients(101, id);
    const stale = await api.call(
      'PATCH',
      `/v1/profiles/${id}`,
      { clientRule: { threshold: '100.00' } },
      { headers: { 'If-Match': '"7"' } },
    );
    expect(stale).toBeProblem(412, 'version_stale');
    const unknown = await raise(id, { userRule: { threshold: '100.00', users: ['999999'] } });
    expect(unknown).toBeProblem(404, 'not_found', '#/userRule/users/0');
  });

  test('with a confirmation that is no number is refused', async () => {
    const id = await createProfile();
    const reply = await raise(id, { confirmNotifications: 'all' });
    expect(reply).toBeProblem(400, 'invalid', '#/confirmNotifications');
    const create = await api.post('/v1/profiles', { ...draft, confirmNotifications: 1 });
    expect(create).toBeProblem(400, 'invalid', '#/confirmNotifications');
  });
});

describe('an assignment', () => {
  test('compares each client under its profile of now and the new one', async () => {
    const from = await createProfile();
    const to = await createProfile({ clientRule: { threshold: '100.00', notifyClient: true } });
    const same = await createProfile({ clientRule: { threshold: '90.00', notifyClient: true } });
    const without = await insertClients(50, null);
    const under = await insertClients(50, from);
    const already = await insertClients(50, same);
    const assign = (clientIds: string[], more: object = {}): Promise<Reply> =>
      api.post(`/v1/profiles/${to}/assign`, { clientIds, ...more });

    // Those under `same` are notified by a check either way.
    const small = await assign([...without.slice(0, 25), ...under.slice(0, 25), ...already]);
    expect(small.body).toMatchObject({ assigned: 100, unchanged: 0 });

    const more = await insertClients(51, null);
    const rest = [...without.slice(25), ...under.slice(25), ...more, ...already];
    expectRefused(await assign(rest), 101);
    expectRefused(await assign(rest, { confirmNotifications: 102 }), 101);
    expect((await assign(rest, { confirmNotifications: 101 })).body).toMatchObject({ assigned: 101, unchanged: 50 });
  });

  test('of all clients of another profile asks as well', async () => {
    const from = await createProfile();
    const to = await createProfile({ clientRule: { threshold: '100.00', notifyClient: true } });
    await insertClients(101, from);
    const move = (more: object): Promise<Reply> =>
      api.post(`/v1/profiles/${to}/assign`, { fromProfileId: from, ...more });
    expectRefused(await move({}), 101);
    expect((await api.get(`/v1/profiles/${from}`)).body.clients).toBe(101);
    expect((await move({ confirmNotifications: 101 })).body.assigned).toBe(101);
  });

  test('with a client that cannot get the profile is refused for that first', async () => {
    const to = await createProfile({ clientRule: { threshold: '100.00', notifyClient: true } });
    const ids = await insertClients(102, null);
    await api.sql`update clients set status = 'deleted' where id = ${ids[101] ?? ''}`;
    const reply = await api.post(`/v1/profiles/${to}/assign`, { clientIds: ids });
    expect(reply).toBeProblem(409, 'client_deleted', '#/clientIds/101');
  });
});

describe('an exchange rate', () => {
  const post = (body: object): Promise<Reply> => api.post('/v1/exchange-rates', body);

  test('is evaluated before and after, at once or in the future', async () => {
    const id = await createProfile({ clientRule: { threshold: '50.00', notifyClient: true } });
    const ids = await insertClients(101, id, 'EUR');
    const rate = { from: 'EUR', to: 'USD', rate: '0.5' };
    // Without a rate nothing is decided; with it 80.00 EUR are 40.00 USD.
    expectRefused(await post(rate), 101);
    expect(await api.sql`select 1 from exchange_rates`).toHaveLength(0);
    const added = await post({ ...rate, confirmNotifications: 101 });
    expect(added).toHaveStatus(201);
    // The same rate again, and one that the current rate has replaced already, change nothing.
    expect(await post(rate)).toHaveStatus(200);
    expect(await post({ ...rate, rate: '0.4', at: '2026-01-01T00:00:00Z' })).toHaveStatus(201);
    // Low before and after.
    expect(await post({ ...rate, rate: '0.3', at: '2026-04-01T00:00:00Z' })).toHaveStatus(201);
    await api.sql`update balances set live = 500 where client_id = any (${ids}::bigint[])`;
    const later = { ...rate, rate: '0.01', at: '2026-05-01T00:00:00Z' };
    expectRefused(await post(later), 101);
    expect(await post({ ...later, confirmNotifications: 101 })).toHaveStatus(201);
  });

  test('of a pair that few clients need is not confirmed', async () => {
    const id = await createProfile();
    await insertClients(100, id, 'CHF');
    expect(await post({ from: 'CHF', to: 'USD', rate: '0.1' })).toHaveStatus(201);
  });
});
