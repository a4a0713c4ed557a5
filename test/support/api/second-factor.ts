import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { asUser, makePerson, password, type Person } from '../data/people.js';
import { accountMail, publicUrl, type AccountMail } from '../mail/account-mail.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from './api.js';

/** A user with an authenticator app, whose secret the test knows. */
export interface Enrolled extends Person {
  readonly session: CallOptions;
  readonly secret: string;
  readonly codes: readonly string[];
}

export const stepMs = 30_000;
export const nobody: CallOptions = { key: null };

/** The API with helpers for tests of two-step login. Its clock does not move until a test moves it. */
export interface SecondFactorApi {
  readonly api: TestApi;
  readonly post: AccountMail;
  /** Back to the start, without counted tries, and with no role that needs an app. */
  reset(): Promise<void>;
  /** Moves the clock by steps of codes. */
  later(steps: number): void;
  /** @param at default: now */
  codeOf(secret: string, at?: number): string;
  logIn(person: Person): Promise<Reply>;
  second(challenge: string, code: string): Promise<Reply>;
  challengeOf(person: Person): Promise<string>;
  enrolled(): Promise<Enrolled>;
  requireFor(roles: readonly string[]): Promise<void>;
  /** What the audit log says of the user's second factor. */
  changes(id: string): Promise<unknown[]>;
}

export async function startSecondFactorApi(): Promise<SecondFactorApi> {
  const api = await startTestApi({ PUBLIC_URL: publicUrl, SECRET_KEY: randomBytes(32).toString('base64') });
  const start = Math.floor(Date.now() / stepMs) * stepMs;
  const now = (): number => api.now ?? start;
  const codeOf = (secret: string, at = now()): string =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at });
  const logIn = ({ email }: Person): Promise<Reply> => api.post('/v1/session', { email, password }, nobody);
  const requireFor = async (secondFactorRoles: readonly string[]): Promise<void> => {
    const { headers } = await api.get('/v1/login-settings');
    const match = { headers: { 'If-Match': headers.get('etag') ?? '' } };
    expect((await api.call('PUT', '/v1/login-settings', { secondFactorRoles }, match)).status).toBe(200);
  };
  return {
    api,
    post: accountMail(api.sql),
    async reset() {
      api.now = start;
      await api.sql`delete from login_throttles`;
      await requireFor([]);
    },
    later(steps) {
      api.now = now() + steps * stepMs;
    },
    codeOf,
    logIn,
    second: (challenge, code) => api.post('/v1/session/second-step', { challenge, code }, nobody),
    async challengeOf(person) {
      const reply = await logIn(person);
      expect(reply).toMatchObject({ status: 200, body: { challenge: expect.any(String) } });
      expect(reply.headers.get('set-cookie')).toBeNull();
      return reply.body.challenge;
    },
    async enrolled() {
      const person = await makePerson(api, 'viewer');
      const session = await asUser(api, person.id);
      const begun = await api.post('/v1/me/second-factor/enrollment', { password }, session);
      const { secret } = begun.body;
      const confirmed = await api.post('/v1/me/second-factor/confirm', { code: codeOf(secret) }, session);
      expect(confirmed.status).toBe(200);
      return { ...person, session, secret, codes: confirmed.body.recoveryCodes };
    },
    requireFor,
    async changes(id) {
      const rows = await api.sql<{ after: { secondFactor: string } }[]>`
        select after from audit where action = 'user.change_second_factor' and subject_id = ${id} order by id`;
      return rows.map(({ after }) => after.secondFactor);
    },
  };
}
