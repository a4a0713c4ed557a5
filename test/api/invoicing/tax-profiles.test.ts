import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
function create(fields: object = {}): Promise<Reply> {
  count += 1;
  const body = { name: `Tax ${count}`, ratePercent: '19', mode: 'exclusive', label: 'VAT', ...fields };
  return api.post('/v1/tax-profiles', body);
}
const change = (path: string, fields: object): Promise<Reply> =>
  api.call('PATCH', path, fields, { headers: { 'If-Match': '*' } });
const client = (fields: object): Promise<Reply> =>
  api.post('/v1/clients', { name: `Client ${(count += 1)}`, currency: 'USD', ...fields });

test('a tax profile has an exact rate with up to 4 decimals', async () => {
  const made = await create({ ratePercent: '8.8750', note: 'Reverse charge', sureTax: true });
  expect(made).toHaveStatus(201);
  expect(made.body).toMatchObject({
    ...{ ratePercent: '8.875', mode: 'exclusive', label: 'VAT', note: 'Reverse charge' },
    ...{ sureTax: true, archived: false, clients: 0, version: 1 },
  });
  expect((await api.get(`/v1/tax-profiles/${made.body.id}`)).body).toEqual(made.body);
  const changed = await change(`/v1/tax-profiles/${made.body.id}`, { ratePercent: '20', note: null });
  expect(changed.body).toMatchObject({ ratePercent: '20', note: null, version: 2 });
});

test.each([
  [{ ratePercent: '100.0001' }, '#/ratePercent'],
  [{ ratePercent: '-1' }, '#/ratePercent'],
  [{ ratePercent: 19 }, '#/ratePercent'],
  [{ mode: 'none' }, '#/mode'],
  [{ label: '' }, '#/label'],
  [{ name: 'x'.repeat(65) }, '#/name'],
  [{ archived: true }, '#/archived'],
])('with %j is refused', async (fields, pointer) => {
  expect(await create(fields)).toBeProblem(400, 'invalid', pointer);
});

test('an archived one stays with its clients and is given to no other', async () => {
  const { body } = await create();
  const kept = await client({ taxProfileId: body.id });
  expect(kept.body).toMatchObject({ taxProfileId: body.id, taxProfileName: body.name });
  expect((await change(`/v1/tax-profiles/${body.id}`, { archived: true })).body.archived).toBe(true);
  const refused = await client({ taxProfileId: body.id });
  expect(refused).toBeProblem(409, 'conflict', '#/taxProfileId');
  expect(await change(`/v1/clients/${kept.body.id}`, { taxId: '7' })).toHaveStatus(200);
  const names = async (query: string): Promise<string[]> =>
    (await api.get(`/v1/tax-profiles?limit=200&${query}`)).body.data.map(({ name }: { name: string }) => name);
  expect(await names('archived=true')).toEqual([body.name]);
  expect(await names('archived=false')).not.toContain(body.name);
  expect(await names('')).toContain(body.name);
  await change(`/v1/tax-profiles/${body.id}`, { archived: false });
  expect(await client({ taxProfileId: body.id })).toHaveStatus(201);
});

test('it is not deleted', async () => {
  const { body } = await create();
  const reply = await api.call('DELETE', `/v1/tax-profiles/${body.id}`, undefined, { headers: { 'If-Match': '*' } });
  expect(reply.status).toBeGreaterThanOrEqual(404);
});
