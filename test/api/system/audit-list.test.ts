import { startTestApi, type TestApi } from '../../support/api/api.js';

/** The audit log as its page reads it: without logins, with names. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

interface Entry {
  readonly action: string;
  readonly subjectType: string;
  readonly subjectName: string | null;
}

async function entries(query: string): Promise<Entry[]> {
  const reply = await api.get(`/v1/audit?limit=200&${query}`);
  expect(reply).toHaveStatus(200);
  return reply.body.data;
}

test('logins are left out, listed with the rest, or alone', async () => {
  await api.call('POST', '/v1/session', { email: 'unknown@acme.example', password: 'wrong password 1' }, { key: null });
  await api.post('/v1/profiles', { name: 'gold', currency: 'USD' });
  const isLogin = ({ action }: Entry): boolean => action.startsWith('session.');
  const all = await entries('');
  expect(all.some(isLogin)).toBe(true);
  const without = await entries('logins=exclude');
  expect(without.map(({ action }) => action)).toContain('profile.create');
  expect(without.some(isLogin)).toBe(false);
  const only = await entries('logins=only');
  expect(only.length).toBe(all.length - without.length);
  expect(only.every(isLogin)).toBe(true);
  const csv = await api.get('/v1/exports/audit.csv?logins=exclude&columns=action');
  expect(csv.text).not.toContain('session.');
});

test('an entry names its profile, whatever it changed', async () => {
  const profile = await api.post('/v1/profiles', { name: 'silver', currency: 'USD' });
  const headers = { 'If-Match': profile.headers.get('etag') ?? '' };
  const changed = await api.call('PATCH', `/v1/profiles/${profile.body.id}`, { maxNotifications: 7 }, { headers });
  expect(changed).toHaveStatus(200);
  const [edit] = await entries(`subjectType=profile&subjectId=${profile.body.id}&action=profile.update`);
  expect(edit?.subjectName).toBe('silver');
});

test('an unknown choice is refused with its parameter', async () => {
  expect(await api.get('/v1/audit?logins=no')).toBeProblem(400, 'invalid', '#/query/logins');
});
