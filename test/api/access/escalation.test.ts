import type { Scope } from '../../../src/domain/access/scopes.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { fingerprint } from '../../support/database/fingerprint.js';
import { asUser, makePerson } from '../../support/data/people.js';

/** A caller can't grant more rights than it has, and can't take over a user who has more. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const any = { 'If-Match': '*' };
let users = 0;

const newUser = (more: object = {}): Record<string, unknown> => ({
  name: 'New',
  email: `new-${++users}@people.example`,
  ...more,
});

function patch(id: string, body: unknown, options: CallOptions = {}): Promise<Reply> {
  return api.call('PATCH', `/v1/users/${id}`, body, { ...options, headers: { ...options.headers, ...any } });
}

async function refused(ask: () => Promise<Reply>, status: number, code: string, pointer?: string): Promise<void> {
  const before = await fingerprint(api.sql);
  const reply = await ask();
  expect(reply).toBeProblem(status, code, pointer);
  expect(await fingerprint(api.sql)).toBe(before);
}

/** A key that manages users and may do little else itself. */
const managerScopes: readonly Scope[] = [
  ...(['users:read', 'users:write', 'clients:read', 'profiles:read', 'payments:read', 'credit:read'] as const),
  ...(['monitor:read', 'notifications:read', 'templates:read', 'rates:read', 'resellers:read'] as const),
  ...(['audit:read', 'events:read', 'jobs:read'] as const),
];

