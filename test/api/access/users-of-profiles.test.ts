import { startTestApi, type TestApi } from '../../support/api/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('a sub-reseller disables a user whom a profile above notifies: all clients of the profile read it again', async () => {
  const reseller = await api.reseller('Sub-Reseller B');
  const user = (await api.post('/v1/users', { name: 'Olena', email: 'olena@b.example', resellerId: reseller })).body;
  const profile = await api.post('/v1/profiles', {
    name: 'shared',
    currency: 'USD',
    userRule: { threshold: '100.00', users: [user.id] },
  });
  expect(profile).toHaveStatus(201);
  const clientOf = async (resellerId: string): Promise<string> => {
    const made = await api.post('/v1/clients', { name: 'C', currency: 'USD', resellerId, profileId: profile.body.id });
    expect(made).toHaveStatus(201);
    return made.body.id;
  };
  const clients = [await clientOf(api.operatorId), await clientOf(reseller)];
  await api.sql`delete from outbox`;

  const disabled = await api.call(
    'PATCH',
    `/v1/users/${user.id}`,
    { status: 'disabled' },
    { key: await api.makeKey({ resellerId: reseller }), headers: { 'If-Match': '*' } },
  );

  expect(disabled).toHaveStatus(200);
  const [row] = await api.sql<{ version: number }[]>`select version from profiles where id = ${profile.body.id}`;
  expect(row?.version).toBe(profile.body.version + 1);
  const signaled = await api.sql<{ id: string; kind: string }[]>`
    select client_id as id, kind from outbox order by client_id`;
  expect(signaled).toEqual(clients.map((id) => ({ id, kind: 'configurationChanged' })));
});
