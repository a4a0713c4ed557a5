import { toCanonicalWarning } from '../../../src/domain/monitoring/rules.js';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const whole = {
  name: 'default',
  currency: 'USD',
  maxNotifications: 3,
  periodHours: 24,
  userRule: { threshold: '100.00', notifyOwner: true, emails: ['noc@operator.example'] },
  clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
  advancedRules: [{ key: 'idle', threshold: '10.00', notifyClient: true, inactivityDays: 30, emails: [] }],
};

async function made(body: unknown = whole): Promise<Reply> {
  const reply = await api.post('/v1/profiles', body);
  expect(reply).toHaveStatus(201);
  return reply;
}

async function withClient(profileId: string): Promise<string> {
  const reply = await api.post('/v1/clients', { name: 'Acme', currency: 'USD', profileId });
  await api.sql`delete from outbox`;
  return reply.body.id;
}

const change = (id: string, method: string, body: unknown, etag = '*'): Promise<Reply> =>
  api.call(method, `/v1/profiles/${id}`, body, { headers: { 'If-Match': etag } });

async function signals(): Promise<{ client_id: string; kind: string }[]> {
  return [...(await api.sql<{ client_id: string; kind: string }[]>`select client_id, kind from outbox order by 1, 2`)];
}

async function lastAudit(): Promise<Record<string, unknown> | undefined> {
  const [row] = await api.sql`select * from audit order by id desc limit 1`;
  return row;
}

describe('the objects of scenarios', () => {
  const folder = path.join(__dirname, '../../scenarios');
  const read = (file: string) => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
  const isTaken = (scenario: object): boolean =>
    // Others play a company, or name channels, which the API knows by their ids.
    'client' in scenario && !('channels' in scenario);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && isTaken(read(file)));

  test.each(files)('%s: profile and client are taken as they stand and given back', async (file) => {
    const scenario = read(file);
    let profileId: string | null = null;
    if (scenario.profile) {
      const reply = await api.post('/v1/profiles', scenario.profile);
      expect(reply).toHaveStatus(201);
      expect(reply.body).toMatchObject(scenario.profile);
      expect(reply.headers.get('location')).toBe(`/v1/profiles/${reply.body.id}`);
      expect(reply.headers.get('etag')).toBe(`"${reply.body.version}"`);
      profileId = reply.body.id;
    }
    // What is charged decides nothing of a scenario, and the API wants to know it.
    const charged = scenario.client.autoPayment ? { autoPaymentExtraAmount: '50.00' } : {};
    const client = await api.post('/v1/clients', { ...scenario.client, ...charged, ...(profileId && { profileId }) });
    expect(client).toHaveStatus(201);
    const { warningThresholds = [], currency } = scenario.client;
    const canonical = warningThresholds.map((text: string) => toCanonicalWarning(text, currency));
    expect(client.body).toMatchObject({ ...scenario.client, warningThresholds: canonical, profileId });
    expect(client.headers.get('location')).toBe(`/v1/clients/${client.body.id}`);
    const again = await api.get(`/v1/clients/${client.body.id}`);
    expect(again.body).toEqual({ ...client.body, serverTime: again.body.serverTime });
  });
});

