import { startTestApi, type Reply, type TestApi } from '../../support/api.js';

let api: TestApi;
let colleague: string;
let foreigner: string;

beforeAll(async () => {
  api = await startTestApi();
  colleague = await api.makeKey();
  foreigner = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
});
afterAll(() => api.stop());

const view = { page: 'clients', name: 'Low in Kyiv', query: 'state=low&timezone=Europe/Kyiv' };

function change(id: string, body: unknown, etag: string, key: string = api.key): Promise<Reply> {
  return api.call('PATCH', `/v1/views/${id}`, body, { key, headers: { 'If-Match': etag } });
}

async function namesFor(key: string, page = 'clients'): Promise<string[]> {
  const { body } = await api.get(`/v1/views?page=${page}`, { key });
  return body.data.map((row: { name: string }) => row.name);
}

test('a view is its owner’s alone until it is shared, and then its reseller’s', async () => {
  const { body, status } = await api.post('/v1/views', view);
  expect([status, body]).toEqual([
    201,
    {
      ...view,
      id: body.id,
      shared: false,
      owner: 'key:1',
      own: true,
      version: 1,
      createdAt: body.createdAt,
      updatedAt: body.updatedAt,
    },
  ]);
  expect(await namesFor(api.key)).toEqual(['Low in Kyiv']);
  expect(await namesFor(api.key, 'profiles')).toEqual([]);
  expect(await namesFor(colleague)).toEqual([]);

  const shared = await change(body.id, { shared: true }, '"1"');
  expect([shared.status, shared.body.shared, shared.body.version]).toEqual([200, true, 2]);
  expect(await namesFor(colleague)).toEqual(['Low in Kyiv']);
  expect(await namesFor(foreigner)).toEqual([]);
  const seen = await api.get('/v1/views', { key: colleague });
  expect(seen.body.data[0]).toMatchObject({ own: false, owner: 'key:1' });

  const stolen = await change(body.id, { name: 'mine' }, '*', colleague);
  expect([stolen.status, stolen.body.code]).toEqual([404, 'not_found']);
  expect((await change(body.id, { name: 'x' }, '"1"')).status).toBe(412);
  const removed = await api.call('DELETE', `/v1/views/${body.id}`, undefined, { headers: { 'If-Match': '*' } });
  expect(removed.status).toBe(204);
  expect(await namesFor(colleague)).toEqual([]);
  const rows = await api.sql<
    { action: string }[]
  >`select action from audit where subject_type = 'saved_view' order by id`;
  expect(rows.map(({ action }) => action)).toEqual(['saved_view.create', 'saved_view.update', 'saved_view.delete']);
});

test('a name is one on a page, without case, for one owner', async () => {
  const first = await api.post('/v1/views', view);
  const again = await api.post('/v1/views', { ...view, name: 'LOW in Kyiv' });
  expect([again.status, again.body.code, again.body.errors[0].pointer]).toEqual([409, 'already_exists', '#/name']);
  expect((await api.post('/v1/views', { ...view, page: 'profiles' })).status).toBe(201);
  expect((await api.post('/v1/views', view, { key: colleague })).status).toBe(201);
  const other = await api.post('/v1/views', { ...view, name: 'other' });
  expect((await change(other.body.id, { name: first.body.name }, '*')).body.code).toBe('already_exists');
});

test.each([
  [{ ...view, page: 'Clients' }, '#/page'],
  [{ ...view, name: '' }, '#/name'],
  [{ ...view, query: 'x'.repeat(4001) }, '#/query'],
  [{ ...view, shared: 'yes' }, '#/shared'],
  [{ ...view, owner: 'key:2' }, '#/owner'],
])('%j is refused', async (body, pointer) => {
  const reply = await api.post('/v1/views', body);
  expect([reply.status, reply.body.errors[0].pointer]).toEqual([400, pointer]);
});
