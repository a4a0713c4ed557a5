import { writeAutoPayment } from '../../../src/storage/payments/decided-payment.js';
import { inTransaction } from '../../../src/storage/system/transaction.js';
import { startCardPayments, type CardPayments } from '../../support/payments/card-payments.js';

/** Automatic payments after the monitor's decision: amounts, limits, declines, freezes, and what a change of the client needs. */
jest.setTimeout(60_000);

const hour = 3_600_000;
const day = 24 * hour;

let cards: CardPayments;
beforeAll(async () => {
  cards = await startCardPayments();
});
afterAll(() => cards?.stop());

let episodes = 0;

/** What the monitor writes with its state when the client is low. */
async function decide(clientId: string, available = '40.00', episode = ++episodes): Promise<string> {
  const effect = { kind: 'charge', episode, number: 1, available, threshold: '50.00' } as const;
  const at = Math.floor(Date.now() / 1000) * 1000;
  await inTransaction(cards.api.sql, (tx) => writeAutoPayment(tx, clientId, at, effect));
  return newest(clientId);
}

async function newest(clientId: string): Promise<string> {
  const { body } = await cards.api.get(`/v1/card-payments?clientId=${clientId}&limit=1`);
  return body.data[0].id;
}

async function charge(clientId: string, amount: string): Promise<void> {
  const body = { id: `c-${amount}-${Date.now()}`, amount, currency: 'USD' };
  expect(await cards.api.post(`/v1/clients/${clientId}/charges`, body)).toHaveStatus(201);
}

const stateOf = async (id: string) => (await cards.api.get(`/v1/clients/${id}/auto-payment`)).body;
const paymentsOf = async (id: string) => (await cards.api.get(`/v1/card-payments?clientId=${id}`)).body.data;

test('available -40, threshold 50, extra 100: fixed charges 100, cover charges 190', async () => {
  const fixed = await cards.payer('1111');
  await charge(fixed, '40.00');
  await cards.advance(await decide(fixed, '-40.00'));
  expect(await cards.balance(fixed)).toBe('60');
  const cover = await cards.payer('1111', { autoPaymentAmountMode: 'cover' });
  await charge(cover, '40.00');
  expect((await stateOf(cover)).liftsClient).toBe(true);
  await cards.advance(await decide(cover, '-40.00'));
  expect(await cards.balance(cover)).toBe('150');
});

test('the key is fixed with the decision, and a decision that is written twice is one payment', async () => {
  const id = await cards.payer('1111');
  const episode = ++episodes;
  const first = await decide(id, '40.00', episode);
  expect(await decide(id, '40.00', episode)).toBe(first);
  expect(await cards.read(first)).toMatchObject({ key: `ap/${id}/${episode}/1`, status: 'waiting', origin: 'auto' });
});

test('a client that has paid since is not charged', async () => {
  const id = await cards.payer('1111');
  const payment = await decide(id);
  const paid = { id: `p-${id}`, clientId: id, amount: '50.00', currency: 'USD' };
  expect(await cards.api.post('/v1/payments', paid)).toHaveStatus(201);
  await cards.advance(payment);
  expect(await cards.read(payment)).toMatchObject({ status: 'cancelled', reason: 'no_longer_low' });
  expect(await cards.balance(id)).toBe('50');
});

test('soft declines are tried again after 24 h, 72 h, and 7 days, and the fourth freezes', async () => {
  const { api } = cards;
  const id = await cards.payer('0002');
  const start = Date.now();
  const firstPayment = await decide(id);
  await cards.advance(firstPayment);
  expect(await cards.read(firstPayment)).toMatchObject({ status: 'declined', declineMessage: 'Insufficient funds' });
  for (const days of [1, 3, 7]) {
    const state = await stateOf(id);
    expect(Math.round((Date.parse(state.nextAttemptAt) - start) / day)).toBe(days);
    const next = await newest(id);
    await cards.advance(next, days * day - hour);
    expect((await cards.read(next)).status).toBe('waiting');
    await cards.advance(next, days * day + hour);
    expect((await cards.read(next)).status).toBe('declined');
  }
  expect(await stateOf(id)).toMatchObject({ state: 'frozen', frozenReason: 'declined', declines: 4 });
  expect((await paymentsOf(id)).map(({ status }: { status: string }) => status)).toEqual(Array(4).fill('declined'));
  const [notices] = await api.sql`
    select array_agg(notice order by id) filter (where notice is not null) as kinds from card_payments where client_id = ${id}`;
  expect(notices?.kinds).toEqual(['auto_payment_declined', 'auto_payment_frozen']);
  const { data } = (await api.get('/v1/events?kind=auto_payment.frozen')).body;
  expect(data.some(({ clientId, data: facts }: never) => clientId === id && facts['reason'] === 'declined')).toBe(true);
});

