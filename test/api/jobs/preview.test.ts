import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { invoicesClient } from '../../support/invoicing/invoices-api.js';

/** What a job would do, before it is started. */

let api: TestApi;
let profile: string;
let terms: string;
let template: string;
const ids: string[] = [];

beforeAll(async () => {
  api = await startTestApi();
  profile = await made('/v1/profiles', { name: 'gold', currency: 'USD' });
  terms = await made('/v1/payment-terms', { name: 'Weekly', mode: 'every', days: 7, graceDays: 7 });
  template = await made('/v1/client-templates', {
    name: 'Retail',
    currency: 'USD',
    values: { originationCapacity: 5 },
  });
  const billingEmail = 'billing@acme.example';
  await client({ tags: ['vip'], profileId: profile, paymentTermsId: terms, clientTemplateId: template, billingEmail });
  await client({ creditLimit: '100.00', balanceModel: 'postpaid' });
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
  ['replace_tags', () => ({ tags: ['VIP'] }), { changed: 3, unchanged: 1, refused: 0 }],
  ['replace_tags', () => ({ tags: [] }), { changed: 1, unchanged: 3, refused: 0 }],
  ['set_client_template', () => ({ clientTemplateId: template }), { changed: 2, unchanged: 1, refused: 1 }],
  ['set_client_template', () => ({ clientTemplateId: null }), { changed: 1, unchanged: 3, refused: 0 }],
  ['set_last_invoiced', () => ({ date: '2026-01-31' }), { changed: 4, unchanged: 0, refused: 0 }],
  ['set_last_invoiced', () => ({ date: '2099-01-31' }), { changed: 0, unchanged: 0, refused: 4 }],
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

test('the preview has examples before and after, and why clients would be refused', async () => {
  const preview = async (kind: string, parameters: object): Promise<Reply['body']> =>
    (await api.post('/v1/jobs/preview', { kind, parameters, selection: { clientIds: ids } })).body;
  const names = (body: Reply['body']): unknown =>
    body.sample.map(({ clientName, outcome, before, after, problem }: Record<string, unknown>) =>
      [clientName, outcome, before, after, problem].map((part) => JSON.stringify(part)).join(' '),
    );
  const templates = await preview('set_client_template', { clientTemplateId: template });
  expect(names(templates)).toEqual([
    '"Client 2" "changed" null "Retail" null',
    '"Client 4" "changed" null "Retail" null',
    '"Client 3" "refused" null null "currency_mismatch"',
    '"Client 1" "unchanged" "Retail" "Retail" null',
  ]);
  expect(templates.refusals).toEqual([{ code: 'currency_mismatch', clients: 1 }]);
  expect(names(await preview('replace_tags', { tags: ['new', 'VIP'] }))).toContain(
    '"Client 1" "changed" ["vip"] ["new","vip"] null',
  );
  expect(names(await preview('set_status', { status: 'stop' }))).toContain('"Client 1" "changed" "active" "stop" null');
  expect(names(await preview('set_credit_limit', { creditLimit: money('7.00') }))).toContain(
    '"Client 2" "changed" {"amount":"100.00","currency":"USD"} {"amount":"7.00","currency":"USD"} null',
  );
  expect(await preview('pause', {})).toMatchObject({ sample: [], seen: null, refusals: [] });
});

test('the preview of a last invoice date says what would be on no invoice', async () => {
  const owing = await invoicesClient(api);
  await owing.charge('12.50', '2026-02-10T12:00:00Z');
  const asked = { kind: 'set_last_invoiced', parameters: { date: '2026-03-01' }, selection: { clientIds: [owing.id] } };
  const { body } = await api.post('/v1/jobs/preview', asked);
  expect(body.sample).toMatchObject([
    { before: null, after: '2026-03-01', leftOut: { entries: 1, amount: '12.50' }, outcome: 'changed' },
  ]);
});

test('a deleted client is refused', async () => {
  const gone = await made('/v1/clients', { name: 'Gone', currency: 'USD' });
  await api.call('DELETE', `/v1/clients/${gone}?reason=ended`, undefined, { headers: { 'If-Match': '*' } });
  const preview = await api.post('/v1/jobs/preview', {
    ...{ kind: 'pause', parameters: {}, selection: { clientIds: [gone] } },
  });
  expect(preview.body).toMatchObject({ clients: 1, outlook: { changed: 0, unchanged: 0, refused: 1 } });
});
