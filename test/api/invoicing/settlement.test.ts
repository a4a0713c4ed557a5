import { moneyOf } from '../../../src/domain/money.js';
import { writeEntries } from '../../../src/storage/ledger/ledger.js';
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
    const otherReason = await api.post(`/v1/payments/${first}/reversals`, { ...reversal, reason: 'staff' });
    expect(otherReason).toBeProblem(409, 'conflict', '#/id');
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
    const { paymentId: _named, ...unnamed } = done;
    for (const other of [{ ...done, amount: '9' }, { ...done, reason: 'other' }, unnamed]) {
      expect(await api.post(path, other)).toBeProblem(409, 'conflict', '#/id');
    }
    expect(await client.balances()).toMatchObject({ live: '0.00', fixed: '0.00', unallocated: '0.00' });
    expect((await api.get(`/v1/payments/${paymentId}`)).body).toMatchObject({ refunded: '10.00' });
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

describe('what left the client', () => {
  const reverse = (paymentId: string, amount?: string) =>
    api.post(`/v1/payments/${paymentId}/reversals`, {
      id: newId(),
      reason: 'chargeback',
      ...(amount !== undefined && { amount }),
    });

  test('by a refund is taken by a chargeback as well; the next payment covers it', async () => {
    const client = await invoicesClient(api);
    const invoice = await client.issue('70');
    const paymentId = await client.pay('100');
    const refunds = `/v1/clients/${client.id}/refunds`;
    const refund = { id: newId(), amount: '30', currency: 'USD', reason: 'overpaid' };
    expect(await api.post(refunds, refund)).toHaveStatus(201);
    expect((await reverse(paymentId)).body).toMatchObject({ amount: '-100.00' });
    expect(await client.states(invoice)).toEqual(['70.00 unpaid']);
    expect(await client.balances()).toMatchObject({
      ...{ fixed: '-100.00', unallocated: '-30.00', outstanding: '70.00', refundable: '0.00' },
    });
    expect((await api.get(`/v1/payments/${paymentId}`)).body).toMatchObject({
      reversed: '100.00',
      unallocated: '0.00',
    });
    expect(await reverse(paymentId, '0.01')).toBeProblem(422, 'reversal_exceeds_payment', '#/amount');
    await client.pay('20');
    expect(await client.balances()).toMatchObject({ unallocated: '-10.00', outstanding: '70.00' });
    await client.pay('95');
    expect(await client.states(invoice)).toEqual(['0.00 paid']);
    expect(await client.balances()).toMatchObject({ fixed: '15.00', unallocated: '15.00', refundable: '15.00' });
  });

  test('by transfers to another client is not refunded, until it comes back', async () => {
    const [client, other] = [await invoicesClient(api), await invoicesClient(api)];
    await client.pay('50');
    const move = async (from: string, to: string, amount: number): Promise<void> => {
      const ids = await Promise.all(
        [from, to].map(async (id) => {
          const [row] = await api.sql<{ id: string }[]>`
            insert into accounts (client_id, external_id, kind, balance) values (${id}, ${newId()}, 'credit', 0) returning id`;
          return row?.id ?? '';
        }),
      );
      await api.sql.begin(async (tx) => {
        const [row] = await tx<{ id: string }[]>`
          insert into transfers (from_client_id, from_account_id, to_client_id, to_account_id, amount, currency, from_after,
            to_after, request_id, source)
          values (${from}, ${ids[0] ?? ''}, ${to}, ${ids[1] ?? ''}, ${amount}, 'USD', 0, 0, ${newId()}, 'api') returning id`;
        const transfer = { id: row?.id ?? '', internal: false };
        const common = { externalId: transfer.id, currency: 'USD', source: 'api', transfer };
        await writeEntries(
          tx,
          [
            { ...common, kind: 'transfer_out', clientId: from, accountId: ids[0] ?? '', amount: moneyOf(`-${amount}`) },
            { ...common, kind: 'transfer_in', clientId: to, accountId: ids[1] ?? '', amount: moneyOf(`${amount}`) },
          ],
          {},
          'all',
        );
      });
    };
    await move(client.id, other.id, 40);
    const refund = (id: string, amount: string) =>
      api.post(`/v1/clients/${id}/refunds`, { id: newId(), amount, currency: 'USD', reason: 'left' });
    expect(await client.balances()).toMatchObject({ unallocated: '50.00', refundable: '10.00' });
    expect(await refund(client.id, '10.01')).toBeProblem(422, 'refund_exceeds_unallocated', '#/amount');
    expect(await refund(other.id, '1')).toBeProblem(422, 'refund_exceeds_unallocated', '#/amount');
    await move(other.id, client.id, 15);
    expect(await refund(client.id, '25.01')).toBeProblem(422, 'refund_exceeds_unallocated', '#/amount');
    expect(await refund(client.id, '25')).toHaveStatus(201);
  });
});

describe('the last invoice of a deleted client', () => {
  test('is paid, credited, and due again after a chargeback; nothing else is recorded', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('50');
    await api.call('DELETE', `/v1/clients/${client.id}`, undefined, { headers: { 'If-Match': '*' } });
    const pay = (amount: string, more: object = {}) =>
      api.post(`/v1/clients/${client.id}/payments`, { id: newId(), amount, currency: 'USD', ...more });
    const credit = (amount: string) =>
      api.post(`/v1/invoices/${id}/credit-notes`, { id: newId(), amount, description: 'Outage' });
    const beyond = await pay('50.01');
    expect(beyond).toBeProblem(409, 'client_deleted', '#/amount');
    expect(beyond.body.errors[0].detail).toMatch(/up to 50.00 USD.*restore the client/);
    const paid = await pay('30', { invoiceId: id });
    expect(paid).toHaveStatus(201);
    expect(await credit('20.01')).toBeProblem(409, 'client_deleted', '#/amount');
    expect(await credit('20')).toHaveStatus(201);
    expect(await client.states(id)).toEqual(['0.00 paid']);
    expect(await pay('0.01')).toBeProblem(409, 'client_deleted', '#/path/id');
    const reversal = { id: newId(), reason: 'bounced' };
    expect(await api.post(`/v1/payments/${paid.body.id}/reversals`, reversal)).toHaveStatus(201);
    expect(await client.states(id)).toEqual(['30.00 partly_paid']);
    const charge = { id: newId(), amount: '1', currency: 'USD' };
    expect(await api.post(`/v1/clients/${client.id}/charges`, charge)).toBeProblem(409, 'client_deleted', '#/path/id');
  });
});
