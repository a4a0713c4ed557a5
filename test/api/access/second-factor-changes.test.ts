import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { nobody, startSecondFactorApi, type SecondFactorApi } from '../../support/api/second-factor.js';
import { asUser, makePerson, password } from '../../support/data/people.js';

let factor: SecondFactorApi;
let api: TestApi;

beforeAll(async () => {
  factor = await startSecondFactorApi();
  api = factor.api;
}, 60_000);
beforeEach(() => factor.reset());
afterAll(() => api?.stop());

describe('a recovery code', () => {
  test('takes the place of the app, once, and is noticed', async () => {
    const person = await factor.enrolled();
    await factor.post.arrivedAt(person.email);
    const [first = '', other = ''] = person.codes;
    expect((await factor.second(await factor.challengeOf(person), first.toUpperCase())).status).toBe(201);
    expect(await factor.second(await factor.challengeOf(person), first)).toBeProblem(401, 'code_wrong');
    expect((await factor.second(await factor.challengeOf(person), other.replaceAll('-', ' '))).status).toBe(201);
    expect((await api.get('/v1/me/second-factor', person.session)).body.recoveryCodesLeft).toBe(8);
    expect((await factor.post.arrivedAt(person.email)).map(({ subject }) => subject)).toEqual([
      'Lowwater: Recovery code used',
      'Lowwater: Recovery code used',
    ]);
  });

  test('is replaced with the password', async () => {
    const person = await factor.enrolled();
    const renew = (word: string): Promise<Reply> =>
      api.post('/v1/me/second-factor/recovery-codes', { password: word }, person.session);
    expect(await renew('not this one 1')).toBeProblem(400, 'invalid', '#/password');
    const { body } = await renew(password);
    expect(await factor.second(await factor.challengeOf(person), person.codes[0] ?? '')).toBeProblem(401, 'code_wrong');
    expect((await factor.second(await factor.challengeOf(person), body.recoveryCodes[0])).status).toBe(201);
    const plain = await makePerson(api, 'viewer');
    const without = await asUser(api, plain.id);
    const none = await api.post('/v1/me/second-factor/recovery-codes', { password }, without);
    expect(none).toBeProblem(409, 'conflict');
  });
});

describe('an app', () => {
  test('is replaced with password and code; the one before works until then', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const begin = (body: object): Promise<Reply> => api.post('/v1/me/second-factor/enrollment', body, person.session);
    expect(await begin({ password })).toBeProblem(400, 'invalid', '#/code');
    expect(await begin({ password, code: '000000' })).toBeProblem(400, 'invalid', '#/code');
    const { body } = await begin({ password, code: factor.codeOf(person.secret) });
    factor.later(1);
    expect((await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret))).status).toBe(201);
    factor.later(1);
    const confirmed = await api.post(
      '/v1/me/second-factor/confirm',
      { code: factor.codeOf(body.secret) },
      person.session,
    );
    expect(confirmed.status).toBe(200);
    factor.later(2);
    expect(await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret))).toBeProblem(
      401,
      'code_wrong',
    );
    expect((await factor.second(await factor.challengeOf(person), factor.codeOf(body.secret))).status).toBe(201);
    expect(await factor.changes(person.id)).toEqual(['enabled', 'replaced']);
  });

  test('is turned off with password and code', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const off = (word: string, code: string): Promise<Reply> =>
      api.post('/v1/me/second-factor/disable', { password: word, code }, person.session);
    expect(await off('not this one 1', factor.codeOf(person.secret))).toBeProblem(400, 'invalid', '#/password');
    expect(await off(password, '000000')).toBeProblem(400, 'invalid', '#/code');
    expect((await off(password, factor.codeOf(person.secret))).status).toBe(204);
    expect((await factor.logIn(person)).status).toBe(201);
    expect(await factor.changes(person.id)).toEqual(['enabled', 'disabled']);
  });

  test('is reset by an administrator, who may do as much', async () => {
    const person = await factor.enrolled();
    const reset = (id: string, by: CallOptions = {}): Promise<Reply> =>
      api.post(`/v1/users/${id}/second-factor/reset`, { reason: 'lost phone' }, by);
    expect((await reset(person.id)).status).toBe(204);
    expect(await api.get('/v1/session', person.session)).toBeProblem(401, 'session_missing');
    expect((await factor.logIn(person)).status).toBe(201);
    expect(await factor.changes(person.id)).toEqual(['enabled', 'reset']);
    expect(await reset(person.id)).toBeProblem(409, 'conflict');

    const admin = await makePerson(api, 'admin');
    const limited = { key: await api.makeKey({ scopes: ['users:write', 'users:read'] }) };
    expect(await reset(admin.id, limited)).toBeProblem(403, 'scope_missing');
    expect(await reset(admin.id, await asUser(api, admin.id))).toBeProblem(409, 'conflict');
  });
});

