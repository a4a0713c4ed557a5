import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const whole = { name: 'Acme', currency: 'USD', balanceModel: 'prepaid', billingEmail: 'billing@acme.example' };
const own = { lowBalanceThreshold: '5', notifyClient: true, notifyAdmin: true, lowBalanceCapacity: 1 };

async function made(body: Record<string, unknown> = {}): Promise<Reply> {
  const reply = await api.post('/v1/clients', { ...whole, ...body });
  expect(reply).toHaveStatus(201);
  return reply;
}

const change = (id: string, body: unknown): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, body, { headers: { 'If-Match': '*' } });

/** As its monitor would. */
async function reduce(id: string): Promise<void> {
  await api.sql`
    insert into capacity_changes (client_id, sequence, at, applied, capacity, normal, cause, available, threshold)
    values (${id}, 1, '2026-03-01T00:00:00Z', true, 1, 3, 'below_threshold', 4.99, 5)`;
}

test('a threshold of its own is answered as it is kept, and its rules are listed', async () => {
  const { body } = await made(own);
  expect(body).toMatchObject({ ...own, lowBalanceThreshold: '5.00', lowBalanceRestoreAt: null });
  expect(body.nearestThreshold).toMatchObject({ amount: '5.00' });
  const { body: rules } = await api.get(`/v1/clients/${body.id}/rules`);
  const listed = (rules.data as { key: string; action: string; recipients: string[] }[]).map(
    ({ key, action, recipients }) => [key, action, ...recipients],
  );
  expect(listed).toEqual([
    ['client-own', 'notify', 'billing@acme.example'],
    ['admin-own', 'event'],
    ['capacity', 'capacity'],
  ]);
});