describe('a profile', () => {
  test('gets what is missing', async () => {
    const { body } = await made({ name: 'bare', currency: 'EUR' });
    expect(body).toMatchObject({
      resellerId: api.operatorId,
      sortOrder: 100,
      maxNotifications: null,
      periodHours: 24,
      checkEveryMinutes: null,
      trigger: 'period',
      resetOn: 'refill',
      whenSeveral: 'each',
      userRule: { threshold: null, notifyOwner: false, users: [], emails: [] },
      clientRule: { threshold: null, notifyClient: false, emails: [] },
      advancedRules: [],
      clients: 0,
      warnings: [],
    });
  });

  test('need not have a name of its own', async () => {
    const [first, second] = [await made(), await made()];
    expect(first.body.id).not.toBe(second.body.id);
  });

  test('gives advanced rules keys, the same for the same body', async () => {
    const rule = { threshold: '5.00', notifyClient: true };
    const body = { ...whole, advancedRules: [rule, { ...rule, key: 'rule-1' }, rule] };
    const keys = (reply: Reply): string[] => reply.body.advancedRules.map(({ key }: { key: string }) => key);
    const first = await made(body);
    expect(keys(first)).toEqual(['rule-2', 'rule-1', 'rule-3']);
    expect(keys(await change(first.body.id, 'PUT', body))).toEqual(['rule-2', 'rule-1', 'rule-3']);
  });

  test('warns of rules that nobody would hear', async () => {
    const { body } = await made({
      ...whole,
      userRule: { threshold: '100.00' },
      clientRule: { threshold: null },
      advancedRules: [
        { key: 'a', threshold: '5.00', emails: ['a@b.example'] },
        { key: 'b', threshold: '5.00' },
      ],
    });
    expect(body.warnings).toEqual([
      { pointer: '#/userRule', detail: expect.stringContaining('no recipients') },
      { pointer: '#/advancedRules/1', detail: expect.stringContaining('no recipients') },
    ]);
  });

  test('warns of a threshold for the inactive that is above the usual one', async () => {
    const { body } = await made({ ...whole, advancedRules: [{ ...whole.advancedRules[0], threshold: '60.00' }] });
    expect(body.warnings).toEqual([
      { pointer: '#/advancedRules/0/threshold', detail: expect.stringContaining('lower threshold') },
    ]);
  });

  test('notifies users of the reseller', async () => {
    const user = await api.post('/v1/users', { name: 'Anna', email: `anna-${Date.now()}@operator.example` });
    const id = user.body.id;
    // An integer is taken too, and a repetition counts once.
    const { body } = await made({ ...whole, userRule: { threshold: '1.00', users: [Number(id), id] } });
    expect(body.userRule.users).toEqual([id]);
    expect(body.warnings).toEqual([]);
  });

  test('is replaced as a whole, tells its clients’ monitors and leaves a trace', async () => {
    const { body: before } = await made();
    const clients = [await withClient(before.id), await withClient(before.id)].sort((a, b) => Number(a) - Number(b));
    const reply = await change(before.id, 'PUT', { name: 'new', currency: 'EUR', reason: 'contract of May' }, '"1"');
    expect(reply).toHaveStatus(200);
    expect(reply.headers.get('etag')).toBe('"2"');
    expect(reply.body).toMatchObject({ name: 'new', currency: 'EUR', advancedRules: [], clients: 2, version: 2 });
    expect(await signals()).toEqual(clients.map((id) => ({ client_id: id, kind: 'configurationChanged' })));
    expect(await lastAudit()).toMatchObject({
      action: 'profile.update',
      actor: expect.stringMatching(/^key:\d+$/),
      source: 'api',
      reason: 'contract of May',
      request_id: reply.headers.get('x-request-id'),
      before: expect.objectContaining({ name: 'default' }),
      after: expect.objectContaining({ name: 'new' }),
    });
  });

  test('is changed in part: rules are merged, advanced rules replaced', async () => {
    const { body: before } = await made();
    const reply = await change(before.id, 'PATCH', {
      maxNotifications: null,
      userRule: { threshold: '120' },
      advancedRules: [],
    });
    expect(reply.body).toMatchObject({
      name: 'default',
      maxNotifications: null,
      periodHours: 24,
      userRule: { threshold: '120.00', notifyOwner: true, emails: ['noc@operator.example'] },
      clientRule: before.clientRule,
      advancedRules: [],
    });
  });

  test('is not deleted while clients use it, and says how many do', async () => {
    const { body } = await made();
    const client = await withClient(body.id);
    const refused = await change(body.id, 'DELETE', undefined);
    expect(refused).toBeProblem(409, 'in_use');
    expect(refused.body.detail).toContain('1 client uses this profile');
    await api.call('PATCH', `/v1/clients/${client}`, { profileId: null }, { headers: { 'If-Match': '*' } });
    expect(await change(body.id, 'DELETE', undefined)).toHaveStatus(204);
    expect(await api.get(`/v1/profiles/${body.id}`)).toBeProblem(404, 'not_found');
    expect(await lastAudit()).toMatchObject({ action: 'profile.delete', after: null });
  });

  test('is deleted although a deleted client once used it', async () => {
    const { body } = await made();
    const client = await withClient(body.id);
    await api.call('DELETE', `/v1/clients/${client}`, undefined, { headers: { 'If-Match': '*' } });
    expect(await change(body.id, 'DELETE', undefined)).toHaveStatus(204);
    expect((await api.get(`/v1/clients/${client}`)).body.profileId).toBeNull();
  });

  test('of two changes to one version the second is refused with what is there now', async () => {
    const { body } = await made();
    const replies = await Promise.all(['a', 'b'].map((name) => change(body.id, 'PATCH', { name }, '"1"')));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 412]);
    const winner = replies.find(({ status }) => status === 200);
    const loser = replies.find(({ status }) => status === 412);
    expect(loser?.body.current.name).toBe(winner?.body.name);
  });
});

