import { makePerson, password } from '../../support/data/people.js';
import { startTestApi } from '../../support/api/api.js';

/** Whose word is taken for the address that a request came from (TRUSTED_PROXIES). */

const forwarded = '198.51.100.1, 203.0.113.7, 192.0.2.9';

test.each([
  ['0', /127\.0\.0\.1$/, 'nobody’s: anybody could write the header'],
  ['1', /^192\.0\.2\.9$/, 'the one proxy’s, and nothing of what it was told'],
  ['2', /^203\.0\.113\.7$/, 'that of both proxies'],
])('behind %s proxies it is %p: %s', async (proxies, address) => {
  const api = await startTestApi({ TRUSTED_PROXIES: proxies });
  try {
    const { id, email } = await makePerson(api, 'viewer');
    const headers = { 'X-Forwarded-For': forwarded };
    const body = { email, password };
    expect(await api.post('/v1/session', body, { key: null, headers })).toHaveStatus(201);
    const [login] = await api.sql`
      select after ->> 'address' as address from audit where subject_id = ${id} and action = 'session.login'`;
    expect(login).toEqual({ address: expect.stringMatching(address) as unknown });
    const [session] = await api.sql`select address from sessions where user_id = ${id}`;
    expect(session).toEqual({ address: expect.stringMatching(address) as unknown });
    // Failures are counted against the same address.
    const wrong = { email: 'nobody@people.example', password: 'wrong password' };
    await api.post('/v1/session', wrong, { key: null, headers });
    const throttles = await api.sql`select subject from login_throttles where subject like 'address:%'`;
    expect(throttles.map((row) => String(row['subject']).slice('address:'.length))).toEqual([
      expect.stringMatching(address) as unknown,
    ]);
  } finally {
    await api.stop();
  }
});
