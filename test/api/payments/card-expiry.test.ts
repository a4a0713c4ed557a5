import { emailCardExpiries } from '../../../src/activities/payments/card-expiry-emails.js';
import { dayMs, hourMs } from '../../../src/domain/durations.js';
import { fakeMail, type FakeMail } from '../../support/mail/fake-mail.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { startCardPayments, type CardPayments } from '../../support/payments/card-payments.js';

/** The client's billing address gets an email 30 and 7 days before its card expires: once each, whatever the worker does. */

let cards: CardPayments;
let mail: FakeMail;
beforeAll(async () => {
  cards = await startCardPayments();
});
afterAll(() => cards.stop());
beforeEach(async () => {
  mail = fakeMail();
  await cards.api.sql`update auto_payments set expiry_notice = null, expiry_notice_at = null`;
});

// The sandbox's cards are valid until 2030-12.
const lastDay = Date.parse('2030-12-31T09:00:00Z');
const before = (days: number): number => lastDay - days * dayMs;

const send = (now: number): Promise<number> =>
  emailCardExpiries(testDeps(cards.api.sql, { mail }), new AbortController().signal, () => now);

const payer = (fields: object = {}): Promise<string> =>
  cards.payer('1111', { billingEmail: 'billing@acme.example', timezone: 'UTC', ...fields });

async function notices(clientId: string): Promise<string[]> {
  const { body } = await cards.api.get(`/v1/notifications?clientId=${clientId}&kind=card_expiring`);
  return body.data.map(({ kind, status }: Record<string, string>) => `${kind} ${status}`);
}

test('an email 30 days and one 7 days before, each once', async () => {
  const id = await payer();
  expect(await send(before(30) - 1000)).toBe(0);
  expect(await send(before(30))).toBe(1);
  expect(await send(before(30) + hourMs)).toBe(0);
  expect(await send(before(7))).toBe(1);
  expect(await send(lastDay + 10 * dayMs)).toBe(0);
  expect(mail.taken.map(({ to, subject }) => [to[0], subject])).toEqual([
    ['billing@acme.example', 'Your card Visa 1111 expires in 30 days'],
    ['billing@acme.example', 'Your card Visa 1111 expires in 7 days'],
  ]);
  expect(mail.taken[0]?.text).toContain('2030-12-31');
  expect(await notices(id)).toEqual(['card_expiring accepted', 'card_expiring accepted']);
});

test('a worker that died after sending sends nothing again, and one that died before sends it', async () => {
  const id = await payer();
  await send(before(30));
  // As if the end of the email had not been recorded.
  await cards.api.sql`
    update auto_payments set expiry_notice = 30, expiry_notice_at = ${new Date(before(30))} where client_id = ${id}`;
  expect(await send(before(30) + hourMs)).toBe(1);
  expect(mail.taken).toHaveLength(1);
});

test('a mail server that refuses for now gets it later', async () => {
  const id = await payer();
  mail.mode = 'refuse';
  expect(await send(before(30))).toBe(0);
  expect(await notices(id)).toEqual(['card_expiring retrying']);
  mail.mode = 'accept';
  expect(await send(before(30) + hourMs)).toBe(1);
  expect(await notices(id)).toEqual(['card_expiring accepted']);
});

test('after days without a worker only the later email is sent, and none once the card has expired', async () => {
  await payer();
  expect(await send(before(5))).toBe(1);
  expect(mail.taken.map(({ subject }) => subject)).toEqual(['Your card Visa 1111 expires in 7 days']);
  await payer();
  expect(await send(lastDay + 2 * dayMs)).toBe(1);
  expect(mail.taken).toHaveLength(1);
});

test('another card has its own emails, and a card that is removed has none', async () => {
  const id = await payer();
  await send(before(30));
  expect(await cards.registerCard(id, '1111')).toHaveStatus(200);
  // Registered in another minute, as people do.
  await cards.api
    .sql`update auto_payments set registered_at = registered_at + interval '5 minutes' where client_id = ${id}`;
  await send(before(30) + hourMs);
  expect(mail.taken).toHaveLength(2);
  expect(await cards.api.call('DELETE', `/v1/clients/${id}/card`)).toHaveStatus(204);
  expect(await send(before(7))).toBe(0);
});

test('without a billing email nothing is sent', async () => {
  await payer({ billingEmail: null });
  expect(await send(before(30))).toBe(1);
  expect(mail.taken).toEqual([]);
});
