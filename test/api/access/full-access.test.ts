import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { anyVersion, refused } from '../../support/api/refusals.js';

/** A caller can't revoke a key that may do more. The last key with full access and the last administrator stay. */

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.stop());

const revoke = (id: string, options: CallOptions = {}): Promise<Reply> =>
  api.call('DELETE', `/v1/api-keys/${id}`, undefined, options);
const make = async (body: object, options: CallOptions = {}): Promise<{ id: string; key: string }> =>
  (await api.post('/v1/api-keys', { name: 'another', ...body }, options)).body;
const ownId = async (): Promise<string> => (await api.get('/v1/me')).body.id;
const patch = (id: string, body: object, options: CallOptions = {}): Promise<Reply> =>
  api.call('PATCH', `/v1/users/${id}`, body, {
    ...options,
    headers: { ...options.headers, ...anyVersion.headers },
  });

describe('a key is not revoked by one that may do less', () => {
  const above = (detail: RegExp, code = 'scope_missing', status = 403) => ({
    ...{ status, code, detail },
    pointer: '#/path/id',
  });

  test('in scopes', async () => {
    const { key } = await make({ scopes: ['keys:write', 'clients:read'] });
    const more = await make({ scopes: ['clients:read', 'credit:write'] });
    const same = await make({ scopes: ['clients:read'] });
    const detail = /this key has the scope credit:write, which your key does not have/;
    await refused(api, () => revoke(more.id, { key }), above(detail));
    await refused(api, async () => revoke(await ownId(), { key }), above(/has the scope \*/));
    expect(await revoke(same.id, { key })).toHaveStatus(204);
  });

  test('in maximums', async () => {
    const limits = { amount: '10', currency: 'USD' };
    const { key } = await make({ scopes: ['*'], maximumIncrease: { days: 5 }, maximumCreditLimit: limits });
    for (const body of [
      { maximumIncrease: { days: 6 }, maximumCreditLimit: limits },
      { maximumIncrease: { days: 5 } },
    ]) {
      const more = await make({ scopes: ['credit:write'], ...body });
      expect(await revoke(more.id, { key })).toBeProblem(422, 'credit_above_maximum');
      expect((await api.get(`/v1/api-keys/${more.id}`)).body.status).toBe('usable');
    }
    const same = await make({ scopes: ['credit:write'] }, { key });
    expect(await revoke(same.id, { key })).toHaveStatus(204);
  });

  test('whose owner may do less is judged by the owner', async () => {
    const integrator = await makePerson(api, 'integrator');
    const admin = await makePerson(api, 'admin');
    const { id } = await make({ scopes: ['*'], ownerId: admin.id });
    const options = await asUser(api, integrator.id);
    expect(await revoke(id, options)).toBeProblem(403, 'scope_missing', '#/path/id');
    await makePerson(api, 'admin');
    expect(await patch(admin.id, { role: 'viewer' })).toHaveStatus(200);
    expect(await revoke(id, options)).toHaveStatus(204);
  });
});

describe('the last key that may do everything', () => {
  test('is not revoked, neither by itself nor by an administrator', async () => {
    const id = await ownId();
    const admin = await asUser(api, (await makePerson(api, 'admin')).id);
    expect(await revoke(id)).toBeProblem(409, 'conflict');
    expect((await revoke(id, admin)).body.detail).toMatch(/last key that may do everything: create another key/);
    await make({ scopes: ['*'], expiresAt: '2020-01-01T00:00:00Z' });
    await make({ scopes: ['*'] }, admin);
    await make({ scopes: ['*'], resellerId: await api.reseller('Below') });
    expect(await revoke(id)).toBeProblem(409, 'conflict');
    const next = await make({ scopes: ['*'], ownerId: null });
    expect(await revoke(id)).toHaveStatus(204);
    expect(await revoke(next.id, { key: next.key })).toBeProblem(409, 'conflict');
  });

  test('stays where several are revoked at once', async () => {
    const keys = [await ownId(), (await make({ scopes: ['*'] })).id, (await make({ scopes: ['*'] })).id];
    const admin = await asUser(api, (await makePerson(api, 'admin')).id);
    const replies = await Promise.all(keys.map((id) => revoke(id, admin)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 204, 409]);
  });
});