describe('assigning', () => {
  test('gives clients the profile, all or none', async () => {
    const [from, to] = [await made(), await made({ ...whole, name: 'next' })];
    const [first, second] = [await withClient(from.body.id), await withClient(to.body.id)];
    const assign = (clientIds: (string | number)[]): Promise<Reply> =>
      api.post(`/v1/profiles/${to.body.id}/assign`, { clientIds, reason: 'moved' });
    const refused = await assign([first, '999999']);
    expect(refused).toBeProblem(404, 'not_found', '#/clientIds/1');
    expect(await signals()).toEqual([]);
    const gone = await withClient(from.body.id);
    await api.call('DELETE', `/v1/clients/${gone}`, undefined, { headers: { 'If-Match': '*' } });
    await api.sql`delete from outbox`;
    const deleted = await assign([gone]);
    expect(deleted).toBeProblem(409, 'client_deleted', '#/clientIds/0');
    const reply = await assign([Number(first), second]);
    expect(reply.body).toEqual({ profileId: to.body.id, assigned: 1, unchanged: 1 });
    expect(await signals()).toEqual([{ client_id: first, kind: 'configurationChanged' }]);
    expect((await api.get(`/v1/clients/${first}`)).body).toMatchObject({ profileId: to.body.id, profileName: 'next' });
    expect(await lastAudit()).toMatchObject({
      action: 'client.update',
      before: { profileId: from.body.id },
      after: { profileId: to.body.id },
    });
  });

  test('moves all clients of another profile, which can be deleted then', async () => {
    const [from, to] = [await made(), await made({ ...whole, name: 'next' })];
    const clients = [await withClient(from.body.id), await withClient(from.body.id)];
    const gone = await withClient(from.body.id);
    await api.call('DELETE', `/v1/clients/${gone}`, undefined, { headers: { 'If-Match': '*' } });
    await api.sql`delete from outbox`;
    const assign = (body: unknown): Promise<Reply> => api.post(`/v1/profiles/${to.body.id}/assign`, body);
    for (const body of [{}, { clientIds: clients, fromProfileId: from.body.id }]) {
      const refused = await assign(body);
      expect(refused).toBeProblem(400, 'invalid', '#/clientIds');
    }
    const unknown = await assign({ fromProfileId: '999999' });
    expect(unknown).toBeProblem(404, 'not_found', '#/fromProfileId');
    const moved = await assign({ fromProfileId: from.body.id, reason: 'merged' });
    expect(moved.body).toEqual({ profileId: to.body.id, assigned: 2, unchanged: 0 });
    expect((await signals()).map((signal) => signal.client_id)).toEqual(clients);
    const removed = await api.call('DELETE', `/v1/profiles/${from.body.id}`, undefined, {
      headers: { 'If-Match': '*' },
    });
    expect(removed).toHaveStatus(204);
  });

  test('a profile serves clients of its owner and below only', async () => {
    const branch = await api.reseller('Branch');
    const profile = await made({ ...whole, resellerId: branch });
    const above = await api.post('/v1/clients', { name: 'Above', currency: 'USD' });
    const below = await api.post('/v1/clients', { name: 'Below', currency: 'USD', resellerId: branch });
    const reply = await api.post(`/v1/profiles/${profile.body.id}/assign`, { clientIds: [above.body.id] });
    expect(reply).toBeProblem(409, 'conflict');
    expect(
      (await api.post(`/v1/profiles/${profile.body.id}/assign`, { clientIds: [below.body.id] })).body.assigned,
    ).toBe(1);
    const away = await change(profile.body.id, 'PATCH', { resellerId: await api.reseller('Elsewhere') });
    expect(away).toBeProblem(409, 'in_use', '#/resellerId');
  });
});
