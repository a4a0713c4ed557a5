import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

/** A payment is found by its id in the own reseller first, then below, and never by a guess. */

let api: TestApi;
let one: string;
let other: string;
beforeAll(async () => {
  api = await startTestApi();
  [one, other] = [await api.reseller('One'), await api.reseller('Other')];
});
afterAll(() => api.stop());

async function pay(resellerId: string, id: string): Promise<{ clientId: string; reply: Reply }> {
  const made = await api.post('/v1/clients', { name: `Client of ${resellerId}`, currency: 'USD', resellerId });
  const clientId: string = made.body.id;
  const reply = await api.post('/v1/payments', { id, clientId, amount: '5.00', currency: 'USD' });
  expect(reply).toHaveStatus(201);
  return { clientId, reply };
}

test('of a sub-reseller, then of several, then of the own reseller', async () => {
  const first = await pay(one, 'p-1');
  expect((await api.get('/v1/payments/p-1')).body.clientId).toBe(first.clientId);
  const second = await pay(other, 'p-1');
  const several = await api.get('/v1/payments/p-1');
  expect(several).toBeProblem(409, 'conflict', '#/query/clientId');
  expect(several.body.detail).toMatch(/2 clients have a payment with this id: add \?clientId=/);
  for (const { clientId, reply } of [first, second]) {
    expect((await api.get(`/v1/payments/p-1?clientId=${clientId}`)).body.clientId).toBe(clientId);
    expect((await api.get(reply.headers.get('location') ?? '')).body.clientId).toBe(clientId);
  }
  const own = await pay(api.operatorId, 'p-1');
  expect((await api.get('/v1/payments/p-1')).body.clientId).toBe(own.clientId);
  expect(own.reply.headers.get('location')).toBe('/v1/payments/p-1');
  const found = await api.get('/v1/search?q=p-1');
  expect(found.body.payments.map(({ clientId }: { clientId: string }) => clientId)).toEqual([
    own.clientId,
    second.clientId,
    first.clientId,
  ]);
});

test('a reseller finds its own payment, and never that of another', async () => {
  const { clientId } = await pay(one, 'p-2');
  const foreign = await pay(other, 'p-2');
  const key = await api.makeKey({ resellerId: one });
  expect((await api.get('/v1/payments/p-2', { key })).body.clientId).toBe(clientId);
  expect(await api.get(`/v1/payments/p-2?clientId=${foreign.clientId}`, { key })).toBeProblem(404, 'not_found');
});