test('all that is wrong with a client is answered at once, when it is made and when it is changed', async () => {
  const wrong = {
    ...{ warningThresholds: ['50%'], clientPanel: true, notifyClient: true },
    ...{ profileId: '999999', paymentTermsId: '999999', autoPayment: true },
  };
  const pointers = ['warningThresholds/0', 'lowBalanceThreshold', 'panelLogin', 'profileId', 'paymentTermsId'];
  const expected = [...pointers, 'autoPaymentExtraAmount'].map((name) => `#/${name}`).sort();
  const pointersOf = (reply: Reply): string[] =>
    (reply.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort();
  const refused = await api.post('/v1/clients', { ...whole, ...wrong });
  expect(refused).toHaveStatus(400);
  expect(pointersOf(refused)).toEqual(expected);
  const { body } = await made();
  const changed = await change(body.id, wrong);
  expect(changed).toHaveStatus(400);
  expect(pointersOf(changed)).toEqual(expected);
  expect((await api.get(`/v1/clients/${body.id}`)).body.version).toBe(body.version);
});

test.each([
  [{ notifyClient: true }, '#/lowBalanceThreshold'],
  [{ lowBalanceCapacity: 0 }, '#/lowBalanceThreshold'],
  [{ lowBalanceThreshold: '5', lowBalanceCapacity: 1, lowBalanceRestoreAt: '4' }, '#/lowBalanceRestoreAt'],
  [{ lowBalanceThreshold: '5', lowBalanceRestoreAt: '6' }, '#/lowBalanceCapacity'],
  [{ lowBalanceCapacity: -1, lowBalanceThreshold: '5' }, '#/lowBalanceCapacity'],
  [{ lowBalanceCapacity: 3, lowBalanceThreshold: '5', originationCapacity: 3 }, '#/lowBalanceCapacity'],
])('%j is refused at %s, when a client is made and when it is changed', async (fields, pointer) => {
  const refused = await api.post('/v1/clients', { ...whole, ...fields });
  expect(refused).toHaveStatus(400);
  expect(refused.body.errors).toMatchObject([{ pointer }]);
  const { body } = await made();
  const changed = await change(body.id, fields);
  expect(changed).toHaveStatus(400);
  expect(changed.body.errors).toMatchObject([{ pointer }]);
});

test('the threshold cannot be taken away from what needs it', async () => {
  const { body } = await made(own);
  expect((await change(body.id, { lowBalanceThreshold: null })).body.errors).toMatchObject([
    { pointer: '#/lowBalanceThreshold' },
  ]);
  const all = { lowBalanceThreshold: null, notifyClient: false, notifyAdmin: false, lowBalanceCapacity: null };
  expect((await change(body.id, all)).body).toMatchObject(all);
});

test('the normal capacity cannot fall to the low one', async () => {
  const { body } = await made({ ...own, originationCapacity: 3 });
  const refused = await change(body.id, { originationCapacity: 1 });
  expect(refused).toHaveStatus(400);
  expect(refused.body.errors).toMatchObject([
    { pointer: '#/lowBalanceCapacity', detail: 'must be lower than the normal capacity of 1' },
  ]);
});

test('a client says which capacity is in force and why, and lists what it was', async () => {
  const { body } = await made({ ...own, originationCapacity: 3 });
  const { id } = body;
  expect(body.capacity).toMatchObject({ applied: false, capacity: 3, normalCapacity: 3, reason: null, since: null });
  await reduce(id);
  const expected = { applied: true, capacity: 1, normalCapacity: 3, reason: 'below_threshold' };
  const amounts = { available: '4.99', threshold: '5.00', restoreAt: null };
  const client = await api.get(`/v1/clients/${id}`);
  expect(client.body.capacity).toEqual({ ...expected, ...amounts, since: '2026-03-01T00:00:00Z' });
  api.temporal.down = true;
  expect((await api.get(`/v1/clients/${id}/explain`)).body.capacity).toMatchObject(expected);
  const { body: page } = await api.get(`/v1/clients/${id}/capacity-changes`);
  expect(page.data).toEqual([{ id: '1', sequence: 1, at: '2026-03-01T00:00:00Z', ...expected, ...amounts }]);
});

test('a switch that was away reads what applies now, of each client or of those that changed since', async () => {
  const { body: lowered } = await made({ ...own, name: 'Lowered', originationCapacity: 3, externalId: 'low-1' });
  const { body: plain } = await made({ name: 'Plain', originationCapacity: 7 });
  const { body: gone } = await made({ name: 'Gone' });
  await api.call('DELETE', `/v1/clients/${gone.id}`, undefined, { headers: { 'If-Match': '*' } });
  await reduce(lowered.id);
  const all = (await api.get('/v1/capacities?limit=200')).body.data as Record<string, unknown>[];
  const of = (id: string): unknown => all.find(({ clientId }) => clientId === id);
  expect(of(lowered.id)).toMatchObject({
    ...{ externalId: 'low-1', sequence: 1, applied: true, capacity: 1, normalCapacity: 3, reason: 'below_threshold' },
    ...{ available: '4.99', threshold: '5.00', currency: 'USD' },
  });
  expect(of(plain.id)).toMatchObject({ sequence: 0, applied: false, capacity: 7, normalCapacity: 7, reason: null });
  expect(of(gone.id)).toBeUndefined();
  await api.sql`update clients set updated_at = '2026-01-01T00:00:00Z'`;
  const since = (at: string): Promise<unknown> =>
    api
      .get(`/v1/capacities?changedSince=${at}`)
      .then(({ body }) => body.data.map(({ clientId }: { clientId: string }) => clientId));
  expect(await since('2026-03-01T00:00:00Z')).toContain(lowered.id);
  expect(await since('2026-03-01T00:00:00Z')).not.toContain(plain.id);
  expect(await since('2027-01-01T00:00:00Z')).toEqual([]);
  const stranger = await api.makeKey({ resellerId: await api.reseller('Strangers') });
  expect((await api.get('/v1/capacities', { key: stranger })).body.data).toEqual([]);
  const file = (await api.get('/v1/exports/capacities.csv?columns=externalId,capacity,normalCapacity,reason')).text;
  expect(file).toContain('low-1,1,3,below_threshold');
  expect(await api.get('/v1/exports/capacities.xlsx')).toHaveStatus(200);
});