describe('the last administrator', () => {
  const end: [string, (id: string, options: CallOptions) => Promise<Reply>][] = [
    ['given another role', (id, options) => patch(id, { role: 'operator' }, options)],
    ['disabled', (id, options) => patch(id, { status: 'disabled' }, options)],
    [
      'deleted',
      (id, options) =>
        api.call('DELETE', `/v1/users/${id}`, undefined, {
          ...options,
          headers: { ...options.headers, ...anyVersion.headers },
        }),
    ],
    ['left without a password', (id, options) => api.post(`/v1/users/${id}/password`, { password: null }, options)],
  ];

  test.each(end)('is not %s', async (_how, ask) => {
    const { id } = await makePerson(api, 'admin');
    await makePerson(api, 'admin', { resellerId: await api.reseller('Also below') });
    await api.post('/v1/users', { name: 'No login', email: 'recipient@people.example', role: 'admin' });
    const reply = await ask(id, {});
    expect(reply).toBeProblem(409, 'conflict');
    expect(reply.body.detail).toMatch(/last administrator who can log in/);
    expect((await api.get(`/v1/users/${id}`)).body).toMatchObject({ role: 'admin', canLogIn: true });
    await makePerson(api, 'admin');
    expect((await ask(id, {})).status).toBeLessThan(300);
  });

  test('stays where two administrators remove each other at once', async () => {
    const [one, two] = [await makePerson(api, 'admin'), await makePerson(api, 'admin')];
    const [asOne, asTwo] = [await asUser(api, one.id), await asUser(api, two.id)];
    const replies = await Promise.all([
      patch(two.id, { role: 'viewer' }, asOne),
      patch(one.id, { status: 'disabled' }, asTwo),
    ]);
    const left = await api.sql`
      select 1 from users where role = 'admin' and status = 'active' and password_hash is not null`;
    expect(left).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

describe('an email address that is taken', () => {
  test('is refused in the same words, whoever has it', async () => {
    const reseller = await api.reseller('A');
    const key = await api.makeKey({ resellerId: reseller });
    await api.post('/v1/users', { name: 'Of the operator', email: 'operator@people.example' });
    await api.post('/v1/users', { name: 'Own', email: 'own@people.example' }, { key });
    const ask = async (email: string): Promise<unknown> => {
      const { status, body } = await api.post('/v1/users', { name: 'New', email }, { key });
      const { instance: _instance, requestId: _requestId, ...problem } = body;
      return { status, problem };
    };
    const foreign = await ask('Operator@people.example');
    expect(foreign).toEqual(await ask('own@people.example'));
    expect(foreign).toMatchObject({
      status: 409,
      problem: { errors: [{ pointer: '#/email', detail: 'this email address cannot be used: enter another one' }] },
    });
  });
});

test('a user whom a profile of another reseller notifies is not deleted', async () => {
  const [a, b] = [await api.reseller('One'), await api.reseller('Two')];
  const user = (await api.post('/v1/users', { name: 'Olena', email: 'olena@a.example', resellerId: a })).body;
  const profile = await api.post('/v1/profiles', {
    ...{ name: 'of B', currency: 'USD', resellerId: b },
    userRule: { threshold: '100.00', users: [user.id] },
  });
  expect(profile).toHaveStatus(201);
  const options = { key: await api.makeKey({ resellerId: a }), ...anyVersion };
  const remove = (): Promise<Reply> => api.call('DELETE', `/v1/users/${user.id}`, undefined, options);
  const reply = await remove();
  expect(reply).toBeProblem(409, 'in_use');
  expect(reply.body.detail).toMatch(/profile that you cannot see notifies this user: disable the user/);
  const removed = await api.call('DELETE', `/v1/profiles/${profile.body.id}`, undefined, anyVersion);
  expect(removed.status).toBe(204);
  expect(await remove()).toHaveStatus(204);
});
