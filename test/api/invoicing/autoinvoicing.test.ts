import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { finishJob, rowsOf } from '../../support/data/jobs.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { invoicesClient, newId } from '../../support/invoicing/invoices-api.js';

/** Invoices that are issued without being asked for, and by hand for many clients, as callers see them. */

let api: TestApi;
let terms = '';

beforeAll(async () => {
  api = await startTestApi();
  terms = (await api.post('/v1/payment-terms', { name: '7/7', mode: 'every', days: 7, graceDays: 7 })).body.id;
});
afterAll(() => api.stop());

const anyVersion = { headers: { 'If-Match': '*' } };
const change = (id: string, body: object): Promise<Reply> => api.call('PATCH', `/v1/clients/${id}`, body, anyVersion);

async function autoClient(name: string): Promise<Awaited<ReturnType<typeof invoicesClient>>> {
  const client = await invoicesClient(api, { name });
  expect(await change(client.id, { autoinvoicing: true, paymentTermsId: terms })).toHaveStatus(200);
  return client;
}

test('the next invoice is a field of the balances, and the list begins with what is due', async () => {
  const one = await autoClient('Due Telecom');
  expect(await one.balances()).toMatchObject({ lastInvoicedAt: null, nextInvoiceAt: '2026-01-08T04:00:00Z' });
  await change(one.id, { autoinvoicingDelayHours: 0, timezone: 'UTC' });
  expect(await one.balances()).toMatchObject({ nextInvoiceAt: '2026-01-08T00:00:00Z' });
  const other = await autoClient('Later Telecom');
  const body = { date: new Date(Date.now() - 172_800_000).toISOString().slice(0, 10), reason: 'invoiced elsewhere' };
  expect(await api.post(`/v1/clients/${other.id}/last-invoiced`, body)).toHaveStatus(200);
  const listed = await api.get('/v1/upcoming-invoices');
  expect(listed.body.data).toMatchObject([
    { id: one.id, clientName: 'Due Telecom', paymentTerms: '7/7', due: true, jobId: null, lastInvoicedAt: null },
    { id: other.id, due: false },
  ]);
  const csv = await api.get('/v1/exports/upcoming-invoices.csv?columns=clientName,nextInvoiceAt');
  expect(csv.text).toContain('Due Telecom,2026-01-08T00:00:00Z');
  await change(one.id, { autoinvoicing: false });
  expect(await one.balances()).toMatchObject({ nextInvoiceAt: null });
  expect(await change(one.id, { autoinvoicingDelayHours: 73 })).toBeProblem(
    400,
    'invalid',
    '#/autoinvoicingDelayHours',
  );
});

test('what is not invoiced is previewed with its tax', async () => {
  const client = await invoicesClient(api);
  const tax = { name: 'VAT 19', ratePercent: '19', mode: 'exclusive', label: 'VAT' };
  const { id: taxProfileId } = (await api.post('/v1/tax-profiles', tax)).body;
  await change(client.id, { taxProfileId });
  await client.charge('10.123456', '2026-02-01T00:00:00Z');
  await client.charge('0.004999', '2026-02-02T00:00:00Z');
  await client.charge('3.335001', '2026-02-03T00:00:00Z');
  const { body } = await api.get(`/v1/clients/${client.id}/uninvoiced`);
  expect(body).toMatchObject({
    ...{ periodStart: '2026-01-01T00:00:00Z', currency: 'USD', net: '13.46', tax: '2.56', total: '16.02' },
    lines: [{ kind: 'charges', entries: 3, amount: '13.463456' }],
  });
  expect(await api.get('/v1/clients/999/uninvoiced')).toBeProblem(404, 'not_found', '#/path/id');
});

