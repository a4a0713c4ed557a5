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
afterEach(() => {
  api.now = null;
});

const march = '2026-03-31T21:00:00Z';

describe('a draft', () => {
  test('of a client within the second of its creation is up to the end of that second', async () => {
    const { id } = (await api.post('/v1/clients', { name: 'New', currency: 'USD' })).body;
    const at = '2026-02-01T10:00:00Z';
    await api.sql`update clients set created_at = '2026-02-01T10:00:00.2Z' where id = ${id}`;
    await api.post(`/v1/clients/${id}/charges`, { id: newId(), amount: '3', currency: 'USD', at });
    api.now = Date.parse(at) + 900;
    const reply = await api.post(`/v1/clients/${id}/invoices`, { issue: true });
    expect(reply).toHaveStatus(201);
    expect(reply.body.total).toBe('3.00');
    expect(await api.post(`/v1/clients/${id}/invoices`, { issue: true })).toBeProblem(409, 'invoice_empty');
  });

  test('up to now has what was charged within this second, and the next invoice has what comes later in it', async () => {
    const client = await invoicesClient(api);
    const second = Date.parse('2026-04-02T10:00:00Z');
    await client.charge('3', '2026-04-02T10:00:00Z');
    api.now = second + 200;
    const preview = await api.get(`/v1/clients/${client.id}/uninvoiced`);
    expect(preview.body).toMatchObject({ total: '3.00', periodEnd: '2026-04-02T10:00:01Z' });
    expect((await client.invoice({ issue: true })).body).toMatchObject({ status: 'issued', total: '3.00' });
    await client.charge('4', '2026-04-02T10:00:00Z');
    api.now = second + 900;
    expect((await client.invoice({ issue: true })).body).toMatchObject({ status: 'issued', total: '4.00' });
  });

  test('has the charges up to its end, and is shown as it would be issued now', async () => {
    const client = await invoicesClient(api);
    await client.charge('10.123456', '2026-03-02T10:00:00Z');
    await client.charge('3.335001', '2026-03-03T10:00:00Z');
    await client.charge('7', '2026-04-01T10:00:00Z');
    const created = await client.invoice({ periodEnd: march, lines: [{ description: 'Porting', amount: '0.004999' }] });
    expect(created).toHaveStatus(201);
    expect(created.body).toMatchObject({
      ...{ status: 'draft', state: 'draft', no: null, paymentStatus: null, issuedAt: null, dueOn: null },
      ...{ periodStart: '2026-01-01T00:00:00Z', periodEnd: march, net: '13.46', tax: '0.00', total: '13.46' },
      lines: [
        { kind: 'charges', description: null, entries: 2, amount: '13.458457' },
        { kind: 'typed', description: 'Porting', entries: null, amount: '0.004999' },
      ],
    });
    expect(await client.balances()).toMatchObject({ live: '-20.458457', fixed: '0.00', outstanding: '0.00' });
    await client.charge('1', '2026-03-04T10:00:00Z');
    const read = await api.get(`/v1/invoices/${created.body.id}`);
    expect(read.body).toMatchObject({ total: '14.46' });
  });

  test('is changed with its version, and deleted; its charges go with the next invoice', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-03-02T10:00:00Z');
    const { body } = await client.invoice({ periodEnd: march });
    const path = `/v1/invoices/${body.id}`;
    const patch = { description: 'March', lines: [{ description: 'Discount', amount: '-2' }] };
    expect(await api.call('PATCH', path, patch)).toBeProblem(428, 'precondition_required');
    const changed = await api.call('PATCH', path, patch, { headers: { 'If-Match': `"${body.version}"` } });
    expect(changed.body).toMatchObject({ description: 'March', total: '8.00', version: 2 });
    const stale = await api.call('PATCH', path, patch, { headers: { 'If-Match': '"1"' } });
    expect(stale).toBeProblem(412, 'version_stale');
    expect(await api.call('DELETE', path)).toHaveStatus(204);
    expect(await api.get(path)).toBeProblem(404, 'not_found', '#/path/id');
    const next = await client.invoice({ periodEnd: march, issue: true });
    expect(next.body).toMatchObject({ status: 'issued', total: '10.00' });
  });

  test('is issued once, with the total that its reader saw', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-03-02T10:00:00Z');
    const { body } = await client.invoice({ periodEnd: march });
    const issue = `/v1/invoices/${body.id}/issue`;
    await client.charge('5', '2026-03-03T10:00:00Z');
    expect(await api.post(issue, { total: '10' })).toBeProblem(409, 'invoice_changed', '#/total');
    const issued = await api.post(issue, { total: '15' });
    expect(issued.body).toMatchObject({ status: 'issued', state: 'unpaid', total: '15.00', outstanding: '15.00' });
    const again = await api.post(issue, {});
    expect(again.body).toMatchObject({ no: issued.body.no, version: issued.body.version });
    expect(await client.balances()).toMatchObject({ live: '-15.00', fixed: '-15.00', lastInvoicedAt: march });
  });

  test('is refused for an end in the future, or one that is invoiced, and when there is nothing to issue', async () => {
    const client = await invoicesClient(api);
    const future = new Date(Date.now() + 60_000).toISOString();
    expect(await client.invoice({ periodEnd: future })).toBeProblem(400, 'invalid', '#/periodEnd');
    expect(await client.invoice({ periodEnd: march, issue: true })).toBeProblem(409, 'invoice_empty', '#/periodEnd');
    expect((await api.get(`/v1/invoices?clientId=${client.id}`)).body.data).toEqual([]);
    await client.issue('10');
    expect(await client.invoice({ periodEnd: '2026-02-01T00:00:01Z' })).toBeProblem(400, 'invalid', '#/periodEnd');
    const zero = { lines: [{ description: 'Nothing', amount: '0' }] };
    expect(await client.invoice(zero)).toBeProblem(400, 'invalid', '#/lines/0/amount');
  });

  test('is created once by a repeated request', async () => {
    const client = await invoicesClient(api);
    const order = { periodEnd: march, lines: [{ description: 'Fee', amount: '5' }], issue: true };
    const headers = { 'Idempotency-Key': newId() };
    const first = await api.post(`/v1/clients/${client.id}/invoices`, order, { headers });
    expect(first).toHaveStatus(201);
    // The answer was not kept: the process died after the commit.
    await api.sql`delete from idempotency_keys`;
    const again = await api.post(`/v1/clients/${client.id}/invoices`, order, { headers });
    expect(again).toHaveStatus(200);
    expect(again.body).toMatchObject({ id: first.body.id, no: first.body.no });
    expect(await client.balances()).toMatchObject({ live: '-5.00', fixed: '-5.00' });
  });
});

