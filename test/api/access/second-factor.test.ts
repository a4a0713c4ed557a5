import { Secret } from 'otpauth';
import type { Reply, TestApi } from '../../support/api/api.js';
import { nobody, startSecondFactorApi, stepMs, type SecondFactorApi } from '../../support/api/second-factor.js';
import { asUser, makePerson, password } from '../../support/data/people.js';

let factor: SecondFactorApi;
let api: TestApi;

beforeAll(async () => {
  factor = await startSecondFactorApi();
  api = factor.api;
}, 60_000);
beforeEach(() => factor.reset());
afterAll(() => api?.stop());

describe('setting an app up', () => {
  test('needs the password, and counts with the first right code', async () => {
    const person = await makePerson(api, 'viewer');
    const session = await asUser(api, person.id);
    const other = await asUser(api, person.id);
    const begin = (body: object): Promise<Reply> => api.post('/v1/me/second-factor/enrollment', body, session);
    const confirm = (code: string): Promise<Reply> => api.post('/v1/me/second-factor/confirm', { code }, session);

    expect(await confirm('123456')).toBeProblem(409, 'conflict');
    expect(await begin({ password: 'not this one 1' })).toBeProblem(400, 'invalid', '#/password');
    const { body } = await begin({ password });
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/Lowwater:/);
    expect((await factor.logIn(person)).status).toBe(201);
    expect(await confirm('000000')).toBeProblem(400, 'invalid', '#/code');

    const confirmed = await confirm(factor.codeOf(body.secret));
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect(await api.get('/v1/session', other)).toBeProblem(401, 'session_missing');
    expect((await api.get('/v1/me/second-factor', session)).body).toEqual({
      enabledAt: expect.any(String),
      recoveryCodesLeft: 10,
      required: false,
      available: true,
    });
    expect((await api.get(`/v1/users/${person.id}`)).body.secondFactor).toBe(true);
    expect(await factor.changes(person.id)).toEqual(['enabled']);
    expect((await factor.post.arrivedAt(person.email)).map(({ subject }) => subject)).toEqual([
      'Lowwater: Two-step login turned on',
    ]);
  });

  test('must be done within 15 minutes', async () => {
    const person = await makePerson(api, 'viewer');
    const session = await asUser(api, person.id);
    const { body } = await api.post('/v1/me/second-factor/enrollment', { password }, session);
    factor.later(31);
    const late = await api.post('/v1/me/second-factor/confirm', { code: factor.codeOf(body.secret) }, session);
    expect(late).toBeProblem(409, 'conflict');
  });

  test('keeps its secret encrypted, for this user alone, and recovery codes as hashes', async () => {
    const { id, secret, codes } = await factor.enrolled();
    const [row] = await api.sql`select * from second_factors where user_id = ${id}`;
    const bytes = Buffer.from(Secret.fromBase32(secret).buffer);
    expect(Buffer.from(row?.['secret']).includes(bytes)).toBe(false);
    expect(Buffer.from(row?.['secret']).includes(Buffer.from(secret))).toBe(false);
    const stored = JSON.stringify(await api.sql`select encode(code_hash, 'escape') as code from recovery_codes`);
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''));

    const other = await factor.enrolled();
    await api.sql`
      update second_factors set secret = (select secret from second_factors where user_id = ${id}) where user_id = ${other.id}`;
    factor.later(2);
    const moved = await factor.second(await factor.challengeOf(other), factor.codeOf(secret));
    expect(moved).toBeProblem(503, 'not_configured');
  });

  test('leaves no secret in the request log', async () => {
    const { secret, codes } = await factor.enrolled();
    await api.context.requestLog.flush();
    const logged = JSON.stringify(await api.sql`select request_body, answer_body from request_log`);
    for (const text of [secret, ...codes, password]) expect(logged).not.toContain(text);
  });
});

describe('a login with an app', () => {
  test('asks for a code after the password, and takes each code once', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const code = factor.codeOf(person.secret);
    const done = await factor.second(await factor.challengeOf(person), `${code.slice(0, 3)} ${code.slice(3)}`);
    expect(done.status).toBe(201);
    expect(done.headers.get('set-cookie')).toMatch(/^lowwater_session=.{43};/);
    expect(await factor.second(await factor.challengeOf(person), code)).toBeProblem(401, 'code_wrong', '#/code');
    factor.later(1);
    expect((await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret))).status).toBe(201);
  });

  test.each([
    [-2, 401],
    [-1, 201],
    [1, 201],
    [2, 401],
  ])('takes the code of a clock that is %d steps off: %d', async (steps, status) => {
    const person = await factor.enrolled();
    factor.later(10);
    const reply = await factor.second(
      await factor.challengeOf(person),
      factor.codeOf(person.secret, (api.now ?? 0) + steps * stepMs),
    );
    expect(reply.status).toBe(status);
  });

  test('takes no older code after a newer one', async () => {
    const person = await factor.enrolled();
    factor.later(10);
    const now = api.now ?? 0;
    expect(
      (await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret, now + stepMs))).status,
    ).toBe(201);
    expect(await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret, now))).toBeProblem(
      401,
      'code_wrong',
    );
  });

  test('gives one session where one code is sent twice at once', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const code = factor.codeOf(person.secret);
    const challenges = [await factor.challengeOf(person), await factor.challengeOf(person)];
    const replies = await Promise.all(challenges.map((challenge) => factor.second(challenge, code)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 401]);
  });

  test('is completed once, within ten minutes', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const challenge = await factor.challengeOf(person);
    expect((await factor.second(challenge, factor.codeOf(person.secret))).status).toBe(201);
    factor.later(1);
    expect(await factor.second(challenge, factor.codeOf(person.secret))).toBeProblem(401, 'login_expired');
    const slow = await factor.challengeOf(person);
    factor.later(21);
    expect(await factor.second(slow, factor.codeOf(person.secret))).toBeProblem(401, 'login_expired');
    expect(await factor.second('q'.repeat(43), '123456')).toBeProblem(401, 'login_expired');
  });

  test('is throttled by user, whatever the challenge, and audited', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    for (let tries = 0; tries < 5; tries++) {
      expect(await factor.second(await factor.challengeOf(person), '000000')).toBeProblem(401, 'code_wrong');
    }
    expect(await factor.second(await factor.challengeOf(person), factor.codeOf(person.secret))).toBeProblem(
      429,
      'login_throttled',
    );
    const [failed] = await api.sql<{ count: number }[]>`
      select count(*)::int from audit where action = 'session.second_step_failed' and subject_id = ${person.id}`;
    expect(failed?.count).toBe(5);
  });

  test('ends with a new password: the challenge of the old one is worth nothing', async () => {
    const person = await factor.enrolled();
    factor.later(2);
    const challenge = await factor.challengeOf(person);
    await api.post(`/v1/users/${person.id}/password`, { password: 'violet tractor lamp 9' });
    expect(await factor.second(challenge, factor.codeOf(person.secret))).toBeProblem(401, 'login_expired');
  });

  test('is not passed by a link for a new password', async () => {
    const person = await factor.enrolled();
    await factor.post.send();
    await factor.post.arrivedAt(person.email);
    await api.post('/v1/password-resets', { email: person.email }, nobody);
    const token = await factor.post.tokenTo(person.email);
    const used = await api.post('/v1/account-links/use', { token, password }, nobody);
    expect(used.headers.get('set-cookie')).toBeNull();
    await factor.challengeOf(person);
  });
});