describe('a job that issues invoices', () => {
  const start = (clientIds: readonly string[], parameters: object): Promise<Reply> =>
    api.post('/v1/jobs', { kind: 'invoice_now', parameters, selection: { clientIds } });

  test('invoices each client up to a day of its zone, leaves out those without charges, and refuses the deleted', async () => {
    const [charged, empty, deleted] = [
      await invoicesClient(api, { name: 'Charged' }),
      await invoicesClient(api, { name: 'Empty' }),
      await invoicesClient(api, { name: 'Deleted' }),
    ];
    // 31 March and 1 April in Kyiv.
    await charged.charge('10', '2026-03-31T20:59:59Z');
    await charged.charge('5', '2026-03-31T21:00:00Z');
    await api.call('DELETE', `/v1/clients/${deleted.id}`, undefined, anyVersion);
    const reply = await start([charged.id, empty.id, deleted.id], { lastDay: '2026-03-31' });
    expect(reply).toHaveStatus(201);
    await finishJob(api, reply.body.id);
    expect((await rowsOf(api, reply.body.id)).sort()).toEqual([
      'Charged: done',
      'Deleted: refused client_deleted',
      'Empty: unchanged',
    ]);
    const { body } = await api.get(`/v1/invoices?clientId=${charged.id}&origin=manual`);
    expect(body.data).toMatchObject([{ total: '10.00', periodEnd: '2026-03-31T21:00:00Z', origin: 'manual' }]);
    expect((await api.get(`/v1/invoices?clientId=${charged.id}&origin=auto`)).body.data).toEqual([]);
    // Again: up to the same day everything is invoiced.
    const again = await start([charged.id], { lastDay: '2026-03-31' });
    await finishJob(api, again.body.id);
    expect(await rowsOf(api, again.body.id)).toEqual(['Charged: unchanged']);
  });

  test('refuses a day that is not over, and takes a retry that issues nothing twice', async () => {
    const client = await invoicesClient(api, { name: 'Early' });
    await client.charge('10', '2026-02-01T00:00:00Z');
    const tomorrow = new Date(Date.now() + 172_800_000).toISOString().slice(0, 10);
    const early = await start([client.id], { lastDay: tomorrow });
    await finishJob(api, early.body.id);
    expect(await rowsOf(api, early.body.id)).toEqual(['Early: refused invalid']);
    expect(await start([client.id], { lastDay: '2026-02-30' })).toBeProblem(400, 'invalid', '#/parameters/lastDay');
    const now = await start([client.id], {});
    await finishJob(api, now.body.id);
    expect(await rowsOf(api, now.body.id)).toEqual(['Early: done']);
    const preview = await api.post('/v1/jobs/preview', {
      ...{ kind: 'invoice_now', parameters: { lastDay: '2026-02-01' }, selection: { clientIds: [client.id] } },
    });
    expect(preview.body.outlook).toEqual({ changed: 0, unchanged: 1, refused: 0 });
  });
});

describe('the final invoice of a deleted client', () => {
  const remove = (id: string, query: string, options: object = {}): Promise<Reply> =>
    api.call('DELETE', `/v1/clients/${id}?${query}`, undefined, { ...anyVersion, ...options });
  const invoices = async (id: string): Promise<unknown[]> => (await api.get(`/v1/invoices?clientId=${id}`)).body.data;

  test('has what was not invoiced up to the deletion, where it is wanted', async () => {
    const [wanted, none, empty] = [await invoicesClient(api), await invoicesClient(api), await invoicesClient(api)];
    for (const client of [wanted, none]) await client.charge('10', '2026-02-01T00:00:00Z');
    expect(await remove(wanted.id, 'finalInvoice=true&reason=left')).toHaveStatus(204);
    expect(await remove(none.id, 'reason=left')).toHaveStatus(204);
    expect(await remove(empty.id, 'finalInvoice=true')).toHaveStatus(204);
    expect(await invoices(wanted.id)).toMatchObject([{ total: '10.00', status: 'issued', origin: 'manual' }]);
    expect(await invoices(none.id)).toEqual([]);
    expect(await invoices(empty.id)).toEqual([]);
    const { body } = await api.get(`/v1/audit?clientId=${wanted.id}&sort=id`);
    expect(body.data.map(({ action }: { action: string }) => action)).toEqual([
      'client.create',
      'invoice.issue',
      'client.delete',
    ]);
  });

  test('needs the right to issue invoices', async () => {
    const client = await invoicesClient(api);
    await client.charge('10', '2026-02-01T00:00:00Z');
    const { body: key } = await api.post('/v1/api-keys', { name: newId(), scopes: ['clients:read', 'clients:write'] });
    const headers = { ...anyVersion.headers, Authorization: `Bearer ${key.secret ?? key.key}` };
    const refused = await remove(client.id, 'finalInvoice=true', { headers });
    expect(refused).toBeProblem(403, 'scope_missing', '#/query/finalInvoice');
    expect((await api.get(`/v1/clients/${client.id}`)).body.status).toBe('active');
  });
});

test('a user of a reseller sees what is next of its own clients alone', async () => {
  const reseller = await api.reseller('below');
  const own = await invoicesClient(api, { name: 'Own', resellerId: reseller });
  const foreign = await autoClient('Foreign');
  await change(own.id, { autoinvoicing: true, paymentTermsId: terms });
  const person = await makePerson(api, 'reseller_manager', { resellerId: reseller });
  const { body } = await api.get('/v1/upcoming-invoices', await asUser(api, person.id));
  const ids = body.data.map(({ id }: { id: string }) => id);
  expect(ids).toContain(own.id);
  expect(ids).not.toContain(foreign.id);
});
