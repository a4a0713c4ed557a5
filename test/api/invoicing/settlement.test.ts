import { startTestApi, type TestApi } from '../../support/api/api.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { invoicesClient, newId, proveSettlement } from '../../support/invoicing/invoices-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  expect(await proveBalances(api.sql)).toEqual([]);
  expect(await proveSettlement(api.sql)).toEqual([]);
  await api.stop();
});

describe('payments', () => {
  test('settle the oldest invoice first, and stay unallocated where nothing is due', async () => {
    const client = await invoicesClient(api);
    const first = await client.issue('50');
    const second = await client.issue('35');
    const third = await client.issue('40');
    await client.pay('20');
    expect(await client.states(first, second, third)).toEqual(['30.00 partly_paid', '35.00 unpaid', '40.00 unpaid']);
    expect(await client.balances()).toMatchObject({ outstanding: '105.00', unallocated: '0.00', fixed: '-105.00' });
    await client.pay('140');
    expect(await client.states(first, second, third)).toEqual(['0.00 paid', '0.00 paid', '0.00 paid']);
    expect(await client.balances()).toMatchObject({ outstanding: '0.00', unallocated: '35.00', fixed: '35.00' });
  });

  test('settle one invoice together', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('30');
    for (const amount of ['10', '15', '5']) await client.pay(amount);
    expect(await client.states(id)).toEqual(['0.00 paid']);
    const { body } = await api.get(`/v1/invoices/${id}`);
    expect(body.allocations.map(({ amount }: { amount: string }) => amount)).toEqual(['10.00', '15.00', '5.00']);
  });

  test('before an invoice settle it when it is issued', async () => {
    const client = await invoicesClient(api);
    await client.pay('30');
    expect(await client.balances()).toMatchObject({ unallocated: '30.00' });
    const id = await client.issue('20');
    expect(await client.states(id)).toEqual(['0.00 paid']);
    expect(await client.balances()).toMatchObject({ unallocated: '10.00', outstanding: '0.00' });
  });

  test('may name an invoice of the client that comes first', async () => {
    const client = await invoicesClient(api);
    const [first, second] = [await client.issue('50'), await client.issue('35')];
    await client.pay('45', { invoiceId: second });
    expect(await client.states(first, second)).toEqual(['40.00 partly_paid', '0.00 paid']);
    const foreign = await (await invoicesClient(api)).issue('5');
    const body = { id: newId(), amount: '5', currency: 'USD', invoiceId: foreign };
    const refused = await api.post(`/v1/clients/${client.id}/payments`, body);
    expect(refused).toBeProblem(404, 'not_found', '#/invoiceId');
  });

  test('list what they have settled', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('20');
    const paymentId = await client.pay('30');
    const payment = await api.get(`/v1/payments/${paymentId}`);
    expect(payment.body).toMatchObject({
      ...{ unallocated: '10.00', reversed: '0.00', refunded: '0.00' },
      allocations: [{ invoiceId: id, amount: '20.00', paymentId }],
    });
    const list = await api.get(`/v1/clients/${client.id}/allocations?invoiceId=${id}`);
    expect(list.body.data).toMatchObject([{ paymentId, invoiceId: id, amount: '20.00', currency: 'USD' }]);
  });

  test('many at a time settle each its own client', async () => {
    const clients = [await invoicesClient(api), await invoicesClient(api)];
    const ids = await Promise.all(clients.map((client) => client.issue('10')));
    const items = clients.flatMap(({ id }) =>
      ['4', '6'].map((amount) => ({ id: newId(), clientId: id, amount, currency: 'USD' })),
    );
    expect((await api.post('/v1/payments/batch', { items })).body).toMatchObject({ posted: 4 });
    for (const [index, client] of clients.entries())
      expect(await client.states(ids[index] ?? '')).toEqual(['0.00 paid']);
  });
});