describe('a role that needs an app', () => {
  test('lets its users in once they have set one up', async () => {
    await factor.requireFor(['sre']);
    const person = await makePerson(api, 'sre');
    const { body, headers } = await factor.logIn(person);
    expect(body).toMatchObject({ step: 'enrollment' });
    expect(headers.get('set-cookie')).toBeNull();
    const { challenge } = body;
    expect(await factor.second(challenge, '123456')).toBeProblem(401, 'code_wrong');
    const begun = await api.post('/v1/session/enrollment', { challenge }, nobody);
    const confirm = (code: string): Promise<Reply> =>
      api.post('/v1/session/enrollment/confirm', { challenge, code }, nobody);
    expect(await confirm('000000')).toBeProblem(400, 'invalid', '#/code');
    const done = await confirm(factor.codeOf(begun.body.secret));
    expect(done).toMatchObject({ status: 201, body: { session: { user: { id: person.id } } } });
    expect(done.body.recoveryCodes).toHaveLength(10);
    expect(done.headers.get('set-cookie')).toMatch(/^lowwater_session=.{43};/);
    expect(await confirm(factor.codeOf(begun.body.secret))).toBeProblem(401, 'login_expired');

    factor.later(2);
    const session = await asUser(api, person.id);
    const off = { password, code: factor.codeOf(begun.body.secret) };
    expect(await api.post('/v1/me/second-factor/disable', off, session)).toBeProblem(409, 'conflict');
    expect(await factor.logIn(person)).toMatchObject({ status: 200, body: { step: 'code' } });
    expect((await factor.logIn(await makePerson(api, 'viewer'))).status).toBe(201);
  });

  test('gives no new app to who knows the password alone', async () => {
    const person = await factor.enrolled();
    await factor.requireFor(['viewer']);
    const challenge = await factor.challengeOf(person);
    expect(await api.post('/v1/session/enrollment', { challenge }, nobody)).toBeProblem(409, 'conflict');
    const confirm = { challenge, code: '123456' };
    expect(await api.post('/v1/session/enrollment/confirm', confirm, nobody)).toBeProblem(409, 'conflict');
  });

  test('is chosen by version, and recorded', async () => {
    const stale = { headers: { 'If-Match': '"1"' } };
    await factor.requireFor(['admin', 'sre']);
    expect(await api.call('PUT', '/v1/login-settings', { secondFactorRoles: [] }, stale)).toBeProblem(
      412,
      'version_stale',
    );
    expect((await api.get('/v1/login-settings')).body).toMatchObject({ secondFactorRoles: ['sre', 'admin'] });
    const [row] = await api.sql`
      select before, after from audit where action = 'login_settings.update' order by id desc limit 1`;
    expect(row).toEqual({ before: { secondFactorRoles: [] }, after: { secondFactorRoles: ['admin', 'sre'] } });
  });
});

test('without SECRET_KEY no app can be set up, nor asked for', async () => {
  const bare = await startTestApi();
  try {
    const person = await makePerson(bare, 'viewer');
    const session = await asUser(bare, person.id);
    const begun = await bare.post('/v1/me/second-factor/enrollment', { password }, session);
    expect(begun).toBeProblem(503, 'not_configured');
    const { headers } = await bare.get('/v1/login-settings');
    const match = { headers: { 'If-Match': headers.get('etag') ?? '' } };
    const body = { secondFactorRoles: ['admin'] };
    expect(await bare.call('PUT', '/v1/login-settings', body, match)).toBeProblem(503, 'not_configured');
    expect((await bare.get('/v1/me/second-factor', session)).body).toMatchObject({ available: false });
  } finally {
    await bare.stop();
  }
});
