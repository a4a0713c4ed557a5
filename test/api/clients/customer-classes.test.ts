import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const call = (method: 'PATCH' | 'DELETE', path: string, body?: object): Promise<Reply> =>
  api.call(method, path, body, { headers: { 'If-Match': '*' } });

test('a customer class says whether its clients transfer', async () => {
  const made = await api.post('/v1/customer-classes', { name: 'Wholesale' });
  expect(made.body).toMatchObject({ name: 'Wholesale', transfersAllowed: false, clients: 0, version: 1 });
  const changed = await call('PATCH', `/v1/customer-classes/${made.body.id}`, { transfersAllowed: true });
  expect(changed.body).toMatchObject({ transfersAllowed: true, version: 2 });
  expect(await api.post('/v1/customer-classes', { name: 'wholesale' })).toBeProblem(409, 'already_exists', '#/name');
});

test('a client has the class and may say it for itself', async () => {
  const { body } = await api.post('/v1/customer-classes', { name: 'Retail', transfersAllowed: true });
  const made = await api.post('/v1/clients', { name: 'Acme', currency: 'USD', customerClassId: body.id });
  expect(made.body).toMatchObject({ customerClassId: body.id, customerClassName: 'Retail', transfersAllowed: 'class' });
  const changed = await call('PATCH', `/v1/clients/${made.body.id}`, { transfersAllowed: 'no' });
  expect(changed.body.transfersAllowed).toBe('no');
  const refused = await call('DELETE', `/v1/customer-classes/${body.id}`);
  expect(refused).toBeProblem(409, 'in_use');
  expect(refused.body.detail).toContain('1 client uses this customer class');
  await call('PATCH', `/v1/clients/${made.body.id}`, { customerClassId: null });
  expect(await call('DELETE', `/v1/customer-classes/${body.id}`)).toHaveStatus(204);
});
