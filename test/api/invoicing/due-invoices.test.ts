import { handleDueInvoices } from '../../../src/activities/invoicing/due-invoices.js';
import { emailInvoices } from '../../../src/activities/invoicing/invoice-emails.js';
import { addDays, localDate } from '../../../src/domain/invoicing/local-days.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { invoicesClient, type InvoicesClient } from '../../support/invoicing/invoices-api.js';
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
  await api.sql`update invoices set due_on = null, overdue_from = null`;
});

const dueOn = addDays(localDate(Date.now(), 'UTC'), 20);
const at = (offset: number, time = '09:00:00'): number => Date.parse(`${addDays(dueOn, offset)}T${time}Z`);
const run = (now: number): Promise<unknown> => handleDueInvoices(api.sql, now, () => undefined);
async function send(): Promise<void> {
  await api.sql`update invoice_emails set next_attempt_at = now() where status = 'waiting'`;
  await emailInvoices(testDeps(api.sql, { mail }), new AbortController().signal);
}

let count = 0;
async function client(): Promise<InvoicesClient> {
  count += 1;
  const terms = await api.post('/v1/payment-terms', {
    ...{ name: `Terms ${count}`, mode: 'every', days: 7, graceDays: 7, remindBefore: [3, 1], remindAfter: [1, 7] },
  });
  expect(terms).toHaveStatus(201);
  return invoicesClient(api, {
    ...{ timezone: 'UTC', paymentTermsId: terms.body.id, billingEmail: 'billing@acme.example' },
  });
}

/** An invoice that was emailed, and is due on `dueOn`. */
async function dueInvoice(of: InvoicesClient, amount: string): Promise<string> {
  const id = await of.issue(amount);
  await api.sql`
    update invoices set due_on = ${dueOn}, overdue_from = ${new Date(at(1, '00:00:00'))} where id = ${id}`;
  await api.sql`update invoice_emails set status = 'ended' where invoice_id = ${id}`;
  return id;
}

const reminders = async (id: string): Promise<string[]> => {
  const { body } = await api.get(`/v1/invoices/${id}`);
  const emails = body.emails.filter(({ kind }: { kind: string }) => kind !== 'invoice');
  return emails.map(({ kind, days, state }: Record<string, unknown>) => `${kind} ${days} ${state}`);
};

test('each reminder of the payment terms is sent once, with the PDF', async () => {
  const id = await dueInvoice(await client(), '10');
  expect(await run(at(-3, '08:59:59'))).toEqual({ reminders: 0, overdue: 0 });
  expect(await run(at(-3))).toEqual({ reminders: 1, overdue: 0 });
  expect(await run(at(-3, '09:05:00'))).toEqual({ reminders: 0, overdue: 0 });
  expect(await reminders(id)).toEqual(['invoice_reminder 3 to_send']);
  await send();
  expect(await reminders(id)).toEqual(['invoice_reminder 3 accepted']);
  const { body } = await api.get(`/v1/invoices/${id}`);
  expect(mail.taken.map(({ subject }) => subject)).toEqual([`Invoice ${body.no} is due ${dueOn}: 10.00 USD`]);
  expect(mail.taken[0]?.attachments.map(({ name }) => name)).toEqual([`invoice-${body.no}.pdf`]);
  expect(await run(at(-1))).toEqual({ reminders: 1, overdue: 0 });
  expect(await run(at(1))).toEqual({ reminders: 1, overdue: 1 });
  expect(await run(at(7))).toEqual({ reminders: 1, overdue: 0 });
  await send();
  expect(await reminders(id)).toEqual([
    ...['invoice_reminder 3 accepted', 'invoice_reminder 1 accepted'],
    ...['invoice_overdue 1 accepted', 'invoice_overdue 7 accepted'],
  ]);
  expect(mail.taken.slice(1).map(({ subject }) => subject)).toEqual([
    `Invoice ${body.no} is due ${dueOn}: 10.00 USD`,
    ...[`Invoice ${body.no} is overdue: 10.00 USD`, `Invoice ${body.no} is overdue: 10.00 USD`],
  ]);
});

test('one that was missed for more than a day is not sent', async () => {
  const id = await dueInvoice(await client(), '10');
  expect(await run(at(-2, '09:00:01'))).toEqual({ reminders: 0, overdue: 0 });
  expect(await reminders(id)).toEqual([]);
});

test('an invoice that is paid has none, also when it was paid before the email was sent', async () => {
  const of = await client();
  const first = await dueInvoice(of, '10');
  await run(at(-3));
  await of.pay('10');
  await send();
  expect(await reminders(first)).toEqual(['invoice_reminder 3 not_sent']);
  expect(mail.attempts).toBe(0);
  expect(await run(at(-1))).toEqual({ reminders: 0, overdue: 0 });
  expect(await run(at(1))).toEqual({ reminders: 0, overdue: 0 });
});

test('an overdue invoice is an event, once, which resolves when it is paid', async () => {
  const of = await client();
  const id = await dueInvoice(of, '10');
  await run(at(0, '23:59:59'));
  const events = async (): Promise<{ subject: { id: string }; resolved: unknown; times: number; data: object }[]> =>
    (await api.get('/v1/events?kind=invoice.overdue&limit=200')).body.data.filter(
      ({ subject }: { subject: { id: string } }) => subject.id === id,
    );
  expect(await events()).toEqual([]);
  await run(at(1, '00:00:00'));
  await run(at(2, '00:00:00'));
  const [event] = await events();
  expect(await events()).toHaveLength(1);
  expect(event).toMatchObject({ times: 1, data: { outstanding: '10.00', currency: 'USD', dueOn } });
  await of.pay('10');
  await run(at(3, '00:00:00'));
  const open = (await api.get('/v1/events?kind=invoice.overdue&resolved=false')).body.data ?? [];
  expect(open.filter(({ subject }: { subject: { id: string } }) => subject.id === id)).toEqual([]);
});

test('two runs at once write each reminder once', async () => {
  const of = await client();
  for (let index = 0; index < 5; index += 1) await dueInvoice(of, '1');
  const results = await Promise.all([run(at(-3)), run(at(-3)), run(at(-3))]);
  const total = (results as { reminders: number }[]).reduce((all, { reminders: some }) => all + some, 0);
  expect(total).toBe(5);
});
