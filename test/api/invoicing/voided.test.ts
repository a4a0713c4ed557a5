import { startTestApi, type TestApi } from '../../support/api/api.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { invoicesClient, proveSettlement, type InvoicesClient } from '../../support/invoicing/invoices-api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => {
  expect(await proveBalances(api.sql)).toEqual([]);
  expect(await proveSettlement(api.sql)).toEqual([]);
  await api.stop();
});

const [january, february, march] = ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'];

async function issued(client: InvoicesClient, periodEnd: string): Promise<string> {
  const reply = await client.invoice({ periodEnd, issue: true });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

const voided = (id: string, lines?: string) => api.post(`/v1/invoices/${id}/void`, { reason: 'wrong', lines });

describe('voiding an invoice', () => {
  test('releases what settled it, and puts its lines on the next invoice', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-01-10T00:00:00Z');
    const first = await issued(client, january);
    await client.charge('5', '2026-02-10T00:00:00Z');
    const second = await issued(client, february);
    await client.pay('12');
    expect(await client.states(first, second)).toEqual(['0.00 paid', '3.00 partly_paid']);
    const reply = await voided(second);
    expect(reply.body).toMatchObject({
      invoice: { status: 'void', state: 'void', voidLines: 'next', voidReason: 'wrong', no: expect.any(String) },
      draftId: null,
    });
    expect(await client.balances()).toMatchObject({ fixed: '2.00', unallocated: '2.00', lastInvoicedAt: january });
    const next = await client.invoice({ periodEnd: march, issue: true });
    expect(next.body).toMatchObject({ total: '5.00', periodStart: january, outstanding: '3.00' });
    expect((await voided(second)).body).toMatchObject({ invoice: { status: 'void' } });
  });

  test('of payments lets them settle other invoices, the oldest first', async () => {
    const client = await invoicesClient(api);
    const ids = [await client.issue('50'), await client.issue('35'), await client.issue('40')];
    await client.pay('60');
    expect(await voided(ids[0] ?? '', 'draft')).toHaveStatus(200);
    expect(await client.states(...ids)).toEqual(['0.00 void', '0.00 paid', '15.00 partly_paid']);
  });

  test('never invoices its lines again, where that is chosen', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-01-10T00:00:00Z');
    expect(await voided(await issued(client, january), 'never')).toHaveStatus(200);
    expect(await client.invoice({ periodEnd: march, issue: true })).toBeProblem(409, 'invoice_empty');
    expect(await client.balances()).toMatchObject({ live: '-10.00', fixed: '0.00', lastInvoicedAt: january });
  });

  test('gives a draft with its lines, those by hand among them', async () => {
    const client = await invoicesClient(api);
    const lines = [{ description: 'Porting', amount: '15' }];
    await client.charge('10', '2026-01-10T00:00:00Z');
    const { body } = await client.invoice({ periodEnd: january, lines, issue: true });
    const reply = await voided(body.id, 'draft');
    const draft = await api.get(`/v1/invoices/${reply.body.draftId}`);
    expect(draft.body).toMatchObject({
      ...{ status: 'draft', replaces: body.id, total: '25.00', review: true },
      lines: [
        { kind: 'charges', amount: '10.00' },
        { kind: 'typed', description: 'Porting', entries: 1, amount: '15.00' },
      ],
    });
    const again = await api.post(`/v1/invoices/${reply.body.draftId}/issue`, {});
    expect(again.body).toMatchObject({ total: '25.00' });
    expect(await client.balances()).toMatchObject({ live: '-25.00', fixed: '-25.00' });
  });

  test('of an older one is possible only with a draft that has its lines, and no others', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-01-10T00:00:00Z');
    const first = await issued(client, january);
    await client.charge('5', '2026-02-10T00:00:00Z');
    await client.charge('1', '2026-01-20T00:00:00Z');
    await issued(client, february);
    await client.charge('2', '2026-01-21T00:00:00Z');
    for (const lines of ['next', 'never']) {
      expect(await voided(first, lines)).toBeProblem(409, 'invoice_not_latest', '#/lines');
    }
    const { body } = await voided(first, 'draft');
    const path = `/v1/invoices/${body.draftId}`;
    const headers = { 'If-Match': '*' };
    const line = { lines: [{ description: 'More', amount: '1' }] };
    expect(await api.call('PATCH', path, line, { headers })).toBeProblem(409, 'conflict', '#/lines');
    expect(await api.call('PATCH', path, { periodEnd: march }, { headers })).toBeProblem(
      409,
      'conflict',
      '#/periodEnd',
    );
    expect(await api.call('DELETE', path)).toBeProblem(409, 'in_use', '#/path/id');
    expect((await api.post(`${path}/issue`, {})).body).toMatchObject({ total: '10.00', replaces: first });
    const next = await client.invoice({ periodEnd: march, issue: true });
    expect(next.body).toMatchObject({ total: '2.00', lines: [{ kind: 'earlier', amount: '2.00' }] });
    expect(await client.balances()).toMatchObject({ live: '-18.00', fixed: '-18.00' });
  });
});

describe('the last invoice date by hand', () => {
  test('leaves out what occurred before it, which the preview shows', async () => {
    const client = await invoicesClient(api, { timezone: 'Europe/Kyiv' });
    await client.charge('10', '2026-01-10T00:00:00Z');
    await client.charge('4', '2026-02-28T21:59:59Z');
    await client.charge('7', '2026-02-28T22:00:00Z');
    const path = `/v1/clients/${client.id}/last-invoiced`;
    const preview = { lastInvoicedAt: '2026-02-28T22:00:00Z', entries: 2, amount: '14.00' };
    expect((await api.get(`${path}?date=2026-03-01`)).body).toEqual(preview);
    const order = { date: '2026-03-01', reason: 'old system' };
    expect(await api.post(path, { ...order, expectedEntries: 3 })).toBeProblem(
      409,
      'invoice_changed',
      '#/expectedEntries',
    );
    expect((await api.post(path, { ...order, expectedEntries: 2 })).body).toEqual(preview);
    expect((await api.post(path, order)).body).toMatchObject({ entries: 0 });
    await client.charge('1', '2026-02-01T00:00:00Z');
    const { body } = await client.invoice({ periodEnd: march, issue: true });
    expect(body).toMatchObject({ periodStart: '2026-02-28T22:00:00Z', total: '8.00' });
  });

  test('is not in the future, and not before the end of an invoice', async () => {
    const client = await invoicesClient(api);
    await client.issue('10');
    const path = `/v1/clients/${client.id}/last-invoiced`;
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const reason = 'x';
    expect(await api.post(path, { date: tomorrow, reason })).toBeProblem(400, 'invalid', '#/date');
    expect(await api.post(path, { date: '2026-01-31', reason })).toBeProblem(
      409,
      'last_invoiced_before_invoice',
      '#/date',
    );
    expect(await api.post(path, { date: '2026-02-30', reason })).toBeProblem(400, 'invalid', '#/date');
  });
});