describe('users', () => {
  test('have a role, a status and a maximum, are found by them, and are a viewer with nothing by default', async () => {
    const plain = await api.post('/v1/users', newUser());
    expect(plain.body).toMatchObject({ role: 'viewer', status: 'active', canLogIn: false, lastLoginAt: null });
    expect(plain.body.maximumIncrease).toEqual({ amount: null, percent: null, days: null });
    const maximumIncrease = { amount: { amount: '200', currency: 'USD' }, percent: '20', days: 60 };
    const made = await api.post('/v1/users', newUser({ role: 'credit_controller', locale: 'uk', maximumIncrease }));
    expect(made.body).toMatchObject({
      role: 'credit_controller',
      locale: 'uk',
      maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, percent: '20', days: 60 },
    });
    const changed = await patch(made.body.id, { maximumIncrease: { days: 5 }, status: 'disabled' });
    expect(changed.body).toMatchObject({ version: 2, maximumIncrease: { amount: null, percent: null, days: 5 } });
    expect(changed.headers.get('etag')).toBe('"2"');
    const list = await api.get('/v1/users?role=credit_controller,sre&status=disabled');
    expect(list.body.data).toEqual([changed.body]);
    expect(await api.get('/v1/users?role=boss')).toBeProblem(400, 'invalid', '#/query/role');
  });

  test('get no role that may do more than whoever gives it', async () => {
    const key = await api.makeKey({ scopes: managerScopes });
    expect(await api.post('/v1/users', newUser(), { key })).toHaveStatus(201);
    const viewer = await makePerson(api, 'viewer');
    for (const role of ['operator', 'sre', 'admin']) {
      await refused(() => api.post('/v1/users', newUser({ role }), { key }), 403, 'scope_missing', '#/role');
      await refused(() => patch(viewer.id, { role }, { key }), 403, 'scope_missing', '#/role');
    }
  });

  test('who may do more are not changed, not even their password', async () => {
    const key = await api.makeKey({ scopes: managerScopes });
    const admin = await makePerson(api, 'admin');
    const password = 'violet tractor lamp 9';
    const path = `/v1/users/${admin.id}`;
    await refused(() => patch(admin.id, { email: 'mine@people.example' }, { key }), 403, 'scope_missing');
    await refused(() => patch(admin.id, { status: 'disabled' }, { key }), 403, 'scope_missing');
    await refused(() => api.post(`${path}/password`, { password }, { key }), 403, 'scope_missing');
    await refused(() => api.call('DELETE', path, undefined, { key, headers: any }), 403, 'scope_missing');
  });

  test('get no higher maximum than whoever gives it, and by default the same', async () => {
    const cap = { maxAmount: '100', currency: 'USD', maxPercent: '10', maxDays: 7 };
    const key = await api.makeKey({ cap });
    const make = (maximumIncrease: unknown): Promise<Reply> =>
      api.post('/v1/users', newUser({ maximumIncrease }), { key });
    const own = { amount: { amount: '100.00', currency: 'USD' }, percent: '10', days: 7 };
    expect((await make(null)).body.maximumIncrease).toEqual(own);
    expect((await make({ amount: null, percent: null, days: 3 })).body.maximumIncrease).toEqual({ ...own, days: 3 });
    const pointer = '#/maximumIncrease/amount';
    await refused(() => make({ amount: { amount: '100.01', currency: 'USD' } }), 422, 'credit_above_maximum', pointer);
    await refused(() => make({ amount: { amount: '1', currency: 'EUR' } }), 422, 'credit_above_maximum', pointer);
    const unbounded = await makePerson(api, 'viewer');
    await refused(() => patch(unbounded.id, { email: 'mine@people.example' }, { key }), 422, 'credit_above_maximum');
  });

  test('do not change their own rights, nor shut themselves out', async () => {
    const { id } = await makePerson(api, 'admin');
    const options = await asUser(api, id);
    await refused(() => patch(id, { role: 'viewer' }, options), 409, 'conflict');
    await refused(() => patch(id, { status: 'disabled' }, options), 409, 'conflict');
    await refused(() => patch(id, { maximumIncrease: null }, options), 409, 'conflict');
    const gone = { ...options, headers: { ...options.headers, ...any } };
    await refused(() => api.call('DELETE', `/v1/users/${id}`, undefined, gone), 409, 'conflict');
    const password = 'violet tractor lamp 9';
    await refused(() => api.post(`/v1/users/${id}/password`, { password }, options), 409, 'conflict');
    expect((await patch(id, { name: 'Renamed' }, options)).body.name).toBe('Renamed');
  });

  test('lose their password where it is taken away', async () => {
    const { id } = await makePerson(api, 'viewer');
    const options = await asUser(api, id);
    expect(await api.post(`/v1/users/${id}/password`, { password: null })).toHaveStatus(204);
    expect(await api.get('/v1/me', options)).toBeProblem(401, 'session_missing');
    expect((await api.get(`/v1/users/${id}`)).body).toMatchObject({ canLogIn: false, status: 'active' });
  });

  test('leave nothing of their password behind, whatever key the request had', async () => {
    const { id } = await makePerson(api, 'viewer');
    const headers = { 'Idempotency-Key': 'password-1' };
    const body = { password: 'violet tractor lamp 9' };
    expect(await api.post(`/v1/users/${id}/password`, body, { headers })).toHaveStatus(204);
    expect(await api.sql`select 1 from idempotency_keys where key = 'password-1'`).toHaveLength(0);
  });
});

