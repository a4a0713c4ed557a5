import { emailInvoices } from '../../../src/activities/invoicing/invoice-emails.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { invoicesClient, type InvoicesClient } from '../../support/invoicing/invoices-api.js';
import { pdfText } from '../../support/invoicing/pdf-text.js';
import { fakeMail, type FakeMail } from '../../support/mail/fake-mail.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';

let api: TestApi;
let mail: FakeMail;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  mail = fakeMail();
  await api.sql`update invoice_emails set status = 'ended' where status = 'waiting'`;
});

const send = (): Promise<number> => emailInvoices(testDeps(api.sql, { mail }), new AbortController().signal);
const billed = (more: object = {}): Promise<InvoicesClient> =>
  invoicesClient(api, { billingEmail: 'billing@acme.example', ...more });
const emailsOf = async (id: string): Promise<readonly { readonly [name: string]: unknown }[]> =>
  (await api.get(`/v1/invoices/${id}`)).body.emails;
const stateOf = async (id: string): Promise<string | null> => (await api.get(`/v1/invoices/${id}`)).body.emailState;

test('the email of an issued invoice waits, and is sent once with its PDF', async () => {
  const client = await billed();
  const id = await client.issue('12.50');
  expect(await stateOf(id)).toBe('to_send');
  expect(await send()).toBe(1);
  expect(await send()).toBe(0);
  const { body: invoice } = await api.get(`/v1/invoices/${id}`);
  expect(invoice.emailState).toBe('accepted');
  expect(invoice.emails).toMatchObject([
    { kind: 'invoice', days: 0, state: 'accepted', skipReason: null, to: 'billing@acme.example' },
  ]);
  const [message] = mail.taken;
  expect(mail.taken).toHaveLength(1);
  expect(message).toMatchObject({ to: ['billing@acme.example'], subject: `Invoice ${invoice.no}: 12.50 USD` });
  expect(message?.attachments.map(({ name }) => name)).toEqual([`invoice-${invoice.no}.pdf`]);
  expect(pdfText(message?.attachments[0]?.content ?? Buffer.alloc(0))).toContain(invoice.no);
  const { body: list } = await api.get(`/v1/invoices?clientId=${client.id}`);
  expect(list.data[0].emailState).toBe('accepted');
});

test('a draft has no email until it is issued, and a credit note has its own', async () => {
  const client = await billed();
  const draft = await client.invoice({ lines: [{ description: 'Traffic', amount: '10' }] });
  expect(draft.body).toMatchObject({ emailState: null, emails: [] });
  const issued = await api.post(`/v1/invoices/${draft.body.id}/issue`, {});
  expect(issued.body.emailState).toBe('to_send');
  const note = await api.post(`/v1/invoices/${draft.body.id}/credit-notes`, {
    id: 'c-1',
    amount: '2',
    description: 'Goodwill',
  });
  expect(note.body.emailState).toBe('to_send');
  await send();
  expect(mail.taken.map(({ subject }) => subject).sort()).toEqual([
    `Credit note ${note.body.no}: 2.00 USD`,
    `Invoice ${issued.body.no}: 10.00 USD`,
  ]);
});

test('the variables of the manual are filled', async () => {
  const subject =
    "${invoice['no']} ${invoice['type']} ${invoice['c_dt']} ${invoice['amount']} ${client['currency']} ${invoice['period_start']} " +
    "${invoice['period_finish']} ${invoice['due_date']} ${invoice['tz']} ${invoice['state']} ${invoice['name']} ${invoice['descr']}";
  const template = await api.post('/v1/invoice-templates', { name: 'All variables', language: 'en', subject });
  expect(template).toHaveStatus(201);
  const client = await billed({ invoiceTemplateId: template.body.id, name: 'Acme Kyiv' });
  const periodEnd = '2026-03-31T21:00:00Z';
  await api.post(`/v1/clients/${client.id}/last-invoiced`, { date: '2026-03-01', reason: 'test' });
  const lines = [{ description: 'Traffic', amount: '7' }];
  const made = await client.invoice({ periodEnd, issuedOn: '2026-04-01', lines, description: 'March', issue: true });
  expect(made).toHaveStatus(201);
  await send();
  expect(mail.taken[0]?.subject).toBe(
    `${made.body.no} outgoing 2026-04-01 7.00 USD 2026-03-01 2026-03-31 2026-04-01 Europe/Kyiv overdue Acme Kyiv March`,
  );
});