test('a hard decline freezes at once, and staff or a new card ends that', async () => {
  const { api } = cards;
  const id = await cards.payer('0004');
  await cards.advance(await decide(id));
  expect(await stateOf(id)).toMatchObject({ state: 'frozen', frozenReason: 'hard_decline' });
  const late = await decide(id);
  await cards.advance(late);
  expect(await cards.read(late)).toMatchObject({ status: 'cancelled', reason: 'frozen' });
  const unfreeze = `/v1/clients/${id}/auto-payment/unfreeze`;
  expect((await api.post(unfreeze, { reason: 'the bank lifted the block' })).body).toMatchObject({
    frozenReason: null,
  });
  expect(await api.post(unfreeze, { reason: 'again' })).toBeProblem(409, 'auto_payment_not_frozen');
  await cards.advance(await decide(id));
  expect(await cards.registerCard(id, '1111')).toHaveStatus(200);
  expect(await stateOf(id)).toMatchObject({ frozenReason: null, declines: 0 });
});

test('charges within 24 hours and the sum of a month are limited', async () => {
  const id = await cards.payer('1111', { autoPaymentMaxPerDay: 1, autoPaymentMaxAmountPerMonth: '150.00' });
  await cards.advance(await decide(id));
  await charge(id, '90.00');
  const second = await decide(id);
  await cards.advance(second);
  expect(await cards.read(second)).toMatchObject({ status: 'waiting', reason: 'daily_limit' });
  await cards.advance(second, day + hour);
  const after = await cards.read(second);
  // Unless the next day is another month already.
  if (new Date(Date.now() + day + hour).getUTCMonth() === new Date().getUTCMonth())
    expect(after).toMatchObject({ status: 'waiting', reason: 'monthly_limit' });
});

test('an amount in another currency is converted at the current rate, and without one nothing is charged', async () => {
  const { api } = cards;
  const id = await cards.payer('1111', { currency: 'EUR' });
  const payment = await decide(id);
  await cards.advance(payment);
  expect(await cards.read(payment)).toMatchObject({ status: 'waiting', reason: 'no_rate' });
  const rate = { from: 'EUR', to: 'USD', rate: '1.10', at: '2026-01-01T00:00:00Z' };
  expect(await api.post('/v1/exchange-rates', rate)).toHaveStatus(201);
  await cards.advance(payment, 2 * hour);
  expect(await cards.read(payment)).toMatchObject({
    ...{ status: 'approved', amount: '100.00', currency: 'EUR' },
    ...{ chargedAmount: '110.00', chargedCurrency: 'USD' },
  });
  expect(await cards.balance(id)).toBe('100');
});

test('auto payment is turned on with a threshold, an amount, and a card only, and off while nothing is charged', async () => {
  const { api } = cards;
  const patch = (id: string, fields: object) =>
    api.call('PATCH', `/v1/clients/${id}`, fields, { headers: { 'If-Match': '*' } });
  const make = async (fields: object) =>
    (await api.post('/v1/clients', { name: 'X', currency: 'USD', ...fields })).body.id;
  const plain = await make({});
  const on = { autoPayment: true, autoPaymentExtraAmount: '20.00' };
  expect(await patch(plain, on)).toBeProblem(422, 'auto_payment_no_threshold', '#/autoPaymentThreshold');
  expect(await patch(plain, { ...on, autoPaymentThreshold: '5.00' })).toBeProblem(
    409,
    'auto_payment_no_card',
    '#/autoPayment',
  );
  expect(await patch(plain, { autoPaymentExtraAmount: '0.50' })).toBeProblem(
    400,
    'invalid',
    '#/autoPaymentExtraAmount',
  );
  expect(await patch(plain, { autoPayment: true })).toBeProblem(400, 'invalid', '#/autoPaymentExtraAmount');
  const unlimited = await make({ balanceModel: 'unlimited' });
  expect(await patch(unlimited, { ...on, autoPaymentThreshold: '5.00' })).toBeProblem(409, 'client_unlimited');
  const held = await cards.payer('0252');
  await cards.advance(await decide(held));
  expect(await patch(held, { autoPayment: false })).toBeProblem(409, 'auto_payment_in_flight');
  const gone = await api.call('DELETE', `/v1/clients/${held}`, undefined, { headers: { 'If-Match': '*' } });
  expect(gone).toBeProblem(409, 'auto_payment_in_flight');
});

test('a chargeback that a person records freezes automatic payments too', async () => {
  const id = await cards.payer('1111');
  await cards.advance(await decide(id));
  const { paymentId } = (await paymentsOf(id))[0];
  const reversal = { id: `cb-${id}`, reason: 'chargeback' };
  expect(await cards.api.post(`/v1/payments/${paymentId}/reversals`, reversal)).toHaveStatus(201);
  expect(await stateOf(id)).toMatchObject({ state: 'frozen', frozenReason: 'chargeback' });
});
