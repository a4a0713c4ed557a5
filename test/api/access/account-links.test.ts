import { hourMs, minuteMs } from '../../../src/domain/durations.js';
import { accountMail, publicUrl, type AccountMail } from '../../support/mail/account-mail.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson, password } from '../../support/data/people.js';

let api: TestApi;
let post: AccountMail;
const start = Date.now();
const next = 'violet tractor lamp 9';

beforeAll(async () => {
  api = await startTestApi({ PUBLIC_URL: publicUrl, REQUEST_LOG_DAYS: '14' });
  post = accountMail(api.sql);
}, 60_000);
beforeEach(async () => {
  api.now = start;
  await api.sql`delete from login_throttles`;
  await post.send();
});
afterAll(() => api?.stop());

const nobody: CallOptions = { key: null };
const logIn = (email: string, word: string): Promise<Reply> =>
  api.post('/v1/session', { email, password: word }, nobody);
const forget = (email: string): Promise<Reply> => api.post('/v1/password-resets', { email }, nobody);
const read = (token: string): Promise<Reply> => api.post('/v1/account-links/read', { token }, nobody);
const use = (token: string, word = next): Promise<Reply> =>
  api.post('/v1/account-links/use', { token, password: word }, nobody);

let count = 0;
async function invite(fields: object = {}): Promise<{ id: string; email: string; reply: Reply }> {
  const email = `invited-${++count}@people.example`;
  const reply = await api.post('/v1/users', { name: 'Anna', email, sendInvitation: true, ...fields });
  return { id: reply.body.id, email, reply };
}
const audited = async (action: string, id: string): Promise<readonly Record<string, unknown>[]> =>
  api.sql`select actor, before, after from audit where action = ${action} and subject_id = ${id} order by id`;

