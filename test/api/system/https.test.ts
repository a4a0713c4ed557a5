import { startTestApi } from '../../support/api/api.js';
import { makePerson, password } from '../../support/data/people.js';

/** The cookie of a session travels over https only, wherever people reach the API by https. */

test.each([
  ['plain http', {}, {}, false],
  ['an https address', { PUBLIC_URL: 'https://lowwater.example' }, {}, true],
  ['a proxy that ends https', { TRUSTED_PROXIES: '1' }, { 'X-Forwarded-Proto': 'https' }, true],
  ['a proxy that does not', { TRUSTED_PROXIES: '1' }, { 'X-Forwarded-Proto': 'http' }, false],
])('%s', async (_name, environment, headers, isSecure) => {
  const api = await startTestApi(environment);
  try {
    const { email } = await makePerson(api, 'viewer');
    const login = await api.post('/v1/session', { email, password }, { key: null, headers });
    expect(login).toHaveStatus(201);
    const cookie = login.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^lowwater_session=\S+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax/);
    expect(/; Secure(;|$)/.test(cookie)).toBe(isSecure);
    const session = { Cookie: cookie.split(';')[0] ?? '', 'X-CSRF-Token': String(login.body.csrfToken), ...headers };
    const logout = await api.call('DELETE', '/v1/session', undefined, { key: null, headers: session });
    expect(logout).toHaveStatus(204);
    const ended = logout.headers.get('set-cookie') ?? '';
    expect([/Max-Age=0/.test(ended), /; Secure(;|$)/.test(ended)]).toEqual([true, isSecure]);
  } finally {
    await api.stop();
  }
});
