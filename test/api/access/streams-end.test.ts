import { startTestApi, type CallOptions, type TestApi } from '../../support/api/api.js';
import { openStream, type OpenStream } from '../../support/api/event-stream.js';
import { asUser, makePerson, password } from '../../support/data/people.js';

/** A stream ends when the right that opened it ends or changes. The database reports changes, without polling. */

let api: TestApi;
const open: OpenStream[] = [];

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

async function listen(options: CallOptions = {}): Promise<OpenStream> {
  const stream = await openStream(api, {
    ...(options.key !== undefined && { key: options.key }),
    ...(options.headers && { headers: options.headers }),
  });
  expect(stream.status).toBe(200);
  open.push(stream);
  return stream;
}

async function newKey(ownerId: string | null = null, more: object = {}): Promise<{ id: string; key: string }> {
  const made = await api.post('/v1/api-keys', { name: 'stream', scopes: ['clients:read'], ownerId, ...more });
  expect(made).toHaveStatus(201);
  return made.body;
}

const any = { headers: { 'If-Match': '*' } };
const patch = async (userId: string, body: object): Promise<void> => {
  expect(await api.call('PATCH', `/v1/users/${userId}`, body, any)).toHaveStatus(200);
};

/** Makes a change that the stream must receive: it has not ended. */
async function expectOpen(stream: OpenStream): Promise<void> {
  const made = await api.post('/v1/clients', { name: 'Acme', currency: 'USD' });
  await stream.until(({ clientId }) => clientId === made.body.id);
}

describe('of a key', () => {
  test('ends when the key is revoked, and that of another key stays', async () => {
    const [gone, other] = [await newKey(), await newKey()];
    const [ending, staying] = [await listen({ key: gone.key }), await listen({ key: other.key })];
    expect(await api.call('DELETE', `/v1/api-keys/${gone.id}`)).toHaveStatus(204);
    await ending.ended;
    await expectOpen(staying);
  });

  test.each(['disabled', 'deleted', 'of another role'])('ends when its owner is %s', async (how) => {
    const owner = await makePerson(api, 'operator');
    const stream = await listen({ key: (await newKey(owner.id)).key });
    if (how === 'disabled') await patch(owner.id, { status: 'disabled' });
    else if (how === 'deleted') await api.call('DELETE', `/v1/users/${owner.id}`, undefined, any);
    else await patch(owner.id, { role: 'viewer' });
    await stream.ended;
  });

  test('ends when its scopes or its reseller change', async () => {
    const { id, key } = await newKey();
    const first = await listen({ key });
    await api.sql`update api_keys set scopes = '{profiles:read}' where id = ${id}`;
    await first.ended;
    const second = await listen({ key });
    await api.sql`update api_keys set reseller_id = ${await api.reseller('Elsewhere')} where id = ${id}`;
    await second.ended;
  });

  test('ends when the key expires', async () => {
    const stream = await listen({ key: (await newKey(null, { expiresAt: new Date(Date.now() + 1500) })).key });
    await stream.ended;
  });
});

describe('of a user', () => {
  test.each<[string, (id: string, options: CallOptions) => Promise<unknown>]>([
    ['logs out', (_id, options) => api.call('DELETE', '/v1/session', undefined, options)],
    ['is disabled', (id) => patch(id, { status: 'disabled' })],
    ['is deleted', (id) => api.call('DELETE', `/v1/users/${id}`, undefined, any)],
    ['gets another role', (id) => patch(id, { role: 'sre' })],
    ['gets a new password', (id) => api.post(`/v1/users/${id}/password`, { password: 'violet tractor lamp 9' })],
  ])('ends when the user %s', async (_how, end) => {
    const { id } = await makePerson(api, 'viewer');
    const options = await asUser(api, id);
    const stream = await listen(options);
    await end(id, options);
    await stream.ended;
  });

  test('ends when the user ends the session from another one, which keeps its own', async () => {
    const { id } = await makePerson(api, 'viewer');
    const [elsewhere, here] = [await asUser(api, id), await asUser(api, id)];
    const [ending, staying] = [await listen(elsewhere), await listen(here)];
    const { body } = await api.get('/v1/me/sessions', here);
    const other = body.data.find(({ current }: { current: boolean }) => !current);
    expect(await api.call('DELETE', `/v1/me/sessions/${other.id}`, undefined, here)).toHaveStatus(204);
    await ending.ended;
    await expectOpen(staying);
  });

  test('ends elsewhere when the user sets a new password, and stays here', async () => {
    const { id } = await makePerson(api, 'viewer');
    const [elsewhere, here] = [await asUser(api, id), await asUser(api, id)];
    const [ending, staying] = [await listen(elsewhere), await listen(here)];
    const next = 'violet tractor lamp 9';
    expect(await api.post('/v1/me/password', { current: password, next }, here)).toHaveStatus(204);
    await ending.ended;
    await expectOpen(staying);
  });

  test('stays when the user changes what is no right', async () => {
    const { id } = await makePerson(api, 'viewer');
    const stream = await listen(await asUser(api, id));
    await patch(id, { name: 'Renamed', maximumIncrease: { days: 3 } });
    await expectOpen(stream);
  });
});

test('ends also when the database was away as the key was revoked', async () => {
  const [gone, other] = [await newKey(), await newKey()];
  const [ending, staying] = [await listen({ key: gone.key }), await listen({ key: other.key })];
  await api.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update api_keys set revoked_at = now() where id = ${gone.id}`;
  });
  await api.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`;
  await ending.ended;
  await staying.until(({ type }) => type === 'reset');
  await expectOpen(staying);
});
