import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { invoicesClient } from '../../support/invoicing/invoices-api.js';

/** What invoices take from the payment terms and the tax profile of their client. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
afterEach(() => {
  api.now = null;
});

let count = 0;
async function made(path: string, body: object): Promise<string> {
  const reply = await api.post(path, { name: `Record ${(count += 1)}`, ...body });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}
const tax = (fields: object): Promise<string> =>
  made('/v1/tax-profiles', { ratePercent: '19', mode: 'exclusive', label: 'VAT', ...fields });

const march = '2026-03-31T21:00:00Z';
async function issue(
  client: object,
  amounts: readonly string[],
): Promise<{ readonly reply: Reply; readonly id: string }> {
  const made = await invoicesClient(api, client);
  for (const amount of amounts) await made.charge(amount, '2026-03-02T10:00:00Z');
  return { reply: await made.invoice({ periodEnd: march, issue: true }), id: made.id };
}

test('an invoice is due after the grace period of the terms', async () => {
  const paymentTermsId = await made('/v1/payment-terms', { mode: 'every', days: 7, graceDays: 7 });
  const client = await invoicesClient(api, { paymentTermsId });
  await client.charge('10', '2026-03-02T10:00:00Z');
  api.now = Date.parse('2026-03-08T04:00:00Z');
  const { body } = await client.invoice({ periodEnd: '2026-03-07T22:00:00Z', issue: true });
  expect(body).toMatchObject({ issuedAt: '2026-03-08T04:00:00Z', dueOn: '2026-03-15' });
});

test('19 % on top of 13.463456 is 16.02, of which the live balance gets the tax', async () => {
  const taxProfileId = await tax({ note: 'Reverse charge' });
  const { reply, id } = await issue({ taxProfileId }, ['10.123456', '0.004999', '3.335001']);
  expect(reply.body).toMatchObject({ net: '13.46', tax: '2.56', total: '16.02', taxRate: '19.00' });
  expect((await api.get(`/v1/clients/${id}/balances`)).body).toMatchObject({ live: '-16.023456', fixed: '-16.02' });
});

test('20 % within 100.00 is 16.67, and the live balance stays', async () => {
  const taxProfileId = await tax({ ratePercent: '20', mode: 'inclusive' });
  const { reply, id } = await issue({ taxProfileId }, ['100']);
  expect(reply.body).toMatchObject({ net: '83.33', tax: '16.67', total: '100.00' });
  expect((await api.get(`/v1/clients/${id}/balances`)).body).toMatchObject({ live: '-100.00', fixed: '-100.00' });
});

test('another rate leaves what was issued as it is', async () => {
  const taxProfileId = await tax({});
  const { reply } = await issue({ taxProfileId }, ['100']);
  await api.call('PATCH', `/v1/tax-profiles/${taxProfileId}`, { ratePercent: '7' }, { headers: { 'If-Match': '*' } });
  expect((await api.get(`/v1/invoices/${reply.body.id}`)).body).toMatchObject({ taxRate: '19.00', tax: '19.00' });
});

test('SureTax takes no number with a hyphen', async () => {
  const taxProfileId = await tax({ sureTax: true });
  const { reply } = await issue({ taxProfileId }, ['10']);
  expect(reply).toBeProblem(409, 'conflict');
  expect(reply.body.detail).toContain('change the number format');
});