describe('a reversal', () => {
  test('ends what its payment had settled, and other money settles the oldest invoice', async () => {
    const client = await invoicesClient(api);
    const ids = [await client.issue('50'), await client.issue('35'), await client.issue('40')];
    const first = await client.pay('60');
    await client.pay('100');
    expect(await client.balances()).toMatchObject({ unallocated: '35.00', fixed: '35.00' });
    const before = await client.balances();
    const reversal = { id: newId(), reason: 'chargeback' };
    const reply = await api.post(`/v1/payments/${first}/reversals`, reversal);
    expect(reply).toHaveStatus(201);
    expect(reply.body).toMatchObject({ kind: 'reversal', amount: '-60.00' });
    expect(await client.states(...ids)).toEqual(['15.00 partly_paid', '10.00 partly_paid', '0.00 paid']);
    const after = await client.balances();
    expect(after).toMatchObject({ unallocated: '0.00', outstanding: '25.00', fixed: '-25.00' });
    expect(Number(before.live) - Number(after.live)).toBe(60);
    expect([after.lastRefillAt, after.lastChargeAt]).toEqual([before.lastRefillAt, before.lastChargeAt]);
    expect(await api.post(`/v1/payments/${first}/reversals`, reversal)).toHaveStatus(200);
    expect(await client.balances()).toMatchObject({ fixed: '-25.00' });
    const beyond = { id: newId(), reason: 'staff', amount: '0.01' };
    expect(await api.post(`/v1/payments/${first}/reversals`, beyond)).toBeProblem(
      422,
      'reversal_exceeds_payment',
      '#/amount',
    );
  });

  test('in part takes what is unallocated first, then what settled the newest invoice', async () => {
    const client = await invoicesClient(api);
    const ids = [await client.issue('50'), await client.issue('35')];
    const paymentId = await client.pay('90');
    const reverse = (amount: string) =>
      api.post(`/v1/payments/${paymentId}/reversals`, { id: newId(), reason: 'bounced', amount });
    expect(await reverse('5')).toHaveStatus(201);
    expect(await client.states(...ids)).toEqual(['0.00 paid', '0.00 paid']);
    expect(await reverse('10')).toHaveStatus(201);
    expect(await client.states(...ids)).toEqual(['0.00 paid', '10.00 partly_paid']);
    expect((await api.get(`/v1/payments/${paymentId}`)).body).toMatchObject({ reversed: '15.00', unallocated: '0.00' });
  });

  test('wakes the monitor where it moves the balance across a threshold, and counts as no refill', async () => {
    const client = await invoicesClient(api);
    const paymentId = await client.pay('100');
    await api.sql`update balances set wake_below = 50 where client_id = ${client.id}`;
    await api.sql`delete from outbox`;
    await api.post(`/v1/payments/${paymentId}/reversals`, { id: newId(), reason: 'staff', note: 'recorded twice' });
    expect(await api.sql`select kind from outbox where client_id = ${client.id}`).toEqual([{ kind: 'balanceChanged' }]);
    const [row] = await api.sql`select refill_seq from balances where client_id = ${client.id}`;
    expect(row).toEqual({ refill_seq: '1' });
  });
});

describe('a refund', () => {
  test('is up to what no invoice has used, and lowers live and fixed', async () => {
    const client = await invoicesClient(api);
    await client.issue('20');
    const paymentId = await client.pay('30');
    const refund = { id: newId(), amount: '10.01', currency: 'USD', reason: 'overpaid', paymentId };
    const path = `/v1/clients/${client.id}/refunds`;
    expect(await api.post(path, refund)).toBeProblem(422, 'refund_exceeds_unallocated', '#/amount');
    const done = { ...refund, amount: '10' };
    expect((await api.post(path, done)).body).toMatchObject({ kind: 'refund', amount: '-10.00', note: 'overpaid' });
    expect(await api.post(path, done)).toHaveStatus(200);
    expect(await api.post(path, { ...done, amount: '9' })).toBeProblem(409, 'conflict', '#/id');
    expect(await client.balances()).toMatchObject({ live: '0.00', fixed: '0.00', unallocated: '0.00' });
    expect((await api.get(`/v1/payments/${paymentId}`)).body).toMatchObject({ refunded: '10.00' });
    const reversal = { id: newId(), reason: 'chargeback' };
    const beyond = await api.post(`/v1/payments/${paymentId}/reversals`, reversal);
    expect(beyond).toBeProblem(422, 'reversal_exceeds_payment', '#/amount');
    expect(await api.post(path, { ...done, id: newId(), currency: 'EUR' })).toBeProblem(
      422,
      'currency_mismatch',
      '#/currency',
    );
  });
});

describe('a credit note', () => {
  test('settles its invoice first, then others; the rest is money of the client', async () => {
    const client = await invoicesClient(api);
    const [first, second] = [await client.issue('50'), await client.issue('35')];
    await client.pay('40');
    const note = { id: newId(), amount: '20', description: 'Outage' };
    const path = `/v1/invoices/${first}/credit-notes`;
    const reply = await api.post(path, note);
    expect(reply).toHaveStatus(201);
    expect(reply.body).toMatchObject({
      type: 'credit_note',
      no: 'CN-000001',
      total: '20.00',
      creditOf: first,
      state: 'not_payable',
    });
    expect(await client.states(first, second)).toEqual(['0.00 paid', '25.00 partly_paid']);
    expect((await api.get(`/v1/invoices/${first}`)).body).toMatchObject({ paid: '40.00', credited: '10.00' });
    expect(await client.balances()).toMatchObject({ live: '-25.00', fixed: '-25.00', outstanding: '25.00' });
    expect(await api.post(path, note)).toHaveStatus(200);
    expect(await api.post(path, { ...note, amount: '21' })).toBeProblem(409, 'conflict', '#/id');
    const beyond = { ...note, id: newId(), amount: '30.01' };
    expect(await api.post(path, beyond)).toBeProblem(422, 'credit_note_exceeds_invoice', '#/amount');
    expect(await api.post(path, { ...note, id: newId(), amount: '0.001' })).toBeProblem(400, 'invalid', '#/amount');
    expect(await api.post(`/v1/invoices/${first}/void`, { reason: 'x' })).toBeProblem(
      409,
      'invoice_has_credit_notes',
      '#/path/id',
    );
  });

  test('is no refill and no line of the next invoice', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('10');
    await api.post(`/v1/invoices/${id}/credit-notes`, { id: newId(), amount: '10', description: 'Goodwill' });
    const next = await client.invoice({ periodEnd: new Date(Date.now() - 1000).toISOString(), issue: true });
    expect(next).toBeProblem(409, 'invoice_empty');
    const [row] = await api.sql`select refill_seq, last_refill_at from balances where client_id = ${client.id}`;
    expect(row).toEqual({ refill_seq: '0', last_refill_at: null });
  });
});
