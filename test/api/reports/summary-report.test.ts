import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { invoicesClient, type InvoicesClient } from '../../support/invoicing/invoices-api.js';

let api: TestApi;
let reseller = '';
let own: InvoicesClient;
let other: InvoicesClient;
let euro: InvoicesClient;

beforeAll(async () => {
  api = await startTestApi();
  reseller = await api.reseller('Sub-Reseller B');
  own = await invoicesClient(api, { name: 'Acme' });
  other = await invoicesClient(api, { name: 'Below', resellerId: reseller });
  euro = await invoicesClient(api, { name: 'Euro', currency: 'EUR' });
  await own.charge('10', '2026-03-02T12:00:00Z');
  await own.charge('5', '2026-03-09T12:00:00Z');
  await own.charge('7', '2026-04-01T00:00:00Z');
  await own.pay('50', { at: '2026-03-31T23:59:59Z' });
  await other.charge('3', '2026-03-02T12:00:00Z');
  await euro.charge('2', '2026-03-02T12:00:00Z');
  const issued = await own.invoice({ issue: true, periodEnd: '2026-03-05T00:00:00Z', issuedOn: '2026-03-06' });
  expect(issued).toHaveStatus(201);
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${own.id}, 1, 'r', 25, 'USD', '2026-03-10', '2030-03-12', 'active', 'test', 'key:1')`;
});
afterAll(() => api.stop());

const report = (query: string): Promise<Reply> =>
  api.get(`/v1/reports/summary?from=2026-03-01&to=2026-04-30&timezone=UTC&${query}`);

const rowsOf = ({ body }: Reply): string[] =>
  body.data.map((row: Record<string, string>) =>
    [
      'period',
      row['clientName'] === null ? 'resellerName' : 'clientName',
      'charges',
      'payments',
      'invoices',
      'credit',
      'currency',
    ]
      .map((name) => row[name])
      .join(' '),
  );

test('has a row for each client and month, and the sums by currency', async () => {
  const reply = await report('by=month&include=totals,total');
  expect(rowsOf(reply)).toEqual([
    '2026-03-01 Acme 15.00 50.00 10.00 25.00 USD',
    '2026-03-01 Below 3.00 0.00 0.00 0.00 USD',
    '2026-03-01 Euro 2.00 0.00 0.00 0.00 EUR',
    '2026-04-01 Acme 7.00 0.00 0.00 0.00 USD',
  ]);
  expect(reply.body.total).toBe(4);
  expect(reply.body.totals).toMatchObject([
    { currency: 'EUR', clients: 1, charges: '2.00' },
    { currency: 'USD', clients: 2, charges: '25.00', payments: '50.00', invoices: '10.00', credit: '25.00' },
  ]);
});

test('by week and by day, of one client', async () => {
  expect(rowsOf(await report(`by=week&clientId=${own.id}`))).toEqual([
    '2026-03-02 Acme 10.00 0.00 10.00 0.00 USD',
    '2026-03-09 Acme 5.00 0.00 0.00 25.00 USD',
    '2026-03-30 Acme 7.00 50.00 0.00 0.00 USD',
  ]);
  const days = (await report(`by=day&clientId=${own.id}`)).body.data.map(({ period }: { period: string }) => period);
  expect(days).toEqual(['2026-03-02', '2026-03-05', '2026-03-09', '2026-03-10', '2026-03-31', '2026-04-01']);
});

test('of resellers, each with its own clients and currencies', async () => {
  const [{ body: me }] = [await api.get(`/v1/resellers/${api.operatorId}`)];
  expect(rowsOf(await report('per=reseller&sort=period,charges'))).toEqual([
    `2026-03-01 ${me.name} 2.00 0.00 0.00 0.00 EUR`,
    '2026-03-01 Sub-Reseller B 3.00 0.00 0.00 0.00 USD',
    `2026-03-01 ${me.name} 15.00 50.00 10.00 25.00 USD`,
    `2026-04-01 ${me.name} 7.00 0.00 0.00 0.00 USD`,
  ]);
  expect(rowsOf(await report(`resellerId=${reseller}`))).toEqual(['2026-03-01 Below 3.00 0.00 0.00 0.00 USD']);
});

test('a user of a reseller sees its own clients alone, also in the sums and files', async () => {
  const person = await makePerson(api, 'reseller_manager', { resellerId: reseller });
  const user = await asUser(api, person.id);
  const query = 'from=2026-03-01&to=2026-04-30';
  const reply = await api.get(`/v1/reports/summary?${query}&include=totals`, user);
  expect(rowsOf(reply)).toEqual(['2026-03-01 Below 3.00 0.00 0.00 0.00 USD']);
  expect(reply.body.totals).toMatchObject([{ charges: '3.00' }]);
  const csv = await api.get(`/v1/exports/summary-report.csv?${query}&columns=period,clientName,charges`, user);
  expect(csv.text.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
    'Period,Client,Charges',
    '2026-03-01,Below,3.00',
  ]);
  expect(await api.get(`/v1/exports/summary-report.xlsx?${query}`, user)).toHaveStatus(200);
});

test('payments that were reversed are refunds, and a void invoice is none', async () => {
  const client = await invoicesClient(api, { name: 'Back' });
  const payment = await client.pay('40');
  await client.charge('4', '2026-03-02T12:00:00Z');
  const { body } = await client.invoice({ issue: true });
  const reversal = { id: 'back-1', amount: '15', reason: 'bounced' };
  expect(await api.post(`/v1/payments/${payment}/reversals`, reversal)).toHaveStatus(201);
  await api.post(`/v1/invoices/${body.id}/void`, { reason: 'wrong', lines: 'never' });
  const { body: found } = await api.get(`/v1/reports/summary?clientId=${client.id}`);
  expect(found.data).toMatchObject([{ payments: '40.00', refunds: '15.00', invoices: '0.00' }]);
});

describe('days', () => {
  let kyiv: InvoicesClient;
  const rows = async (query: string): Promise<string[]> =>
    rowsOf(await api.get(`/v1/reports/summary?from=2026-03-01&to=2026-03-31&by=day&clientId=${kyiv.id}&${query}`));

  beforeAll(async () => {
    kyiv = await invoicesClient(api, { name: 'Kyiv', timezone: 'Europe/Kyiv' });
    // 00:30 of March 1 and 23:30 of March 31 in Kyiv, where summer time began on March 29.
    await kyiv.charge('4', '2026-02-28T22:30:00Z');
    await kyiv.charge('6', '2026-03-31T20:30:00Z');
    await kyiv.charge('8', '2026-03-31T21:30:00Z');
    await kyiv.pay('9', { at: '2026-03-14T22:00:00Z' });
  });

  test('are those of the client', async () => {
    const own = ['2026-03-01 Kyiv 4.00 0.00 0.00 0.00 USD', '2026-03-15 Kyiv 0.00 9.00 0.00 0.00 USD'];
    expect(await rows('')).toEqual([...own, '2026-03-31 Kyiv 6.00 0.00 0.00 0.00 USD']);
    expect(await rows('timezone=Europe/Kyiv')).toEqual([...own, '2026-03-31 Kyiv 6.00 0.00 0.00 0.00 USD']);
  });

  test('or of the zone that is asked for, and per reseller of the reseller', async () => {
    const utc = ['2026-03-14 Kyiv 0.00 9.00 0.00 0.00 USD', '2026-03-31 Kyiv 14.00 0.00 0.00 0.00 USD'];
    expect(await rows('timezone=UTC')).toEqual(utc);
    expect((await rows('per=reseller')).map((row) => row.slice(0, 10))).toEqual(['2026-03-14', '2026-03-31']);
  });

  test('follow the zone of the client', async () => {
    const moved = { timezone: 'UTC' };
    await api.call('PATCH', `/v1/clients/${kyiv.id}`, moved, { headers: { 'If-Match': '*' } });
    expect(await rows('')).toEqual(await rows('timezone=UTC'));
    expect((await rows('')).at(-1)).toMatch(/^2026-03-31 Kyiv 14.00/);
  });
});

test.each([
  ['timezone=Mars/Olympus', '#/query/timezone'],
  ['from=2026-03-02&to=2026-03-01', '#/query/to'],
  ['from=2020-01-01&to=2026-01-01', '#/query/to'],
  ['by=year', '#/query/by'],
  ['currency=usd', '#/query/currency'],
])('%s is refused', async (query, pointer) => {
  expect(await api.get(`/v1/reports/summary?${query}`)).toBeProblem(400, 'invalid', pointer);
});
