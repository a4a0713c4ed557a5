import { startTestApi, type TestApi } from '../../support/api/api.js';
import { anyVersion, invalid, refused } from '../../support/api/refusals.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { asPanel, makePanelClient, panelPassword } from '../../support/panel/panel-api.js';

/** Logging in to the client panel, and that neither side knows the sessions of the other. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ PUBLIC_URL: 'https://lowwater.example' });
});
afterAll(() => api.stop());

const none = { key: null } as const;

function logIn(login: string, password = panelPassword): ReturnType<TestApi['post']> {
  return api.post('/v1/panel/session', { login, password }, none);
}

async function panelRows(clientId: string): Promise<string[]> {
  const rows = await api.sql<{ action: string; actor: string; source: string }[]>`
    select action, actor, source from audit where client_id = ${clientId} and action like 'panel.%' order by id`;
  return rows.map(({ action, actor, source }) => `${action} ${actor} ${source}`);
}

test('the right login and password begin a session, which ends with the log-out', async () => {
  const client = await makePanelClient(api, { name: 'Acme' });
  const reply = await logIn(client.login.toUpperCase());
  expect(reply).toHaveStatus(201);
  expect(reply.body).toMatchObject({
    client: { id: client.id, name: 'Acme', status: 'active', currency: 'USD', locale: 'en', timezone: 'UTC' },
    provider: 'Company Name',
    may: { changeThresholds: false, transfer: false },
  });
  const cookie = reply.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^lowwater_panel_session=\S+; Path=\/v1\/panel; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
  const headers = { Cookie: cookie.split(';')[0] ?? '', 'X-CSRF-Token': reply.body.csrfToken };
  expect(await api.get('/v1/panel/session', { ...none, headers })).toHaveStatus(200);
  const ended = await api.call('DELETE', '/v1/panel/session', undefined, { ...none, headers });
  expect(ended).toHaveStatus(204);
  expect(ended.headers.get('set-cookie')).toContain('Max-Age=0');
  expect(await api.get('/v1/panel/session', { ...none, headers })).toBeProblem(401, 'session_missing');
  expect(await panelRows(client.id)).toEqual([
    `panel.login client:${client.id} panel`,
    `panel.logout client:${client.id} panel`,
  ]);
});

test('a wrong password, an unknown login, and a panel that is off get one answer', async () => {
  const client = await makePanelClient(api);
  const off = await makePanelClient(api);
  await api.call('PATCH', `/v1/clients/${off.id}`, { clientPanel: false }, anyVersion);
  const replies = [await logIn(client.login, 'wrong'), await logIn('nobody-7'), await logIn(off.login)];
  for (const reply of replies) {
    expect(reply).toBeProblem(401, 'login_failed');
    expect(reply.body.detail).toBe('wrong login or password');
  }
  expect(await panelRows(client.id)).toEqual(['panel.login_failed anonymous panel']);
});

test('five wrong passwords close a login for a while, and a new password opens it again', async () => {
  const client = await makePanelClient(api);
  for (let i = 0; i < 5; i++) expect(await logIn(client.login, 'wrong')).toBeProblem(401, 'login_failed');
  const closed = await logIn(client.login);
  expect(closed).toBeProblem(429, 'login_throttled');
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(800);
  const path = `/v1/clients/${client.id}/panel/password`;
  expect(await api.post(path, { password: panelPassword })).toHaveStatus(204);
  expect(await logIn(client.login)).toHaveStatus(201);
});

test('a change needs the CSRF token, and no page of another site', async () => {
  const { id } = await makePanelClient(api);
  const { headers = {} } = await asPanel(api, id);
  const body = { billingEmail: 'new@client.example' };
  const without = { ...none, headers: { Cookie: headers['Cookie'] ?? '' } };
  expect(await api.post('/v1/panel/billing-email', body, without)).toBeProblem(403, 'csrf_invalid');
  const foreign = { ...none, headers: { ...headers, 'Sec-Fetch-Site': 'cross-site' } };
  expect(await api.post('/v1/panel/billing-email', body, foreign)).toBeProblem(403, 'csrf_invalid');
  const login = { login: 'x', password: 'y' };
  const elsewhere = { ...none, headers: { 'Sec-Fetch-Site': 'cross-site' } };
  expect(await api.post('/v1/panel/session', login, elsewhere)).toBeProblem(403, 'csrf_invalid');
});

test('no session works on the other side, whatever name its cookie has', async () => {
  const { id } = await makePanelClient(api);
  const panel = await asPanel(api, id);
  const staff = await asUser(api, (await makePerson(api, 'admin')).id);
  for (const token of [panel.token, staff.token]) {
    const both = { ...none, headers: { Cookie: `lowwater_session=${token}; lowwater_panel_session=${token}` } };
    const isPanel = token === panel.token;
    expect((await api.get('/v1/panel/balance', both)).status).toBe(isPanel ? 200 : 401);
    expect((await api.get('/v1/clients', both)).status).toBe(isPanel ? 401 : 200);
  }
  expect(await api.get('/v1/panel/balance')).toBeProblem(401, 'session_missing');
});

test('a session ends after its time, unused or not', async () => {
  const { id } = await makePanelClient(api);
  const panel = await asPanel(api, id);
  const hour = 3_600_000;
  api.now = Date.now() + (api.context.config.SESSION_IDLE_HOURS + 1) * hour;
  expect(await api.get('/v1/panel/session', panel)).toBeProblem(401, 'session_missing');
  api.now = null;
});

test('the deletion of the client ends its panel, reserves its login, and its restore leaves the panel off', async () => {
  const client = await makePanelClient(api, { billingEmail: 'billing@client.example' });
  const panel = await asPanel(api, client.id);
  await api.post(`/v1/clients/${client.id}/panel/invitation`, {});
  expect(await api.call('DELETE', `/v1/clients/${client.id}`, undefined, anyVersion)).toHaveStatus(204);
  expect(await api.get('/v1/panel/session', panel)).toBeProblem(401, 'session_missing');
  expect(await logIn(client.login)).toBeProblem(401, 'login_failed');
  const taken = { name: 'Other', currency: 'USD', panelLogin: client.login.toUpperCase() };
  await refused(api, () => api.post('/v1/clients', taken), {
    ...{ status: 409, code: 'already_exists', pointer: '#/panelLogin', detail: /taken/ },
  });
  const restored = await api.post(`/v1/clients/${client.id}/restore`, {}, anyVersion);
  expect(restored.body).toMatchObject({ status: 'stop', clientPanel: false, panelLogin: client.login });
  const on = await api.call('PATCH', `/v1/clients/${client.id}`, { clientPanel: true }, anyVersion);
  expect(on).toHaveStatus(200);
  expect(await api.get('/v1/panel/session', panel)).toBeProblem(401, 'session_missing');
  const access = await api.get(`/v1/clients/${client.id}/panel`);
  expect(access.body).toMatchObject({ enabled: true, sessions: 0, invitation: null });
});

test('switching the panel off ends its sessions', async () => {
  const client = await makePanelClient(api);
  const panel = await asPanel(api, client.id);
  const path = `/v1/clients/${client.id}`;
  await api.call('PATCH', path, { clientPanel: false }, anyVersion);
  await api.call('PATCH', path, { clientPanel: true }, anyVersion);
  expect(await api.get('/v1/panel/session', panel)).toBeProblem(401, 'session_missing');
});

test('a panel needs a login of a certain form', async () => {
  const body = { name: 'Acme', currency: 'USD', clientPanel: true };
  await refused(
    api,
    () => api.post('/v1/clients', body),
    invalid('#/panelLogin', /must be set while the client panel/),
  );
  for (const panelLogin of ['ab', 'with space', 'ключ']) {
    await refused(api, () => api.post('/v1/clients', { ...body, panelLogin }), invalid('#/panelLogin', /3 to 64/));
  }
});

test('the full deletion of a client removes its panel', async () => {
  const client = await makePanelClient(api, { billingEmail: 'billing@client.example' });
  const panel = await asPanel(api, client.id);
  await api.post('/v1/panel/billing-email', { billingEmail: 'new@client.example' }, panel);
  await api.call('DELETE', `/v1/clients/${client.id}`, undefined, anyVersion);
  const [row] = await api.sql`select remove_client(${client.id}) as removed`;
  expect(row?.['removed']).toMatchObject({ panel_passwords: 1, account_emails: 2, billing_email_changes: 1 });
});
