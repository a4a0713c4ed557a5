import { throttleWindowMs } from '../../../src/storage/access/login-throttles.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { fingerprint } from '../../support/database/fingerprint.js';
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

/** The cookie that an answer sets, as a browser would send it back. */
function cookieOf(reply: Reply): string {
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

function browser(reply: Reply): CallOptions {
  return { key: null, headers: { Cookie: cookieOf(reply), 'X-CSRF-Token': reply.body.csrfToken } };
}

/** What the audit says of a user, without how the test made the user. */
const auditOf = async (userId: string): Promise<string[]> => {
  const { body } = await api.get(`/v1/audit?subjectType=user&subjectId=${userId}&sort=id`);
  const rows: { readonly action: string; readonly source: string }[] = body.data;
  return rows.filter(({ source }) => source !== 'system').map(({ action }) => action);
};

describe('logging in', () => {
  test('answers who it is, the CSRF token and a cookie out of reach of scripts', async () => {
    const { id, email } = await makePerson(api, 'operator');
    const reply = await logIn(email.toUpperCase(), password, { 'User-Agent': 'Firefox' });
    expect(reply).toHaveStatus(201);
    expect(reply.body).toMatchObject({
      user: { kind: 'user', id, email, role: 'operator', resellerName: 'Company Name', isOperator: true },
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(reply.headers.get('set-cookie')).toMatch(
      /^lowwater_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
    const session = await api.get('/v1/session', browser(reply));
    expect(session).toHaveStatus(200);
    expect(session.body.user).toEqual(reply.body.user);
    expect(session.body.csrfToken).toBe(reply.body.csrfToken);
    expect(await auditOf(id)).toEqual(['session.login']);
    const user = await api.get(`/v1/users/${id}`);
    expect(user.body).toMatchObject({ canLogIn: true, lastLoginAt: expect.any(String) });
  });

  test('over https the cookie is only for https', async () => {
    const { email } = await makePerson(api, 'viewer');
    const reply = await logIn(email, password, { 'X-Forwarded-Proto': 'https' });
    expect(reply.headers.get('set-cookie')).toMatch(/; Secure$/);
  });

  test('what is stored is of no use to whoever reads it', async () => {
    const { email } = await makePerson(api, 'viewer');
    const reply = await logIn(email);
    const [row] = await api.sql<{ text: string }[]>`
      select (select string_agg(s::text, ' ') from sessions s) || (select string_agg(u::text, ' ') from users u) as text`;
    expect(row?.text).not.toContain(cookieOf(reply).split('=')[1]);
    expect(row?.text).not.toContain(password);
    expect(row?.text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  test('all failures look the same', async () => {
    const known = await makePerson(api, 'viewer');
    const disabled = await makePerson(api, 'viewer');
    await api.sql`update users set status = 'disabled' where id = ${disabled.id}`;
    await api.post('/v1/users', { name: 'Recipient', email: 'recipient@people.example' });
    const replies = await Promise.all([
      logIn(known.email, 'wrong password'),
      logIn(disabled.email),
      logIn('recipient@people.example'),
      logIn('nobody@people.example'),
    ]);
    for (const reply of replies) {
      expect(reply).toBeProblem(401, 'login_failed');
      expect(reply.body.detail).toBe('wrong email or password');
      expect(reply.headers.get('set-cookie')).toBeNull();
    }
    expect(await auditOf(known.id)).toEqual(['session.login_failed']);
    expect(await auditOf('unknown')).toEqual(['session.login_failed']);
  });

  test('makes a new session each time and ends the one whose cookie came along', async () => {
    const { email } = await makePerson(api, 'viewer');
    const planted = 'A'.repeat(43);
    const first = await logIn(email, password, { Cookie: `lowwater_session=${planted}` });
    expect(cookieOf(first)).not.toContain(planted);
    const second = await logIn(email, password, { Cookie: cookieOf(first) });
    expect(cookieOf(second)).not.toBe(cookieOf(first));
    expect(await api.get('/v1/session', browser(first))).toBeProblem(401, 'session_missing');
    expect(await api.get('/v1/session', browser(second))).toHaveStatus(200);
  });

  test('is not done for a page of another site', async () => {
    const { email } = await makePerson(api, 'viewer');
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { Origin: 'https://evil.example' }]) {
      const reply = await logIn(email, password, headers);
      expect(reply).toBeProblem(403, 'csrf_invalid');
    }
  });
});

describe('too many failures', () => {
  test('close the account for a while, also for the right password, whatever the address', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    api.now = Date.parse('2026-05-01T10:00:00Z');
    for (let tries = 0; tries < 5; tries++)
      expect(await logIn(email, 'wrong password')).toBeProblem(401, 'login_failed');
    api.now += 60_000;
    for (let tries = 0; tries < 3; tries++) {
      const reply = await logIn(email);
      expect(reply).toBeProblem(429, 'login_throttled');
      expect(reply.headers.get('retry-after')).toEqual(String(14 * 60));
    }
    const known = 'session.login_failed';
    expect(await auditOf(id)).toEqual([known, known, known, known, known, 'session.login_throttled']);
    api.now = Date.parse('2026-05-01T10:00:00Z') + throttleWindowMs;
    expect(await logIn(email)).toHaveStatus(201);
  });

  test('are not got round by trying all at once', async () => {
    const { email } = await makePerson(api, 'viewer');
    const replies = await Promise.all(Array.from({ length: 12 }, () => logIn(email, 'wrong password')));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  test('of an address close it for every account', async () => {
    const { email } = await makePerson(api, 'viewer');
    await logIn('stranger@people.example');
    await api.sql`update login_throttles set attempts = 50 where subject like 'address:%'`;
    expect(await logIn(email)).toBeProblem(429, 'login_throttled');
  });

  test('are forgiven by the right password, and by an administrator’s new one', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    for (let tries = 0; tries < 4; tries++) await logIn(email, 'wrong password');
    expect(await logIn(email)).toHaveStatus(201);
    for (let tries = 0; tries < 6; tries++) await logIn(email, 'wrong password');
    expect(await logIn(email)).toBeProblem(429, 'login_throttled');
    const next = 'another long password';
    expect(await api.post(`/v1/users/${id}/password`, { password: next })).toHaveStatus(204);
    expect(await logIn(email, next)).toHaveStatus(201);
  });
});

describe('a session', () => {
  test('ends by logging out, and the cookie with it', async () => {
    const { id, email } = await makePerson(api, 'viewer');
    const reply = await logIn(email);
    const out = await api.call('DELETE', '/v1/session', undefined, browser(reply));
    expect(out).toHaveStatus(204);
    expect(out.headers.get('set-cookie')).toBe('lowwater_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
    const after = await api.get('/v1/clients', browser(reply));
    expect(after).toBeProblem(401, 'session_missing');
    expect(await auditOf(id)).toEqual(['session.login', 'session.logout']);
  });

  test('ends 12 hours after its last request and 30 days after its login', async () => {
    const { id } = await makePerson(api, 'viewer');
    const start = Date.parse('2026-05-01T00:00:00Z');
    const hour = 3_600_000;
    api.now = start;
    const idle = await asUser(api, id);
    const used = await asUser(api, id);
    const statusAt = async (at: number, options: CallOptions): Promise<number> => {
      api.now = at;
      return (await api.get('/v1/session', options)).status;
    };
    expect(await statusAt(start + 12 * hour - 1000, used)).toBe(200);
    expect((await api.get('/v1/session', used)).body.expiresAt).toBe('2026-05-01T23:59:59Z');
    expect(await statusAt(start + 12 * hour, idle)).toBe(401);
    for (let at = start + 20 * hour; at < start + 720 * hour; at += 10 * hour)
      expect(await statusAt(at, used)).toBe(200);
    expect(await statusAt(start + 720 * hour, used)).toBe(401);
  });

  test.each(['disabled', 'deleted'])('ends when its user is %s', async (how) => {
    const { id } = await makePerson(api, 'viewer');
    const options = await asUser(api, id);
    expect(await api.get('/v1/clients', options)).toHaveStatus(200);
    const any = { headers: { 'If-Match': '*' } };
    if (how === 'disabled') await api.call('PATCH', `/v1/users/${id}`, { status: 'disabled' }, any);
    else await api.call('DELETE', `/v1/users/${id}`, undefined, any);
    expect(await api.get('/v1/clients', options)).toBeProblem(401, 'session_missing');
    expect(await api.sql`select 1 from sessions where user_id = ${id}`).toHaveLength(0);
  });

  test('gives way to a key that comes along', async () => {
    const { id } = await makePerson(api, 'viewer');
    const { headers = {} } = await asUser(api, id);
    const both = await api.get('/v1/me', { headers });
    expect(both.body).toMatchObject({ kind: 'key', id: '1', email: null, role: null, preferences: null });
    expect(await api.get('/v1/me', { key: 'nonsense', headers })).toBeProblem(401, 'key_invalid');
    expect(await api.get('/v1/session', { headers })).toBeProblem(401, 'session_missing');
  });

  test('is seen in the audit as the web page and its user', async () => {
    const { id } = await makePerson(api, 'operator');
    const made = await api.post('/v1/profiles', { name: 'by hand', currency: 'USD' }, await asUser(api, id));
    expect(made).toHaveStatus(201);
    const { body } = await api.get(`/v1/audit?subjectType=profile&subjectId=${made.body.id}`);
    expect(body.data).toMatchObject([{ actor: `user:${id}`, source: 'web' }]);
    expect((await api.get('/v1/meta', await asUser(api, id))).body.caller).toMatchObject({
      id: `user:${id}`,
      kind: 'user',
      keyId: null,
    });
  });

  test('keeps Idempotency-Keys of its user apart from those of keys', async () => {
    const { id } = await makePerson(api, 'operator');
    const options = await asUser(api, id);
    const headers = { ...options.headers, 'Idempotency-Key': 'same-1' };
    const first = await api.post('/v1/profiles', { name: 'once', currency: 'USD' }, { key: null, headers });
    const again = await api.post('/v1/profiles', { name: 'once', currency: 'USD' }, { key: null, headers });
    expect([again.headers.get('idempotency-replayed'), again.body.id]).toEqual(['true', first.body.id]);
    const key = { headers: { 'Idempotency-Key': 'same-1' } };
    const other = await api.post('/v1/profiles', { name: 'another', currency: 'USD' }, key);
    expect(other).toHaveStatus(201);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
  });
});

describe('a change with a cookie', () => {
  const profile = { name: 'forged', currency: 'USD' };

  test.each<[string, Record<string, string | undefined>]>([
    ['without the token', { 'X-CSRF-Token': undefined }],
    ['with another token', { 'X-CSRF-Token': 'B'.repeat(43) }],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['from a sibling host', { 'Sec-Fetch-Site': 'same-site' }],
    ['with another origin', { Origin: 'https://evil.example' }],
    ['with no origin worth the name', { Origin: 'null' }],
  ])('%s is refused and changes nothing', async (_name, change) => {
    const { id } = await makePerson(api, 'admin');
    const options = await asUser(api, id);
    const headers = Object.fromEntries(
      Object.entries({ ...options.headers, ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const before = await fingerprint(api.sql);
    const reply = await api.post('/v1/profiles', profile, { key: null, headers });
    expect(reply).toBeProblem(403, 'csrf_invalid');
    expect(await fingerprint(api.sql)).toBe(before);
  });

  test('of another session is refused', async () => {
    const { id } = await makePerson(api, 'admin');
    const [one, other] = [await asUser(api, id), await asUser(api, id)];
    const headers = { ...one.headers, 'X-CSRF-Token': other.headers?.['X-CSRF-Token'] ?? '' };
    expect(await api.post('/v1/profiles', profile, { key: null, headers })).toBeProblem(403, 'csrf_invalid');
  });

  test('from our own page is taken', async () => {
    const { id } = await makePerson(api, 'admin');
    const options = await asUser(api, id);
    for (const own of [{ 'Sec-Fetch-Site': 'same-origin' }, { Origin: api.url }]) {
      const headers = { ...options.headers, ...own };
      expect(await api.post('/v1/profiles', profile, { key: null, headers })).toHaveStatus(201);
    }
  });
});