test('is in the language of the client', async () => {
  const client = await billed({ locale: 'uk' });
  const id = await client.issue('3');
  await send();
  const { body } = await api.get(`/v1/invoices/${id}`);
  expect(mail.taken[0]?.subject).toMatch(new RegExp(`^Рахунок ${body.no}: 3[.,]00 USD$`));
});

test('without a billing email, or void before it was sent, it is not sent, and says why', async () => {
  const silent = await invoicesClient(api);
  const first = await silent.issue('3');
  const client = await billed();
  const second = await client.issue('4');
  expect(await api.post(`/v1/invoices/${second}/void`, { reason: 'wrong', lines: 'never' })).toHaveStatus(200);
  expect(await send()).toBe(2);
  expect(mail.attempts).toBe(0);
  expect(await emailsOf(first)).toMatchObject([{ state: 'not_sent', skipReason: 'no_recipients', to: null }]);
  expect(await emailsOf(second)).toMatchObject([{ state: 'not_sent', skipReason: 'void' }]);
});

test('a server that refuses for now is asked again, under the same Message-ID', async () => {
  const client = await billed();
  const id = await client.issue('5');
  mail.mode = 'refuse';
  expect(await send()).toBe(0);
  expect(await emailsOf(id)).toMatchObject([{ state: 'retrying', nextAttemptAt: expect.any(String) }]);
  expect(await send()).toBe(0);
  expect(mail.attempts).toBe(1);
  await api.sql`update invoice_emails set next_attempt_at = now() where invoice_id = ${id}`;
  mail.mode = 'accept';
  expect(await send()).toBe(1);
  expect(await stateOf(id)).toBe('accepted');
  expect(mail.taken).toHaveLength(1);
});

test('one that is refused for a day has failed', async () => {
  const client = await billed();
  const id = await client.issue('5');
  mail.mode = 'refuse';
  await send();
  await api.sql`
    update invoice_emails set next_attempt_at = now(), created_at = created_at - interval '25 hours' where invoice_id = ${id}`;
  expect(await send()).toBe(1);
  expect(await emailsOf(id)).toMatchObject([{ state: 'failed' }]);
});

test('one that may have arrived is not sent again', async () => {
  const client = await billed();
  const id = await client.issue('5');
  mail.mode = 'uncertain';
  expect(await send()).toBe(1);
  expect(await stateOf(id)).toBe('uncertain');
  expect(await send()).toBe(0);
  expect(mail.taken).toHaveLength(1);
});

test('a worker that died before, between, or after its steps leads to one email', async () => {
  const client = await billed();
  const id = await client.issue('6');
  const again = (): Promise<unknown> =>
    api.sql`update invoice_emails set status = 'waiting', next_attempt_at = now() where invoice_id = ${id}`;
  await send();
  // It died before it said that the email had ended; and before it said which notification it is.
  await again();
  await api.sql`update invoice_emails set notification_id = null where invoice_id = ${id}`;
  await send();
  expect(mail.taken).toHaveLength(1);
  expect(await stateOf(id)).toBe('accepted');
  // It died after the data of the message were out, and before the reply.
  const second = await client.issue('7');
  mail.mode = 'refuse';
  await send();
  await api.sql`
    update deliveries set status = 'transmitted' where notification_id =
      (select notification_id from invoice_emails where invoice_id = ${second})`;
  await api.sql`update invoice_emails set next_attempt_at = now() where invoice_id = ${second}`;
  mail.mode = 'accept';
  await send();
  expect(await stateOf(second)).toBe('uncertain');
  expect(mail.taken).toHaveLength(1);
});

test('many workers send each email once', async () => {
  const client = await billed();
  const ids: string[] = [];
  for (let index = 0; index < 8; index += 1) ids.push(await client.issue('1'));
  const counts = await Promise.all([send(), send(), send()]);
  expect(counts.reduce((all, count) => all + count, 0)).toBe(ids.length);
  expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(ids.length);
  expect(mail.taken).toHaveLength(ids.length);
});

test('the message as a file has the PDF, and notifications list it', async () => {
  const client = await billed();
  const id = await client.issue('8');
  await send();
  const [email] = await emailsOf(id);
  const eml = await api.get(`/v1/deliveries/${String(email?.['deliveryId'])}/rendered.eml`);
  expect(eml.text).toContain('Content-Type: application/pdf');
  expect(eml.text).toMatch(/filename="?invoice-/);
  const { body } = await api.get(`/v1/notifications?clientId=${client.id}&kind=invoice`);
  expect(body.data).toMatchObject([{ kind: 'invoice', status: 'accepted', rule: 'invoice' }]);
});
