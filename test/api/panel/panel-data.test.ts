import { randomUUID } from 'node:crypto';
import { emailInvoices } from '../../../src/activities/invoicing/invoice-emails.js';
import { insertInvoiceEmails } from '../../../src/storage/invoicing/invoice-emails.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { startTestApi, type CallOptions, type TestApi } from '../../support/api/api.js';
import { makeAccount } from '../../support/data/accounts.js';
import { insertNotification } from '../../support/data/notifications.js';
import { asPanel, makePanelClient } from '../../support/panel/panel-api.js';

/** What a client sees in its panel, and what it does not. */

let api: TestApi;
let client: string;
let panel: CallOptions;

const billingEmail = 'billing@client.example';

beforeAll(async () => {
  api = await startTestApi();
  const fields = { balanceModel: 'postpaid', creditLimit: '50.00', billingEmail, transfersAllowed: 'yes' };
  ({ id: client } = await makePanelClient(api, fields));
  panel = await asPanel(api, client);
});
afterAll(() => api.stop());

const recorded = async (path: string, body: object): Promise<string> => {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
};
const usd = { currency: 'USD' };

test('the balance as a sum with its parts', async () => {
  await recorded('/v1/payments', { id: 'p1', clientId: client, amount: '30.00', ...usd });
  await recorded(`/v1/clients/${client}/charges`, { id: 'c1', amount: '42.50', ...usd });
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${client}, 1, 'r', 20, 'USD', now() - interval '1 hour', '2999-01-01', 'active', 'secret reason', 'user:1')`;
  const { body } = await api.get('/v1/panel/balance', panel);
  expect(body).toMatchObject({
    ...{ currency: 'USD', live: '-12.50', creditLimit: '50.00', temporaryCredit: '20.00', available: '57.50' },
    ...{
      temporaryUntil: '2999-01-01T00:00:00Z',
      unlimited: false,
      fixed: '30.00',
      unallocated: '30.00',
      outstanding: '0.00',
    },
  });
  expect(body.lastPaymentAt).not.toBeNull();
  expect(JSON.stringify(body)).not.toContain('secret');
});

test('payments with what took them back, newest first, without who recorded them', async () => {
  await recorded(`/v1/clients/${client}/refunds`, { id: 'r1', amount: '5.00', ...usd, reason: 'staff note' });
  const { body } = await api.get('/v1/panel/payments?include=total', panel);
  expect(body.total).toBe(2);
  expect(body.data.map(({ kind, reference, amount }: Record<string, string>) => [kind, reference, amount])).toEqual([
    ['refund', 'r1', '-5.00'],
    ['payment', 'p1', '30.00'],
  ]);
  expect(JSON.stringify(body)).not.toMatch(/staff note|key:/);
});

test('charges by day with their sum', async () => {
  const { body } = await api.get('/v1/panel/charges', panel);
  expect(body).toMatchObject({ total: '42.50', currency: 'USD' });
  expect(body.days).toHaveLength(1);
  expect(body.days[0].amount).toBe('42.50');
  const past = await api.get('/v1/panel/charges?from=2026-01-01&to=2026-01-31', panel);
  expect(past.body).toMatchObject({ from: '2026-01-01', to: '2026-01-31', total: '0.00', days: [] });
  const wrong = await api.get('/v1/panel/charges?from=2026-02-01&to=2026-01-31', panel);
  expect(wrong).toBeProblem(400, 'invalid', '#/query/from');
});

test('issued and void invoices with their lines, no drafts', async () => {
  await api.sql`update clients set created_at = '2026-01-01' where id = ${client}`;
  const line = { lines: [{ description: 'Setup', amount: '4.00' }] };
  const path = `/v1/clients/${client}/invoices`;
  const first = await recorded(path, { ...line, periodEnd: '2026-01-10T00:00:00Z', issue: true });
  const draft = await recorded(path, { description: 'draft' });
  const voided = await api.post(`/v1/invoices/${first}/void`, { reason: 'staff reason', lines: 'never' });
  expect(voided).toHaveStatus(200);
  const { body } = await api.get('/v1/panel/invoices', panel);
  expect(body.data.map(({ id, state, total }: Record<string, string>) => [id, state, total])).toEqual([
    [first, 'void', '4.00'],
  ]);
  const detail = await api.get(`/v1/panel/invoices/${first}`, panel);
  const pdf = await api.get(`/v1/panel/invoices/${first}/pdf`, panel);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.text).toMatch(/^%PDF-/);
  expect(await api.get(`/v1/panel/invoices/${draft}/pdf`, panel)).toBeProblem(404, 'not_found');
  expect(detail.body.lines).toMatchObject([{ kind: 'typed', description: 'Setup', amount: '4.00' }]);
  expect(JSON.stringify([body, detail.body])).not.toContain('staff reason');
  expect(await api.get(`/v1/panel/invoices/${draft}`, panel)).toBeProblem(404, 'not_found');
});

test('notices to own addresses, never those to staff or to others', async () => {
  const notice = { clientId: client, available: '10', subject: 'Low balance', html: '<p>x</p>' };
  const own = await insertNotification(api.sql, {
    ...{ ...notice, rule: 'client', to: [billingEmail, 'watcher@operator.example'], text: 'own text', messageId: 'm1' },
  });
  await insertNotification(api.sql, {
    ...{ ...notice, rule: 'user', to: ['owner@operator.example'], text: 'staff text', messageId: 'm2' },
  });
  const elsewhere = await insertNotification(api.sql, {
    ...{ ...notice, rule: 'advanced:idle', to: ['watcher@operator.example'], text: 'other text', messageId: 'm3' },
  });
  const { body } = await api.get('/v1/panel/notices?include=total', panel);
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([own.id]);
  expect(body.total).toBe(1);
  const detail = await api.get(`/v1/panel/notices/${own.id}`, panel);
  expect(detail.body).toMatchObject({ subject: 'Low balance', text: 'own text', available: '10.00' });
  expect(JSON.stringify([body, detail.body])).not.toContain('operator.example');
  expect(await api.get(`/v1/panel/notices/${elsewhere.id}`, panel)).toBeProblem(404, 'not_found');
});

test('the emails about an invoice are among the notices: the invoice, its reminder, and that it is overdue', async () => {
  const path = `/v1/clients/${client}/invoices`;
  const lines = [{ description: 'Setup', amount: '700.00' }];
  const id = await recorded(path, { lines, periodEnd: '2026-02-10T00:00:00Z', issue: true });
  const at = new Date();
  await insertInvoiceEmails(api.sql, [
    { invoiceId: id, kind: 'invoice_reminder', days: 3, at },
    { invoiceId: id, kind: 'invoice_overdue', days: 1, at },
  ]);
  await emailInvoices(testDeps(api.sql), new AbortController().signal);
  const { no } = (await api.get(`/v1/panel/invoices/${id}`, panel)).body;
  const { body } = await api.get('/v1/panel/notices', panel);
  const found = body.data.filter(({ subject }: { subject: string }) => subject.includes(no));
  expect(found.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    'invoice',
    'invoice_overdue',
    'invoice_reminder',
  ]);
  const detail = await api.get(`/v1/panel/notices/${found[0].id}`, panel);
  expect(detail.body.text).toContain('700.00');
});

describe('transfers', () => {
  test('move an amount between own accounts, once for each key', async () => {
    const from = await makeAccount(api, client, { balance: '25' });
    const to = await makeAccount(api, client, {});
    const accounts = (await api.get('/v1/panel/accounts', panel)).body.data;
    expect(accounts.map(({ id }: { id: string }) => id).sort()).toEqual([from.id, to.id].sort());
    const body = { fromAccountId: from.id, toAccountId: to.id, amount: '10.00' };
    const once = { ...panel, headers: { ...panel.headers, 'Idempotency-Key': randomUUID() } };
    const reply = await api.post('/v1/panel/transfers', body, once);
    expect(reply).toHaveStatus(201);
    expect((await api.post('/v1/panel/transfers', body, once)).body).toEqual(reply.body);
    const listed = await api.get('/v1/panel/transfers', panel);
    expect(listed.body.data).toEqual([reply.body]);
    const after = (await api.get('/v1/panel/accounts', panel)).body.data;
    expect(after.find(({ id }: { id: string }) => id === to.id).balance).toBe('10.00');
    const [row] = await api.sql`
      select actor, source from audit where client_id = ${client} and action = 'transfer.create'`;
    expect(row).toEqual({ actor: `client:${client}`, source: 'panel' });
  });

  test('are refused where they are not allowed, and to accounts of others', async () => {
    const other = await makePanelClient(api);
    const denied = await asPanel(api, other.id);
    const a = await makeAccount(api, other.id, { balance: '25' });
    const b = await makeAccount(api, other.id, {});
    await api.sql`update clients set transfers_allowed = 'no' where id = ${other.id}`;
    const key = { 'Idempotency-Key': randomUUID() };
    const body = { fromAccountId: a.id, toAccountId: b.id, amount: '1.00' };
    const refused = await api.post('/v1/panel/transfers', body, { ...denied, headers: { ...denied.headers, ...key } });
    expect(refused).toBeProblem(409, 'transfer_not_allowed');
    const own = await makeAccount(api, client, { balance: '25' });
    const across = { ...body, fromAccountId: own.id };
    const reply = await api.post('/v1/panel/transfers', across, { ...panel, headers: { ...panel.headers, ...key } });
    expect(reply).toBeProblem(404, 'not_found', '#/toAccountId');
  });
});