describe('an issued invoice', () => {
  test('has the late charges of the period before, and none twice', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-03-02T10:00:00Z');
    await client.charge('20', '2026-04-02T10:00:00Z');
    const first = await client.invoice({ periodEnd: march, issue: true });
    expect(first.body).toMatchObject({ total: '10.00' });
    await client.charge('1', '2026-03-20T10:00:00Z');
    const second = await client.invoice({ periodEnd: '2026-04-30T21:00:00Z', issue: true });
    expect(second.body).toMatchObject({
      ...{ total: '21.00', periodStart: march },
      lines: [
        { kind: 'charges', entries: 1, amount: '20.00' },
        { kind: 'earlier', entries: 1, amount: '1.00' },
      ],
    });
  });

  test('lists adjustments by their notes, and nothing that moves the fixed balance itself', async () => {
    const client = await invoicesClient(api);
    await client.pay('50', { at: '2026-03-01T00:00:00Z' });
    for (const [amount, note] of [
      ['-3', 'setup'],
      ['-4', 'setup'],
      ['1.5', 'goodwill'],
    ]) {
      const body = { id: newId(), amount, currency: 'USD', note, at: '2026-03-02T00:00:00Z' };
      expect(await api.post(`/v1/clients/${client.id}/adjustments`, body)).toHaveStatus(201);
    }
    const { body } = await client.invoice({ periodEnd: march, issue: true });
    expect(body.lines).toEqual([
      { kind: 'adjustments', description: 'setup', entries: 2, amount: '7.00' },
      { kind: 'adjustments', description: 'goodwill', entries: 1, amount: '-1.50' },
    ]);
    expect(body).toMatchObject({ total: '5.50', paid: '5.50', paymentStatus: 'paid', state: 'paid' });
    expect(await client.balances()).toMatchObject({ live: '44.50', fixed: '44.50', unallocated: '44.50' });
  });

  test('below zero is for reference, and its amount is money of the client', async () => {
    const client = await invoicesClient(api);
    const open = await client.issue('30');
    const negative = await client.issue('-40');
    expect(await client.states(open, negative)).toEqual(['0.00 paid', '0.00 not_payable']);
    expect((await api.get(`/v1/invoices/${open}`)).body).toMatchObject({ credited: '30.00', paid: '0.00' });
    expect(await client.balances()).toMatchObject({ live: '10.00', fixed: '10.00', unallocated: '10.00' });
    const voided = await api.post(`/v1/invoices/${negative}/void`, { reason: 'mistake', lines: 'never' });
    expect(voided.body).toMatchObject({ invoice: { status: 'void', outstanding: '0.00' }, draftId: null });
    expect(await client.states(open)).toEqual(['30.00 unpaid']);
    expect(await client.balances()).toMatchObject({ fixed: '-30.00', unallocated: '0.00', outstanding: '30.00' });
  });

  test('is overdue from the day after its due date in its own zone', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('10');
    const { body } = await api.get(`/v1/invoices/${id}`);
    const [row] = await api.sql<{ from: Date }[]>`select overdue_from as from from invoices where id = ${id}`;
    const from = row?.from.getTime() ?? 0;
    api.now = from - 1000;
    expect((await api.get(`/v1/invoices/${id}`)).body).toMatchObject({ overdue: false, state: 'unpaid' });
    expect((await api.get(`/v1/invoices?clientId=${client.id}&overdue=true`)).body.data).toEqual([]);
    api.now = from;
    expect((await api.get(`/v1/invoices/${id}`)).body).toMatchObject({
      overdue: true,
      state: 'overdue',
      dueOn: body.dueOn,
    });
    const list = await api.get(`/v1/invoices?clientId=${client.id}&overdue=true&paymentStatus=unpaid&include=totals`);
    expect(list.body.data).toMatchObject([{ id, overdue: true }]);
    expect(list.body.totals).toEqual([
      {
        currency: 'USD',
        invoices: 1,
        net: '10.00',
        tax: '0.00',
        total: '10.00',
        outstanding: '10.00',
        overdue: '10.00',
      },
    ]);
    const file = await api.get(`/v1/exports/invoices.csv?clientId=${client.id}&columns=no,state,total`);
    expect(file.text).toContain(`${body.no},overdue,10.00`);
  });

  test('has the due date and the tax of its client, and exclusive tax lowers the live balance', async () => {
    const terms = await api.post('/v1/payment-terms', { name: '7/14', mode: 'every', days: 7, graceDays: 14 });
    const profile = { name: 'VAT', ratePercent: '19', mode: 'exclusive', label: 'VAT' };
    const tax = await api.post('/v1/tax-profiles', profile);
    const client = await invoicesClient(api, { paymentTermsId: terms.body.id, taxProfileId: tax.body.id });
    for (const amount of ['10.123456', '0.004999', '3.335001']) await client.charge(amount, '2026-03-02T10:00:00Z');
    api.now = Date.parse('2027-03-01T08:00:00Z');
    const { body } = await client.invoice({ periodEnd: march, issue: true });
    expect(body).toMatchObject({
      ...{ net: '13.46', tax: '2.56', total: '16.02', taxRate: '19.00', taxMode: 'exclusive', taxLabel: 'VAT' },
      ...{ dueOn: '2027-03-15', state: 'unpaid' },
    });
    expect(await client.balances()).toMatchObject({
      live: '-16.023456',
      fixed: '-16.02',
      lastChargeAt: '2026-03-02T10:00:00Z',
    });
    api.now = Date.parse('2027-03-15T22:00:00Z');
    expect((await api.get(`/v1/invoices/${body.id}`)).body).toMatchObject({ state: 'overdue' });
    const voided = await api.post(`/v1/invoices/${body.id}/void`, { reason: 'wrong', lines: 'next' });
    expect(voided).toHaveStatus(200);
    expect(await client.balances()).toMatchObject({ live: '-13.463456', fixed: '0.00' });
  });

  test('is never changed or deleted, also not by a statement', async () => {
    const client = await invoicesClient(api);
    const id = await client.issue('10');
    const headers = { 'If-Match': '*' };
    const patched = await api.call('PATCH', `/v1/invoices/${id}`, { description: 'x' }, { headers });
    expect(patched).toBeProblem(409, 'invoice_state', '#/path/id');
    expect(await api.call('DELETE', `/v1/invoices/${id}`)).toBeProblem(409, 'invoice_state', '#/path/id');
    await expect(api.sql`update invoices set total = 1 where id = ${id}`).rejects.toThrow('is not changed');
    await expect(api.sql`delete from invoices where id = ${id}`).rejects.toThrow('only a draft');
    await expect(api.sql`delete from invoice_lines where invoice_id = ${id}`).rejects.toThrow('not changed');
  });
});

