import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson, password } from '../../support/data/people.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = null;
  await api.sql`delete from login_throttles`;
});

function logIn(email: string, given = password, headers: Record<string, string> = {}): Promise<Reply> {
  return api.post('/v1/session', { email, password: given }, { key: null, headers });
}

/** What the audit says of a user, without how the test made the user. */
const auditOf = async (userId: string): Promise<string[]> => {
  const { body } = await api.get(`/v1/audit?subjectType=user&subjectId=${userId}&sort=id`);
  const rows: { readonly action: string; readonly source: string }[] = body.data;
  return rows.filter(({ source }) => source !== 'system').map(({ action }) => action);
};

describe('the own account', () => {
  test('name, language, zone and preferences are changed field by field', async () => {
    const { id } = await makePerson(api, 'viewer');
    const options = await asUser(api, id);
    const change = (body: unknown): Promise<Reply> => api.call('PATCH', '/v1/me', body, options);
    const first = await change({ name: 'Vera', locale: 'uk', timezone: 'Europe/Kyiv', preferences: { theme: 'dark' } });
    expect(first.body).toMatchObject({
      name: 'Vera',
      locale: 'uk',
      timezone: 'Europe/Kyiv',
      preferences: { theme: 'dark', density: 'comfortable', shortcuts: true, digestHour: null, columns: {} },
    });
    await change({ preferences: { columns: { clients: ['name', 'state'], profiles: ['name'] } } });
    await change({ preferences: { shortcuts: false, digestHour: 7, columns: { profiles: null } } });
    const { body } = await api.get('/v1/me', options);
    expect(body).toEqual((await api.get('/v1/session', options)).body.user);
    expect(body.preferences).toEqual({
      theme: 'dark',
      density: 'comfortable',
      shortcuts: false,
      digestHour: 7,
      columns: { clients: ['name', 'state'] },
    });
    expect((await api.get(`/v1/users/${id}`)).body.version).toBe(2);
  });

  test.each<[unknown, string]>([
    [{ role: 'admin' }, '#/role'],
    [{ email: 'other@people.example' }, '#/email'],
    [{ locale: 'de' }, '#/locale'],
    [{ timezone: 'Mars/Base' }, '#/timezone'],
    [{ preferences: { theme: 'pink' } }, '#/preferences/theme'],
    [{ preferences: { columns: { clients: ['<script>'] } } }, '#/preferences/columns/clients/0'],
    [{ preferences: { size: 4 } }, '#/preferences/size'],
    [{ preferences: { digestHour: 24 } }, '#/preferences/digestHour'],
  ])('%j is refused', async (body, pointer) => {
    const { id } = await makePerson(api, 'viewer');
    const reply = await api.call('PATCH', '/v1/me', body, await asUser(api, id));
    expect(reply).toBeProblem(400, 'invalid', pointer);
  });

  test('a new password ends the other sessions and keeps this one', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    const [here, elsewhere] = [await asUser(api, id), await asUser(api, id)];
    const next = 'violet tractor lamp 9';
    const reply = await api.post('/v1/me/password', { current: password, next }, here);
    expect(reply).toHaveStatus(204);
    expect(reply.text).toBe('');
    expect(await api.get('/v1/session', here)).toHaveStatus(200);
    expect(await api.get('/v1/session', elsewhere)).toBeProblem(401, 'session_missing');
    expect(await logIn(email)).toBeProblem(401, 'login_failed');
    expect(await logIn(email, next)).toHaveStatus(201);
    expect(await auditOf(id)).toContain('user.set_password');
    expect(JSON.stringify((await api.get('/v1/audit')).body)).not.toContain(next);
  });

  test.each<[string, string, string, string, RegExp]>([
    ['the wrong one', 'not my password', 'violet tractor lamp 9', '#/current', /current password/],
    ['a short one', password, 'short', '#/next', /at least 12/],
    ['the same', password, password, '#/next', /must differ/],
    ['one of few characters', password, 'aaaaaaaaaabbbb', '#/next', /repeats a character.*four unrelated words/],
    ['a row of keys', password, 'qwertyuiopqwerty', '#/next', /easy to guess.*four unrelated words/],
    ['a common one', password, 'Password12345!', '#/next', /common password.*four unrelated words/],
  ])('%s is no password change', async (_name, current, next, pointer, detail) => {
    const { id } = await makePerson(api, 'viewer');
    const reply = await api.post('/v1/me/password', { current, next }, await asUser(api, id));
    expect(reply).toBeProblem(400, 'invalid', pointer);
    expect(reply.body.errors[0].detail).toMatch(detail);
  });

  test('the own address is no password, and wrong tries are counted', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    const options = await asUser(api, id);
    const change = (current: string, next: string): Promise<Reply> =>
      api.post('/v1/me/password', { current, next }, options);
    expect((await change(password, `my ${email}`)).body.errors[0].detail).toMatch(/email address of the user/);
    for (let tries = 0; tries < 5; tries++) await change('wrong password', 'violet tractor lamp 9');
    expect(await change(password, 'violet tractor lamp 9')).toBeProblem(429, 'login_throttled');
  });

  test('sessions are listed, this one marked, and ended one by one', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    const stranger = await makePerson(api, 'viewer');
    const foreign = await asUser(api, stranger.id);
    await logIn(email, password, { 'User-Agent': 'Firefox' });
    const here = await asUser(api, id);
    const { body } = await api.get('/v1/me/sessions', here);
    expect(body.data).toHaveLength(2);
    expect(body.data.map(({ agent, current }: { agent: string; current: boolean }) => [agent, current]).sort()).toEqual(
      [
        ['Firefox', false],
        ['tests', true],
      ],
    );
    const other = body.data.find(({ current }: { current: boolean }) => !current);
    expect(other).toMatchObject({ address: expect.stringMatching(/127\.0\.0\.1/), createdAt: expect.any(String) });
    const path = `/v1/me/sessions/${other.id}`;
    expect(await api.call('DELETE', path, undefined, foreign)).toBeProblem(404, 'not_found');
    expect(await api.call('DELETE', path, undefined, here)).toHaveStatus(204);
    expect((await api.get('/v1/me/sessions', here)).body.data).toHaveLength(1);
    expect(await auditOf(id)).toEqual(['session.login', 'session.end']);
  });
});
