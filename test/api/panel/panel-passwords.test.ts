import { enqueuedLinks, linkToken } from '../../support/panel/panel-links.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { invalid, refused } from '../../support/api/refusals.js';
import { asPanel, makePanelClient, panelPassword } from '../../support/panel/panel-api.js';

/** Setting, changing, and forgetting the password of the client panel. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ PUBLIC_URL: 'https://lowwater.example' });
});
afterAll(() => api.stop());

const none = { key: null } as const;
const next = 'another four unrelated words';
const billingEmail = 'billing@client.example';

const logIn = (login: string, password: string): ReturnType<TestApi['post']> =>
  api.post('/v1/panel/session', { login, password }, none);

describe('the panel user', () => {
  test('changes the password and keeps only the session in which it is changed', async () => {
    const client = await makePanelClient(api, { billingEmail });
    const own = await asPanel(api, client.id);
    const other = await asPanel(api, client.id);
    expect(await api.post('/v1/panel/password', { current: panelPassword, next }, own)).toHaveStatus(204);
    expect(await api.get('/v1/panel/session', own)).toHaveStatus(200);
    expect(await api.get('/v1/panel/session', other)).toBeProblem(401, 'session_missing');
    expect(await logIn(client.login, panelPassword)).toBeProblem(401, 'login_failed');
    expect(await logIn(client.login, next)).toHaveStatus(201);
    expect(await enqueuedLinks(api.sql, client.id)).toEqual([`panel_password_changed ${billingEmail}`]);
  });

  test.each([
    ['wrong', next, '#/current', /your current password/],
    [panelPassword, panelPassword, '#/next', /must differ/],
    [panelPassword, 'password1234', '#/next', /easy to guess/],
  ])('is refused %s to %s', async (current, wanted, pointer, detail) => {
    const { id } = await makePanelClient(api);
    const own = await asPanel(api, id);
    const reply = await api.post('/v1/panel/password', { current, next: wanted }, own);
    expect(reply).toBeProblem(400, 'invalid', pointer);
    expect(reply.body.errors[0].detail).toMatch(detail);
  });

  test('gets a link after the password was forgotten, once a minute, which sets a new one', async () => {
    const client = await makePanelClient(api, { billingEmail });
    const session = await asPanel(api, client.id);
    const forgotten = (): ReturnType<TestApi['post']> =>
      api.post('/v1/panel/password-resets', { login: client.login }, none);
    expect(await forgotten()).toHaveStatus(202);
    expect((await forgotten()).body).toEqual({ validMinutes: 60 });
    expect(await enqueuedLinks(api.sql, client.id)).toEqual([`panel_password_reset ${billingEmail}`]);
    const token = await linkToken(api.sql, client.id);
    const read = await api.post('/v1/panel/links/read', { token }, none);
    expect(read.body).toMatchObject({ kind: 'panel_password_reset', login: client.login, emailChange: null });
    const weak = await api.post('/v1/panel/links/use', { token, password: 'password1234' }, none);
    expect(weak).toBeProblem(400, 'invalid', '#/password');
    expect((await api.post('/v1/panel/links/use', { token, password: next }, none)).body).toEqual({
      login: client.login,
    });
    expect(await api.post('/v1/panel/links/use', { token, password: next }, none)).toBeProblem(410, 'link_used');
    expect(await api.get('/v1/panel/session', session)).toBeProblem(401, 'session_missing');
    expect(await logIn(client.login, next)).toHaveStatus(201);
  });

  test('learns nothing by asking for links of others', async () => {
    const withoutEmail = await makePanelClient(api);
    for (const login of ['unknown-login', withoutEmail.login]) {
      const reply = await api.post('/v1/panel/password-resets', { login }, none);
      expect([reply.status, reply.body]).toEqual([202, { validMinutes: 60 }]);
    }
    expect(await enqueuedLinks(api.sql, withoutEmail.id)).toEqual([]);
    for (let i = 0; i < 4; i++) await api.post('/v1/panel/password-resets', { login: 'unknown-login' }, none);
    const over = await api.post('/v1/panel/password-resets', { login: 'unknown-login' }, none);
    expect(over).toBeProblem(429, 'login_throttled');
  });
});

describe('staff', () => {
  test('set a password and see since when there is one', async () => {
    const client = await makePanelClient(api);
    const session = await asPanel(api, client.id);
    const path = `/v1/clients/${client.id}/panel`;
    expect((await api.get(path)).body).toMatchObject({ enabled: true, login: client.login, sessions: 1 });
    expect(await api.post(`${path}/password`, { password: next, reason: 'asked by phone' })).toHaveStatus(204);
    expect(await api.get('/v1/panel/session', session)).toBeProblem(401, 'session_missing');
    expect(await logIn(client.login, next)).toHaveStatus(201);
    const access = (await api.get(path)).body;
    expect(access).toMatchObject({ sessions: 1, invitation: null });
    expect(access.passwordSetAt).not.toBeNull();
    expect(access.lastLoginAt).not.toBeNull();
    const [row] = await api.sql`
      select reason, after from audit where client_id = ${client.id} and action = 'panel.set_password'`;
    expect(row).toEqual({ reason: 'asked by phone', after: { password: 'new', sessionsEnded: 1 } });
  });

  test('invite by a link to the billing email, the newest of which works', async () => {
    const client = await makePanelClient(api, { billingEmail });
    const path = `/v1/clients/${client.id}/panel/invitation`;
    expect((await api.post(path, {})).body).toEqual({ email: billingEmail });
    const first = await linkToken(api.sql, client.id);
    expect(await api.post(path, {})).toHaveStatus(202);
    expect(await api.post('/v1/panel/links/read', { token: first }, none)).toBeProblem(404, 'link_unknown');
    const token = await linkToken(api.sql, client.id);
    const { invitation } = (await api.get(`/v1/clients/${client.id}/panel`)).body;
    expect(invitation).toMatchObject({ status: 'pending' });
    expect((await api.post('/v1/panel/links/use', { token, password: next }, none)).body).toEqual({
      login: client.login,
    });
    const later = await linkToken(api.sql, client.id);
    expect(later).toBe('');
  });

  test('are refused where the panel is off, where there is no address, and a weak password', async () => {
    const off = await api.post('/v1/clients', { name: 'Off', currency: 'USD', billingEmail });
    const conflict = { status: 409, code: 'conflict', pointer: '#/path/id' };
    const at = `/v1/clients/${off.body.id}/panel`;
    await refused(api, () => api.post(`${at}/password`, { password: next }), { ...conflict, detail: /panel is off/ });
    await refused(api, () => api.post(`${at}/invitation`, {}), { ...conflict, detail: /panel is off/ });
    const { id } = await makePanelClient(api);
    const path = `/v1/clients/${id}/panel`;
    await refused(api, () => api.post(`${path}/invitation`, {}), { ...conflict, detail: /no billing email/ });
    const weak = { password: 'password1234' };
    await refused(api, () => api.post(`${path}/password`, weak), invalid('#/password', /easy to guess/));
  });
});