describe('API keys of a user', () => {
  const make = (body: object, options?: CallOptions): Promise<Reply> =>
    api.post('/v1/api-keys', { name: 'own', scopes: ['clients:read'], ...body }, options);

  test('belong to whoever makes them, and are listed with their owner', async () => {
    const { id } = await makePerson(api, 'integrator');
    const options = await asUser(api, id);
    const made = await make({}, options);
    expect(made.body).toMatchObject({ owner: { id, name: 'integrator' }, createdBy: `user:${id}` });
    const child = await make({ scopes: ['keys:read', 'keys:write', 'clients:read'] }, options);
    const grandchild = await make({}, { key: child.body.key });
    expect(grandchild.body.owner).toEqual({ id, name: 'integrator' });
    const list = await api.get(`/v1/api-keys?ownerId=${id}`);
    expect(list.body.data).toHaveLength(3);
    expect((await make({})).body.owner).toBeNull();
  });

  test('can have no scope that their maker’s role does not have, and no other owner’s absence', async () => {
    const options = await asUser(api, (await makePerson(api, 'integrator')).id);
    await refused(() => make({ scopes: ['credit:write'] }, options), 403, 'scope_missing', '#/scopes/0');
    await refused(() => make({ scopes: ['*'] }, options), 403, 'scope_missing', '#/scopes/0');
    await refused(() => make({ ownerId: null }, options), 403, 'scope_missing', '#/ownerId');
    const admin = await asUser(api, (await makePerson(api, 'admin')).id);
    expect((await make({ ownerId: null, scopes: ['*'] }, admin)).body.owner).toBeNull();
  });

  test('are for owners who see what the key sees and may do what it may', async () => {
    const branch = await api.reseller('Owner branch');
    const viewer = await makePerson(api, 'viewer', { resellerId: branch });
    await refused(() => make({ ownerId: viewer.id }), 409, 'conflict', '#/ownerId');
    const body = { ownerId: viewer.id, resellerId: branch };
    await refused(() => make({ ...body, scopes: ['clients:write'] }), 403, 'scope_missing', '#/ownerId');
    await refused(() => make({ ...body, ownerId: '999999' }), 404, 'not_found', '#/ownerId');
    expect((await make(body)).body.owner).toMatchObject({ id: viewer.id });
    const stranger = await api.makeKey({ resellerId: await api.reseller('Strangers') });
    await refused(() => make({ ownerId: viewer.id }, { key: stranger }), 404, 'not_found', '#/ownerId');
    await patch(viewer.id, { status: 'disabled' });
    await refused(() => make(body), 409, 'conflict', '#/ownerId');
  });

  test('rest while their owner is disabled, and end when the owner is deleted', async () => {
    const { id } = await makePerson(api, 'integrator');
    const { body } = await make({}, await asUser(api, id));
    const use = async (): Promise<unknown> => {
      const reply = await api.get('/v1/clients', { key: body.key });
      return reply.status === 200 ? 200 : reply.body.code;
    };
    const status = async (): Promise<string> => (await api.get(`/v1/api-keys/${body.id}`)).body.status;
    expect([await use(), await status()]).toEqual([200, 'usable']);
    await patch(id, { status: 'disabled' });
    expect([await use(), await status()]).toEqual(['key_suspended', 'suspended']);
    await patch(id, { status: 'active' });
    expect(await use()).toBe(200);
    await api.call('DELETE', `/v1/users/${id}`, undefined, { headers: any });
    expect([await use(), await status()]).toEqual(['key_revoked', 'revoked']);
    const { body: audit } = await api.get(`/v1/audit?subjectType=api_key&subjectId=${body.id}&action=api_key.revoke`);
    expect(audit.data).toHaveLength(1);
  });

  test('may never do more than their owner may now', async () => {
    const { id } = await makePerson(api, 'admin');
    const options = await asUser(api, id);
    const { key } = (await make({ scopes: ['*'] }, options)).body;
    expect((await api.get('/v1/me', { key })).body.scopes).toEqual(['*']);
    await patch(id, { role: 'viewer', maximumIncrease: { amount: { amount: '50', currency: 'USD' }, days: 5 } });
    const me = await api.get('/v1/me', { key });
    expect(me.body.scopes).toContain('clients:read');
    expect(me.body.scopes).not.toContain('*');
    expect(me.body.maximumIncrease).toEqual({ amount: { amount: '50.00', currency: 'USD' }, percent: null, days: 5 });
    expect(await api.post('/v1/profiles', { name: 'p', currency: 'USD' }, { key })).toBeProblem(403, 'scope_missing');
  });

  test('lend no amount where their bound and their owner’s cannot be compared', async () => {
    const { id } = await makePerson(api, 'admin');
    const maximumIncrease = { amount: { amount: '10', currency: 'EUR' } };
    const { key } = (await make({ scopes: ['*'], maximumIncrease }, await asUser(api, id))).body;
    await patch(id, { maximumIncrease: { amount: { amount: '5', currency: 'USD' } } });
    const { body } = await api.get('/v1/me', { key });
    expect(body.maximumIncrease.amount).toEqual({ amount: '0.00', currency: 'EUR' });
  });
});

