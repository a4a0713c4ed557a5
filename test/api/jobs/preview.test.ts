import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What a job would do, before it is started. */

let api: TestApi;
let profile: string;
let terms: string;
const ids: string[] = [];

beforeAll(async () => {
  api = await startTestApi();
  profile = await made('/v1/profiles', { name: 'gold', currency: 'USD' });
  terms = await made('/v1/payment-terms', { name: 'Weekly', mode: 'every', days: 7, graceDays: 7 });
  const billingEmail = 'billing@acme.example';
  await client({ tags: ['vip'], profileId: profile, paymentTermsId: terms, billingEmail });
  await client({ creditLimit: '100.00' });
  await client({ currency: 'EUR', status: 'stop' });
  await client({ balanceModel: 'unlimited' });
});
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function client(fields: object): Promise<void> {
  ids.push(await made('/v1/clients', { name: `Client ${ids.length + 1}`, currency: 'USD', ...fields }));
}

const validUntil = '2099-01-01T00:00:00Z';
const money = (amount: string): object => ({ amount, currency: 'USD' });

test.each([
  ['assign_profile', () => ({ profileId: profile }), { changed: 3, unchanged: 1, refused: 0 }],
  ['check_now', () => ({}), { changed: 4, unchanged: 0, refused: 0 }],
  ['pause', () => ({}), { changed: 4, unchanged: 0, refused: 0 }],
  ['resume', () => ({}), { changed: 0, unchanged: 4, refused: 0 }],
  ['add_tags', () => ({ tags: ['vip'] }), { changed: 3, unchanged: 1, refused: 0 }],
  ['remove_tags', () => ({ tags: ['vip', 'other'] }), { changed: 1, unchanged: 3, refused: 0 }],
  ['set_status', () => ({ status: 'stop' }), { changed: 3, unchanged: 1, refused: 0 }],
  ['set_manager', () => ({ managerId: null }), { changed: 0, unchanged: 4, refused: 0 }],
  ['set_payment_terms', () => ({ paymentTermsId: terms }), { changed: 3, unchanged: 1, refused: 0 }],
  ['silence', () => ({ until: validUntil }), { changed: 4, unchanged: 0, refused: 0 }],
  ['set_credit_limit', () => ({ creditLimit: money('100.00') }), { changed: 1, unchanged: 1, refused: 2 }],
  ['grant_credit', () => ({ amount: money('5.00'), validUntil }), { changed: 2, unchanged: 0, refused: 2 }],
  ['grant_credit', () => ({ percent: '10', validUntil }), { changed: 1, unchanged: 0, refused: 3 }],
])('%s says how many clients it would change and refuse', async (kind, parameters, outlook) => {
  const preview = await api.post('/v1/jobs/preview', { kind, parameters: parameters(), selection: { clientIds: ids } });
  expect(preview).toHaveStatus(200);
  expect(preview.body).toMatchObject({ clients: 4, outlook });
});

test('a deleted client is refused', async () => {
  const gone = await made('/v1/clients', { name: 'Gone', currency: 'USD' });
  await api.call('DELETE', `/v1/clients/${gone}?reason=ended`, undefined, { headers: { 'If-Match': '*' } });
  const preview = await api.post('/v1/jobs/preview', {
    ...{ kind: 'pause', parameters: {}, selection: { clientIds: [gone] } },
  });
  expect(preview.body).toMatchObject({ clients: 1, outlook: { changed: 0, unchanged: 0, refused: 1 } });
});
