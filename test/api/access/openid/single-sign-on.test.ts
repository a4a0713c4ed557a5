import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noteAnswered } from '../../../support/api/answered.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../../support/api/api.js';
import { makePerson, password } from '../../../support/data/people.js';
import { ProviderBrowser, startProvider, type Claims, type TestProvider } from '../../../support/openid/provider.js';

/** Logging in at a real OpenID Connect provider, which runs in its own process. */

let api: TestApi;
let provider: TestProvider;
let fake: { port: number; close(): void };

beforeAll(async () => {
  // The address of this installation for people and for the provider; what it calls there reaches the API below.
  fake = await relay(() => api.url);
  const publicUrl = `http://127.0.0.1:${fake.port}`;
  provider = await startProvider({
    redirectUri: `${publicUrl}/login/openid`,
    logoutUri: `${publicUrl}/v1/openid/logout`,
    returnUri: `${publicUrl}/login`,
  });
  api = await startTestApi(settings(publicUrl));
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
  fake.close();
});

const settings = (publicUrl: string): Record<string, string> => ({
  PUBLIC_URL: publicUrl,
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: 'lowwater',
  OIDC_CLIENT_SECRET: 'secret-of-tests',
  OIDC_NAME: 'Company login',
  OIDC_ROLES: 'lw-admins=admin,lw-billing=operator',
});

const person = (sub: string, claims: Partial<Claims> = {}): Claims => ({
  ...{ sub, email: `${sub}@operator.example`, email_verified: true, name: `Name of ${sub}`, roles: ['lw-billing'] },
  ...claims,
});

interface Login {
  readonly browser: ProviderBrowser;
  readonly reply: Reply;
  readonly as: CallOptions;
}

async function logIn(claims: Claims, browser = new ProviderBrowser(provider.issuer)): Promise<Login> {
  const begun = await api.post('/v1/session/openid', undefined, { key: null });
  expect(begun.status).toBe(200);
  const back = await browser.logIn(begun.body.url, claims);
  return { browser, ...(await complete(back, begun)) };
}

async function complete(back: string, begun: Reply): Promise<Omit<Login, 'browser'>> {
  const query = new URL(back).search.slice(1);
  const reply = await api.post(
    '/v1/session/openid/complete',
    { query },
    { key: null, headers: { Cookie: cookieOf(begun) } },
  );
  return { reply, as: { key: null, headers: { Cookie: cookieOf(reply), 'X-CSRF-Token': reply.body.csrfToken ?? '' } } };
}

