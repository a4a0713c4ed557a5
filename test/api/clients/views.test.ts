import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

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
  const created = await api.post('/v1/views', view);
  const { body } = created;
  expect(created).toHaveStatus(201);
  expect(body).toEqual({
    ...view,
    id: expect.stringMatching(/^\d+$/),
    shared: false,
    owner: 'key:1',
    own: true,
    version: 1,
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: body.createdAt,
  });
  expect(await namesFor(api.key)).toEqual(['Low in Kyiv']);
  expect(await namesFor(api.key, 'profiles')).toEqual([]);
  expect(await namesFor(colleague)).toEqual([]);

  const shared = await change(body.id, { shared: true }, '"1"');
  expect(shared).toHaveStatus(200);
  expect(shared.body.shared).toBe(true);
  expect(shared.body.version).toBe(2);
  expect(await namesFor(colleague)).toEqual(['Low in Kyiv']);
  expect(await namesFor(foreigner)).toEqual([]);
  const seen = await api.get('/v1/views', { key: colleague });
  expect(seen.body.data[0]).toMatchObject({ own: false, owner: 'key:1' });

  const stolen = await change(body.id, { name: 'mine' }, '*', colleague);
  expect(stolen).toBeProblem(404, 'not_found');
  expect(await change(body.id, { name: 'x' }, '"1"')).toBeProblem(412, 'version_stale');
  const removed = await api.call('DELETE', `/v1/views/${body.id}`, undefined, { headers: { 'If-Match': '*' } });
  expect(removed).toHaveStatus(204);
  expect(await namesFor(colleague)).toEqual([]);
  const rows = await api.sql<
    { action: string }[]
  >`select action from audit where subject_type = 'saved_view' order by id`;
  expect(rows.map(({ action }) => action)).toEqual(['saved_view.create', 'saved_view.update', 'saved_view.delete']);
});

test('a name is one on a page, without case, for one owner', async () => {
  const first = await api.post('/v1/views', view);
  const again = await api.post('/v1/views', { ...view, name: 'LOW in Kyiv' });
  expect(again).toBeProblem(409, 'already_exists', '#/name');
  expect(await api.post('/v1/views', { ...view, page: 'profiles' })).toHaveStatus(201);
  expect(await api.post('/v1/views', view, { key: colleague })).toHaveStatus(201);
  const other = await api.post('/v1/views', { ...view, name: 'other' });
  expect(await change(other.body.id, { name: first.body.name }, '*')).toBeProblem(409, 'already_exists');
});

test.each([
  [{ ...view, page: 'Clients' }, '#/page'],
  [{ ...view, name: '' }, '#/name'],
  [{ ...view, query: 'x'.repeat(4001) }, '#/query'],
  [{ ...view, shared: 'yes' }, '#/shared'],
  [{ ...view, owner: 'key:2' }, '#/owner'],
])('%j is refused', async (body, pointer) => {
  const reply = await api.post('/v1/views', body);
  expect(reply).toBeProblem(400, 'invalid', pointer);
});
