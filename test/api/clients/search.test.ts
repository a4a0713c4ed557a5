import { insertNotification } from '../../support/data/notifications.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

let api: TestApi;
let sub: string;
let subKey: string;
let acme: string;
let hidden: string;

beforeAll(async () => {
  api = await startTestApi();
  sub = await api.reseller('Sub-Reseller B');
  subKey = await api.makeKey({ resellerId: sub });
  acme = await client('Acme Telecom', { externalId: 'CRM-4711', billingEmail: 'pay@acme.example' });
  hidden = await client('Great Acme', { resellerId: undefined });
  await client('Small Acme', { resellerId: sub });
  await api.post('/v1/profiles', { name: 'acme gold', currency: 'USD' });
  await api.post('/v1/payments', { id: 'PAY-1', clientId: acme, amount: '5.00', currency: 'USD' });
  await insertNotification(api.sql, { clientId: acme, status: 'sending', at: '2026-03-01', messageId: 'm-1@lowwater' });
});
afterAll(() => api.stop());

async function client(name: string, fields: Record<string, unknown>): Promise<string> {
  const reply = await api.post('/v1/clients', { name, currency: 'USD', ...fields });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function found(q: string, key: string = api.key): Promise<Record<string, unknown[]>> {
  const reply = await api.get(`/v1/search?q=${encodeURIComponent(q)}`, { key });
  expect(reply).toHaveStatus(200);
  const { body } = reply;
  const kinds = ['clients', 'profiles', 'payments', 'notifications'];
  return Object.fromEntries(
    kinds.map((kind) => [kind, body[kind].map((row: { name?: string; id: string }) => row.name ?? row.id)]),
  );
}

const nothing = { clients: [], profiles: [], payments: [], notifications: [] };

test('names: what begins with the text comes first', async () => {
  expect(await found('acme')).toEqual({
    ...nothing,
    clients: ['Acme Telecom', 'Great Acme', 'Small Acme'],
    profiles: ['acme gold'],
  });
});

test.each(['crm-4711', 'pay@ACME', 'monitor/ID', 'telecom'])('a client by %s', async (text) => {
  expect((await found(text.replace('ID', acme)))['clients']).toEqual(['Acme Telecom']);
});

test('an id finds its client before all others', async () => {
  expect((await found(acme))['clients']?.[0]).toBe('Acme Telecom');
});

test('a payment by the payment system’s id, a mail by its Message-ID', async () => {
  expect(await found('PAY-1')).toMatchObject({ payments: ['PAY-1'] });
  expect((await found('<m-1@lowwater>'))['notifications']).toHaveLength(1);
  const { body } = await api.get('/v1/search?q=m-1@lowwater');
  expect(body.notifications[0]).toMatchObject({
    clientId: acme,
    clientName: 'Acme Telecom',
    subject: 'Balance is low',
  });
});

test('nothing is found by nothing, nor by what a pattern would take for anything', async () => {
  for (const text of ['', ' ', '%', '_', 'monitor/', 'monitor/x', "' or true --"])
    expect(await found(text)).toEqual(nothing);
  expect(await api.get('/v1/search?q=%0A')).toBeProblem(400, 'invalid');
});

test('a reseller finds its own', async () => {
  expect(await found('acme', subKey)).toEqual({ ...nothing, clients: ['Small Acme'] });
  for (const text of [hidden, `monitor/${hidden}`, 'PAY-1', 'm-1@lowwater', 'CRM-4711']) {
    expect([text, await found(text, subKey)]).toEqual([text, nothing]);
  }
});

test('what a key has no scope to read is not searched', async () => {
  const key = await api.makeKey({ scopes: ['profiles:read'] });
  expect(await found('acme', key)).toEqual({ ...nothing, profiles: ['acme gold'] });
  expect(await found('PAY-1', key)).toEqual(nothing);
});

test('a client comes with its state and what is available', async () => {
  const low = await client('Standing Telecom', { openingBalance: '12.50', creditLimit: '10.00' });
  const free = await client('Standing Freedom', { balanceModel: 'unlimited' });
  const { body } = await api.get('/v1/search?q=standing');
  const standing = (id: string): unknown => {
    const { state, available } = body.clients.find((one: { id: string }) => one.id === id);
    return { state, available };
  };
  expect(standing(low)).toEqual({ state: expect.any(String), available: { amount: '22.50', currency: 'USD' } });
  expect(standing(free)).toMatchObject({ available: { unlimited: true, currency: 'USD' } });
});

test('an unknown balance shows no amount', async () => {
  const id = await client('Mystery Telecom', {});
  await api.sql`update balance_source set source = 'http'`;
  try {
    const { body } = await api.get('/v1/search?q=mystery');
    expect(body.clients).toEqual([expect.objectContaining({ id, available: null })]);
  } finally {
    await api.sql`update balance_source set source = 'ledger'`;
  }
});