const cookieOf = (reply: Reply): string => (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

test('the login page learns how to log in', async () => {
  const { body } = await api.get('/v1/login-methods', { key: null });
  expect(body).toEqual({ password: true, singleSignOn: { name: 'Company login' } });
});

test('an unknown person with a role becomes a user of the operator, and is that user from then on', async () => {
  const claims = person('ann', { locale: 'uk-UA', zoneinfo: 'Europe/Kyiv' });
  const { reply, as } = await logIn(claims);
  expect(reply.status).toBe(201);
  expect(reply.body).toMatchObject({ isSingleSignOn: true, user: { name: 'Name of ann', role: 'operator' } });
  const { body: me } = await api.get('/v1/me', as);
  expect(me).toMatchObject({ email: 'ann@operator.example', locale: 'uk', timezone: 'Europe/Kyiv' });
  // A new address there does not make another user here.
  const again = await logIn({ ...claims, email: 'ann.new@operator.example' });
  expect(again.reply.body.user.id).toBe(me.id);
});

test('the role follows the provider at each login, the first in the setting', async () => {
  const first = await logIn(person('bob'));
  const second = await logIn(person('bob', { roles: ['other', 'lw-billing', 'lw-admins'] }));
  expect([first, second].map(({ reply }) => reply.body.user.role)).toEqual(['operator', 'admin']);
  const { id } = second.reply.body.user;
  const { body } = await api.get(`/v1/audit?subjectType=user&subjectId=${id}&sort=id`);
  const rows: { action: string; reason: string | null }[] = body.data;
  expect(rows.map(({ action }) => action)).toEqual(['session.login', 'user.create', 'session.login', 'user.update']);
});

test('a user with the verified address is bound to the subject, and another subject is not', async () => {
  const { id, email } = await makePerson(api, 'viewer');
  const { reply } = await logIn(person('carl', { email: email.toUpperCase() }));
  expect(reply.body.user).toMatchObject({ id, role: 'operator' });
  const other = await logIn(person('carla', { email }));
  expect(other.reply.status).toBe(409);
});

test.each([
  ['without a role', person('dan', { roles: ['other'] }), 'login_not_allowed'],
  ['without a verified address', person('eve', { email_verified: false }), 'login_not_allowed'],
])('a person %s is told what to ask for, and no user is made', async (_what, claims, code) => {
  const { reply } = await logIn(claims);
  expect(reply.status).toBe(403);
  expect(reply.body.code).toBe(code);
  expect(await api.sql`select 1 from users where openid_subject = ${claims.sub}`).toHaveLength(0);
});

test('an address that is not verified does not open the user who has it', async () => {
  const { email } = await makePerson(api, 'admin');
  const { reply } = await logIn(person('mallory', { email, email_verified: false }));
  expect(reply.status).toBe(403);
});

test('a disabled user stays out', async () => {
  const { reply } = await logIn(person('fay'));
  await api.sql`update users set status = 'disabled' where id = ${reply.body.user.id}`;
  expect((await logIn(person('fay'))).reply.body).toMatchObject({ code: 'login_not_allowed' });
});

test('a login is completed once, in the browser that began it', async () => {
  const begun = await api.post('/v1/session/openid', undefined, { key: null });
  const back = await new ProviderBrowser(provider.issuer).logIn(begun.body.url, person('gil'));
  const elsewhere = await api.post('/v1/session/openid', undefined, { key: null });
  expect((await complete(back, elsewhere)).reply.body).toMatchObject({ code: 'openid_invalid' });
  expect((await complete(back, begun)).reply.status).toBe(201);
  expect((await complete(back, begun)).reply.body).toMatchObject({ code: 'openid_invalid' });
});

test('who cancels at the provider is told so', async () => {
  const begun = await api.post('/v1/session/openid', undefined, { key: null });
  const { state } = Object.fromEntries(new URL(begun.body.url).searchParams);
  const back = `http://127.0.0.1/?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
  expect((await complete(back, begun)).reply.body).toMatchObject({ status: 401, code: 'openid_refused' });
});

test('logging out leads to the end of the session at the provider, which ends the other sessions that began there', async () => {
  const { browser, as } = await logIn(person('hal'));
  const second = await logIn(person('hal'), browser);
  const { body } = await api.get('/v1/session/openid/logout', as);
  expect((await api.call('DELETE', '/v1/session', undefined, as)).status).toBe(204);
  expect((await api.get('/v1/me', second.as)).status).toBe(200);
  expect(await browser.logOut(body.url)).toMatch(/\/login\b/);
  // The provider calls the API before it sends the browser back.
  expect((await api.get('/v1/me', second.as)).status).toBe(401);
  noteAnswered('endOpenIdSessions');
});

test('a logout token that the provider has not signed ends nothing', async () => {
  const { as } = await logIn(person('ida'));
  const forged = ['eyJhbGciOiJub25lIn0', Buffer.from('{"sub":"ida"}').toString('base64url'), ''].join('.');
  const reply = await api.call('POST', '/v1/openid/logout', undefined, {
    key: null,
    rawBody: `logout_token=${forged}`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect(reply.body).toMatchObject({ status: 401, code: 'openid_invalid' });
  expect((await api.get('/v1/me', as)).status).toBe(200);
});

test('keys that the provider has replaced are read again', async () => {
  await provider.rotate();
  // The library asks for unknown keys at most once a second.
  const { reply } = await logIn(person('jo'));
  expect(reply.status).toBe(201);
});

test('a provider that is down is a 502, and passwords still work', async () => {
  const dark = await startTestApi({ ...settings('http://127.0.0.1:1'), OIDC_ISSUER: 'http://127.0.0.1:9' });
  try {
    const begun = await dark.post('/v1/session/openid', undefined, { key: null });
    expect(begun.body).toMatchObject({ status: 502, code: 'openid_unavailable' });
    const { email } = await makePerson(dark, 'viewer');
    expect((await dark.post('/v1/session', { email, password }, { key: null })).status).toBe(201);
  } finally {
    await dark.stop();
  }
});

test('where passwords are off, none opens a session, and none is reset', async () => {
  const strict = await startTestApi({ ...settings('http://127.0.0.1:1'), PASSWORD_LOGIN: 'false' });
  try {
    const { email } = await makePerson(strict, 'admin');
    const login = await strict.post('/v1/session', { email, password }, { key: null });
    expect(login.body).toMatchObject({ status: 403, code: 'password_login_off' });
    const reset = await strict.post('/v1/password-resets', { email }, { key: null });
    expect(reset.body).toMatchObject({ status: 403, code: 'password_login_off' });
    expect((await strict.get('/v1/login-methods', { key: null })).body.password).toBe(false);
  } finally {
    await strict.stop();
  }
});

test('without a provider, single sign-on is not configured', async () => {
  const plain = await startTestApi();
  try {
    const begun = await plain.post('/v1/session/openid', undefined, { key: null });
    expect(begun.body).toMatchObject({ status: 503, code: 'not_configured' });
  } finally {
    await plain.stop();
  }
});

/** Passes requests on to the API, whose port is known only once it runs. */
async function relay(target: () => string): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void fetch(new URL(request.url ?? '/', target()), {
        method: request.method ?? 'GET',
        headers: { 'Content-Type': request.headers['content-type'] ?? 'text/plain' },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      }).then((answer) => response.writeHead(answer.status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