describe('an invitation', () => {
  test('lets the user set a password and log in, once', async () => {
    const { id, email, reply } = await invite();
    expect(reply.body).toMatchObject({ canLogIn: false, invitation: { status: 'pending', expiresAt: null } });
    const token = await post.tokenTo(email);
    const sent = await api.get(`/v1/users/${id}`);
    expect(sent.body.invitation).toMatchObject({ status: 'accepted', expiresAt: expect.any(String) });

    expect(await read(token)).toMatchObject({ status: 200, body: { kind: 'user_invitation', email, name: 'Anna' } });
    expect(await use(token)).toMatchObject({ status: 200, body: { email } });
    expect((await logIn(email, next)).status).toBe(201);
    expect((await api.get(`/v1/users/${id}`)).body).toMatchObject({ canLogIn: true, invitation: null });

    expect(await use(token, 'another lorry 2026 lamp')).toBeProblem(410, 'link_used');
    expect(await read(token)).toBeProblem(410, 'link_used');
    expect(await audited('user.invite', id)).toEqual([
      { actor: expect.stringMatching(/^key:/), before: null, after: { email } },
    ]);
    expect(await audited('user.set_password', id)).toEqual([
      { actor: `user:${id}`, before: null, after: { password: 'new', sessionsEnded: 0, link: 'user_invitation' } },
    ]);
    expect(await post.arrivedAt(email)).toEqual([]);
  });

  test('works for a week, and says then whom to ask', async () => {
    const { email } = await invite();
    const token = await post.tokenTo(email);
    api.now = Date.now() + 7 * 24 * hourMs - minuteMs;
    expect((await read(token)).status).toBe(200);
    api.now = Date.now() + 7 * 24 * hourMs + minuteMs;
    const expired = await use(token);
    expect(expired).toBeProblem(410, 'link_expired');
    expect(expired.body.detail).toContain('ask your administrator to resend the invitation');
  });

  test('that is sent again ends the one before', async () => {
    const { id, email } = await invite();
    const first = await post.tokenTo(email);
    expect((await api.post(`/v1/users/${id}/invite`)).status).toBe(202);
    expect(await use(first)).toBeProblem(404, 'link_unknown');
    expect((await use(await post.tokenTo(email))).status).toBe(200);
  });

  test.each([
    ['another address', async (id: string) => patch(id, { email: `moved-${id}@people.example` })],
    ['being disabled', async (id: string) => patch(id, { status: 'disabled' })],
    ['a password that an administrator sets', (id: string) => api.post(`/v1/users/${id}/password`, { password: next })],
  ])('ends with %s', async (_what, change) => {
    const { id, email } = await invite();
    const token = await post.tokenTo(email);
    expect((await change(id)).status).toBeLessThan(300);
    expect(await read(token)).toBeProblem(404, 'link_unknown');
    expect(await use(token)).toBeProblem(404, 'link_unknown');
  });

  test('is for users without password who are active', async () => {
    const person = await makePerson(api, 'viewer');
    expect(await api.post(`/v1/users/${person.id}/invite`)).toBeProblem(409, 'conflict');
    const { id } = await invite({ status: 'disabled', sendInvitation: false });
    expect(await api.post(`/v1/users/${id}/invite`)).toBeProblem(409, 'conflict');
    expect(await api.post('/v1/users/999999/invite')).toBeProblem(404, 'not_found');
  });

  test('stays usable where the password is refused', async () => {
    const { email } = await invite();
    const token = await post.tokenTo(email);
    expect(await use(token, 'password12345')).toBeProblem(400, 'invalid', '#/password');
    expect((await use(token)).status).toBe(200);
  });

  test('is used by one of two that use it at once', async () => {
    const { email } = await invite();
    const token = await post.tokenTo(email);
    const replies = await Promise.all([use(token), use(token)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  test('is sent again with another link where the server refuses it for now', async () => {
    const { email, id } = await invite();
    post.mail.mode = 'refuse';
    expect(await post.send()).toBe(0);
    post.mail.mode = 'accept';
    expect(await post.send()).toBe(0);
    await api.sql`update account_emails set next_attempt_at = now() where user_id = ${id}`;
    expect((await use(await post.tokenTo(email))).status).toBe(200);
  });

  test('that the server refuses for good is told', async () => {
    const { id } = await invite();
    post.mail.mode = 'refuse-permanent';
    await post.send();
    post.mail.mode = 'accept';
    expect((await api.get(`/v1/users/${id}`)).body.invitation).toMatchObject({ status: 'failed' });
  });
});

describe('a forgotten password', () => {
  test('is replaced by a link, which ends the sessions and is noticed', async () => {
    const person = await makePerson(api, 'viewer');
    const session = await asUser(api, person.id);
    expect(await forget(person.email.toUpperCase())).toMatchObject({ status: 202, body: { validMinutes: 60 } });
    const token = await post.tokenTo(person.email);
    expect((await logIn(person.email, password)).status).toBe(201);

    expect((await use(token)).status).toBe(200);
    expect(await api.get('/v1/session', session)).toBeProblem(401, 'session_missing');
    expect(await logIn(person.email, password)).toBeProblem(401, 'login_failed');
    expect((await logIn(person.email, next)).status).toBe(201);
    expect((await post.arrivedAt(person.email)).map(({ subject }) => subject)).toEqual([
      'Your Lowwater password was changed',
    ]);
  });

  test('has a link for an hour', async () => {
    const person = await makePerson(api, 'viewer');
    await forget(person.email);
    const token = await post.tokenTo(person.email);
    api.now = Date.now() + hourMs + minuteMs;
    const expired = await read(token);
    expect(expired).toBeProblem(410, 'link_expired');
    expect(expired.body.detail).toContain('request a new one on the login page');
  });

  test('is answered alike for an address that nobody has, a mere recipient, and one who is disabled', async () => {
    const known = await makePerson(api, 'viewer');
    const recipient = await invite({ sendInvitation: false });
    const disabled = await makePerson(api, 'viewer');
    await patch(disabled.id, { status: 'disabled' });
    const addresses = [known.email, recipient.email, disabled.email, 'nobody@people.example'];
    for (const address of addresses) {
      const begun = performance.now();
      const reply = await forget(address);
      expect([reply.status, reply.body]).toEqual([202, { validMinutes: 60 }]);
      // Every answer waits longer than the work takes.
      expect(performance.now() - begun).toBeGreaterThanOrEqual(240);
    }
    await post.send();
    const taken = post.mail.taken.filter(({ to }) => addresses.includes(to[0] ?? ''));
    expect(taken.map(({ to }) => to)).toEqual([[known.email]]);
  });

  test('is throttled by address as it was typed, known or not', async () => {
    const person = await makePerson(api, 'viewer');
    for (const address of [person.email, 'stranger@people.example']) {
      for (let tries = 0; tries < 5; tries++) expect((await forget(address)).status).toBe(202);
      const refused = await forget(address);
      expect(refused).toBeProblem(429, 'login_throttled');
      expect(refused.headers.get('retry-after')).toBe('900');
    }
    // Requests within a minute are one email.
    expect(await post.arrivedAt(person.email)).toHaveLength(1);
    // Neither counts as a wrong password.
    expect((await logIn(person.email, password)).status).toBe(201);
  });
});

describe('the secret of a link', () => {
  test('is in the email alone', async () => {
    const { email } = await invite();
    const token = await post.tokenTo(email);
    await use(token, 'password12345');
    await use(token);
    await api.context.requestLog.flush();
    const tables = await api.sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
    for (const { name } of tables) {
      const found = await api.sql`
        select 1 from ${api.sql(name)} as row where position(${token} in row::text) > 0 or position(${next} in row::text) > 0`;
      expect([name, found.count]).toEqual([name, 0]);
    }
  });

  test('is 256 bits: what is no token is an unknown link', async () => {
    for (const token of ['x', 'q'.repeat(43), `${'q'.repeat(42)}'`]) {
      expect(await read(token)).toBeProblem(404, 'link_unknown');
      expect(await use(token)).toBeProblem(404, 'link_unknown');
    }
  });
});

describe('a password that changes', () => {
  test('is noticed by its user, in the user’s language', async () => {
    const person = await makePerson(api, 'viewer');
    await patch(person.id, { locale: 'uk' });
    await api.post(`/v1/users/${person.id}/password`, { password: next });
    const [notice, ...more] = await post.arrivedAt(person.email);
    expect(more).toEqual([]);
    expect(notice?.subject).toBe('Ваш пароль Lowwater змінено');
    expect(notice?.text).toContain(person.email);
  });
});

test('without PUBLIC_URL nothing is sent, and it is told what to do', async () => {
  const bare = await startTestApi();
  try {
    const person = await makePerson(bare, 'viewer');
    for (const email of [person.email, 'nobody@people.example']) {
      expect(await bare.post('/v1/password-resets', { email }, nobody)).toBeProblem(503, 'not_configured');
    }
    const body = { name: 'Anna', email: 'anna@people.example', sendInvitation: true };
    expect(await bare.post('/v1/users', body)).toBeProblem(503, 'not_configured');
    expect(await bare.sql`select 1 from account_emails`).toHaveLength(0);
  } finally {
    await bare.stop();
  }
});

async function patch(id: string, fields: object): Promise<Reply> {
  const { headers } = await api.get(`/v1/users/${id}`);
  return api.call('PATCH', `/v1/users/${id}`, fields, { headers: { 'If-Match': headers.get('etag') ?? '' } });
}
