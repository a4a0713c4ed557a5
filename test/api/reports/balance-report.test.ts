import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { invoicesClient } from '../../support/invoicing/invoices-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const report = (id: string, query: string): Promise<Reply> => api.get(`/v1/clients/${id}/balance-report?${query}`);

const linesOf = ({ body }: Reply): string[] =>
  body.data.map(
    ({ kind, amount, balance }: { kind: string; amount: string | null; balance: string }) =>
      `${kind} ${amount ?? '-'} ${balance}`,
  );

test('frames the entries of a range of local days with the balances at its ends', async () => {
  const client = await invoicesClient(api);
  await client.pay('100', { at: '2026-02-10T10:00:00Z' });
  await client.charge('10', '2026-02-28T21:59:59Z');
  // 1 March in Kyiv begins.
  await client.charge('20', '2026-02-28T22:00:00Z');
  // Arrives later and occurred before.
  await client.charge('1.5', '2026-02-28T23:00:00Z');
  await client.charge('30', '2026-03-31T20:59:59Z');
  await client.charge('5', '2026-03-31T21:00:00Z');
  const march = await report(client.id, 'from=2026-03-01&to=2026-03-31&include=summary');
  expect(linesOf(march)).toEqual([
    'opening - 90.00',
    'charge -20.00 70.00',
    'charge -1.50 68.50',
    'charge -30.00 38.50',
    'closing -51.50 38.50',
  ]);
  expect(march.body.summary).toEqual({
    ...{ from: '2026-02-28T22:00:00Z', to: '2026-03-31T21:00:00Z', timezone: 'Europe/Kyiv', currency: 'USD' },
    ...{ opening: '90.00', closing: '38.50', rounding: '0.00' },
    kinds: [{ kind: 'charge', entries: 3, amount: '-51.50' }],
  });
  expect(linesOf(await report(client.id, 'from=2026-03-01&to=2026-03-31&timezone=UTC'))).toEqual([
    'opening - 68.50',
    'charge -30.00 38.50',
    'charge -5.00 33.50',
    'closing -35.00 33.50',
  ]);
  expect(linesOf(await report(client.id, 'from=2026-03-01&to=2026-03-31&balance=fixed'))).toEqual([
    'opening - 100.00',
    'closing 0.00 100.00',
  ]);
});

test('pages, and its files have the same lines', async () => {
  const client = await invoicesClient(api);
  for (let n = 1; n <= 4; n++) await client.charge(`${n}`, `2026-03-0${n}T12:00:00Z`);
  const query = 'from=2026-03-01&to=2026-03-31';
  const all = linesOf(await report(client.id, query));
  const first = await report(client.id, `${query}&limit=4&include=total`);
  const second = await report(client.id, `${query}&limit=4&cursor=${first.body.nextCursor}`);
  expect([...linesOf(first), ...linesOf(second)]).toEqual(all);
  expect(first.body.total).toBe(6);
  const csv = await api.get(
    `/v1/exports/balance-report.csv?clientId=${client.id}&${query}&columns=kind,amount,balance`,
  );
  expect(csv.text.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
    'Type,Amount,Balance',
    'opening,,0.00',
    ...[1, 2, 3, 4].map((n) => `charge,-${n}.00,-${(n * (n + 1)) / 2}.00`),
    'closing,-10.00,-10.00',
  ]);
  expect(await api.get(`/v1/exports/balance-report.xlsx?clientId=${client.id}&${query}`)).toHaveStatus(200);
});

test('shows by how much invoices are rounded, which is not carried', async () => {
  const client = await invoicesClient(api);
  const tax = { name: 'VAT 19', ratePercent: '19', mode: 'exclusive', label: 'VAT' };
  const { id: taxProfileId } = (await api.post('/v1/tax-profiles', tax)).body;
  await api.call('PATCH', `/v1/clients/${client.id}`, { taxProfileId }, { headers: { 'If-Match': '*' } });
  await client.charge('10.123456', '2026-02-01T00:00:00Z');
  await client.charge('0.004999', '2026-02-02T00:00:00Z');
  await client.charge('3.335001', '2026-02-03T00:00:00Z');
  const issued = await client.invoice({ issue: true });
  expect(issued.body).toMatchObject({ net: '13.46', tax: '2.56', total: '16.02' });
  const live = await report(client.id, 'from=2026-01-01&include=summary');
  const fixed = await report(client.id, 'from=2026-01-01&balance=fixed&include=summary');
  expect(linesOf(live).slice(-2)).toEqual(['tax -2.56 -16.023456', 'closing -16.023456 -16.023456']);
  expect(linesOf(fixed).slice(-2)).toEqual(['invoice -16.02 -16.02', 'closing -16.02 -16.02']);
  expect([live.body.summary.rounding, fixed.body.summary.rounding]).toEqual(['0.003456', '0.003456']);
  const { balances } = { balances: await client.balances() };
  expect([live.body.summary.closing, fixed.body.summary.closing]).toEqual([balances['live'], balances['fixed']]);
  const reason = { reason: 'wrong', lines: 'next' };
  expect(await api.post(`/v1/invoices/${issued.body.id}/void`, reason)).toHaveStatus(200);
  expect((await report(client.id, 'from=2026-01-01&include=summary')).body.summary.rounding).toBe('0.00');
});

test('leaves out transfers within the client', async () => {
  const client = await invoicesClient(api, { transfersAllowed: 'yes' });
  await api.sql`update clients set created_at = now() where id = ${client.id}`;
  const accountOf = async (externalId: string): Promise<string> =>
    (await api.post(`/v1/clients/${client.id}/accounts`, { externalId, kind: 'debit' })).body.id;
  const [from, to] = [await accountOf('a'), await accountOf('b')];
  await client.pay('25', { accountId: from });
  const transfer = { fromAccountId: from, toAccountId: to, amount: '10', currency: 'USD' };
  const key = { headers: { 'Idempotency-Key': 'one' } };
  expect(await api.post('/v1/transfers', transfer, key)).toHaveStatus(201);
  expect(linesOf(await report(client.id, ''))).toEqual([
    'opening - 0.00',
    'payment 25.00 25.00',
    'closing 25.00 25.00',
  ]);
});

test.each([
  ['from=2026-03-02&to=2026-03-01', '#/query/to'],
  ['from=2026-02-30', '#/query/from'],
  ['timezone=Mars/Olympus', '#/query/timezone'],
  ['balance=both', '#/query/balance'],
])('%s is refused', async (query, pointer) => {
  const client = await invoicesClient(api);
  expect(await report(client.id, query)).toBeProblem(400, 'invalid', pointer);
});

test('of a client that is not seen is not found', async () => {
  expect(await report('999', '')).toBeProblem(404, 'not_found', '#/path/id');
});