test('a user’s own maximum bounds what the user lends', async () => {
  const cap = { maxAmount: '20', currency: 'USD', maxPercent: null, maxDays: 3 };
  const { id } = await makePerson(api, 'credit_controller', { cap });
  const client = await api.post('/v1/clients', { name: 'Borrower', currency: 'USD', creditLimit: '100.00' });
  const { body } = await api.get(`/v1/clients/${client.body.id}/temporary-credits/limits`, await asUser(api, id));
  expect(body).toMatchObject({ maxAmount: '20.00', currency: 'USD', maxPercent: null, maxDays: 3 });
});

describe('users and keys of a manager', () => {
  let managerId: string;
  let clientId: string;
  beforeAll(async () => {
    managerId = (await api.post('/v1/resellers', { name: 'Mary', kind: 'manager' })).body.id;
    const client = { name: 'Of Mary', currency: 'USD', creditLimit: '200.00', managerId };
    clientId = (await api.post('/v1/clients', client)).body.id;
  });
  const none = { amount: null, percent: '0', days: null };
  const of = async (maximumIncrease?: unknown): Promise<Reply['body']> =>
    (await api.post('/v1/users', newUser({ resellerId: managerId, role: 'credit_controller', maximumIncrease }))).body;

  test('grant nothing until they are given a maximum, whoever creates them', async () => {
    expect((await of()).maximumIncrease).toEqual(none);
    expect((await of({ days: 7 })).maximumIncrease).toEqual({ ...none, days: 7 });
    expect((await of({ percent: '10' })).maximumIncrease).toEqual({ ...none, percent: '10' });
    const capped = await api.makeKey({ cap: { maxAmount: '100', currency: 'USD', maxPercent: null, maxDays: 7 } });
    const made = await api.post('/v1/users', newUser({ resellerId: managerId }), { key: capped });
    expect(made.body.maximumIncrease).toEqual({ ...none, days: 7 });
    const key = await api.post('/v1/api-keys', { name: 'Mary', resellerId: managerId, scopes: ['credit:write'] });
    expect(key.body.maximumIncrease).toEqual(none);
    const { id } = await of({ amount: { amount: '5.00', currency: 'USD' } });
    expect((await patch(id, { name: 'Renamed' })).body.maximumIncrease.amount).toEqual({
      amount: '5.00',
      currency: 'USD',
    });
    expect((await patch(id, { maximumIncrease: null })).body.maximumIncrease).toEqual(none);
  });

  test('request approval above it, and grant within it', async () => {
    const { id } = await of();
    const mary = await asUser(api, id);
    const ask = (amount: string): Promise<Reply> =>
      api.post(
        `/v1/clients/${clientId}/credit-requests`,
        { amount, validUntil: '2099-01-01T00:00:00Z', reason: 'late' },
        mary,
      );
    const limits = `/v1/clients/${clientId}/temporary-credits/limits`;
    expect((await api.get(limits, mary)).body).toMatchObject({ maxAmount: '0.00', maxPercent: '0' });
    const asked = await ask('0.01');
    expect(asked).toHaveStatus(201);
    await api.post(`/v1/credit-requests/${asked.body.id}/withdraw`, {}, mary);
    await patch(id, { maximumIncrease: { amount: { amount: '5.00', currency: 'USD' } } });
    expect(await ask('5.00')).toBeProblem(400, 'invalid', '#/amount');
    expect(await ask('5.01')).toHaveStatus(201);
  });

  test('hand on no more than they have', async () => {
    const { id } = await of({ percent: '10' });
    const { sql } = api;
    await sql`update users set role = 'admin' where id = ${id}`;
    const mary = await asUser(api, id);
    const make = (maximumIncrease: unknown): Promise<Reply> =>
      api.post('/v1/users', newUser({ maximumIncrease }), mary);
    expect((await make(null)).body.maximumIncrease).toEqual({ ...none, percent: '10' });
    await refused(() => make({ percent: '11' }), 422, 'credit_above_maximum', '#/maximumIncrease/percent');
    await refused(() => make({ percent: '-1' }), 400, 'invalid', '#/maximumIncrease/percent');
  });
});