describe('numbers', () => {
  test('have no gaps and no repeats, also when many are issued at once and some fail', async () => {
    const resellerId = await api.reseller('Numbers');
    const clients = await Promise.all([1, 2, 3, 4].map(() => invoicesClient(api, { resellerId })));
    const order = { periodEnd: march, issue: true };
    const lines = [{ description: 'Fee', amount: '1' }];
    await Promise.all(
      clients.flatMap((client) => [client.invoice({ ...order, lines }), client.invoice(order), client.invoice(order)]),
    );
    const { body } = await api.get(`/v1/invoices?resellerId=${resellerId}&sort=no`);
    expect(body.data.map(({ no }: { no: string }) => no)).toEqual([1, 2, 3, 4].map((n) => `INV-00000${n}`));
  });

  test('follow the format of the reseller, and go on where they are', async () => {
    const resellerId = await api.reseller('Formats');
    const client = await invoicesClient(api, { resellerId });
    await client.issue('1');
    const path = `/v1/resellers/${resellerId}/invoice-numbers/outgoing`;
    const read = await api.get(path);
    expect(read.body).toMatchObject({ prefix: 'INV-', restart: 'never', next: 'INV-000002' });
    const format = { prefix: 'B', format: '{prefix}{yyyy}/{seq:4}', restart: 'yearly' };
    const headers = { 'If-Match': `"${read.body.version}"` };
    expect(await api.call('PUT', path, { ...format, format: '{seq}' }, { headers })).toBeProblem(
      400,
      'invalid',
      '#/format',
    );
    const year = new Date().getUTCFullYear();
    const set = await api.call('PUT', path, format, { headers });
    expect(set.body).toMatchObject({ ...format, next: `B${year}/0002` });
    const second = await client.issue('1');
    expect((await api.get(`/v1/invoices/${second}`)).body.no).toBe(`B${year}/0002`);
  });
});
