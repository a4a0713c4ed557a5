import { subjectQuery } from '../../../support/api/file-subjects.js';
import { streamXlsxRows } from 'hucre/xlsx';
import { xlsxCell, xlsxOf } from '../../../../src/documents/tables/xlsx.js';
import { operations } from '../../../../src/api/operations/index.js';
import { startTestApi, type TestApi } from '../../../support/api/api.js';
import { answerFault } from '../../../support/api/published-document.js';

/** Lists as workbooks: what a spreadsheet program reads of them. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const made = (name: string, fields: object): Promise<unknown> =>
    api.post('/v1/clients', { name, currency: 'USD', ...fields });
  await made('=1+1', { openingBalance: '-419.78', tags: ['a', 'b'] });
  await made('Комета', { openingBalance: '999999999999.123456', externalId: '@SUM(A1)' });
  await made('Endless', { balanceModel: 'unlimited' });
});
afterAll(() => api.stop());

async function download(path: string, key: string = api.key): Promise<Response> {
  const reply = await fetch(api.url + path, { headers: { Authorization: `Bearer ${key}` } });
  expect([path, reply.status]).toEqual([path, 200]);
  const contentType = reply.headers.get('content-type') ?? '';
  expect(answerFault('GET', path, { status: reply.status, contentType, body: null })).toBeNull();
  return reply;
}

async function cells(path: string): Promise<unknown[][]> {
  return read(Buffer.from(await (await download(path)).arrayBuffer()));
}

async function read(file: Uint8Array): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const { values } of streamXlsxRows(file)) rows.push([...values]);
  return rows;
}

test('has the rows, columns, and order of the CSV; text stays text, and an amount is exact', async () => {
  const query = 'columns=name,live,unlimited,externalId,tags&sort=live';
  expect(await cells(`/v1/exports/clients.xlsx?${query}`)).toEqual([
    ['Name', 'Live', 'Unlimited', 'External ID', 'Tags'],
    ['=1+1', -419.78, false, null, 'a, b'],
    ['Endless', 0, true],
    // A double would lose its last digits.
    ['Комета', '999999999999.123456', false, '@SUM(A1)'],
  ]);
});

test('has the filters of the list, and takes no delimiter', async () => {
  expect(await cells('/v1/exports/clients.xlsx?columns=name&balanceModel=unlimited')).toEqual([['Name'], ['Endless']]);
  expect(await cells('/v1/exports/clients.xlsx?columns=name&q=nobody')).toEqual([['Name']]);
  const reply = await api.get('/v1/exports/clients.xlsx?delimiter=;');
  expect(reply).toBeProblem(400, 'invalid', '#/query/delimiter');
});

test('is a download with a name', async () => {
  api.now = Date.parse('2026-03-31T12:00:00Z');
  const { headers } = await download('/v1/exports/payments.xlsx');
  api.now = null;
  expect(headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  expect(headers.get('content-disposition')).toBe('attachment; filename="payments-2026-03-31.xlsx"');
});

const files = operations.filter(({ area }) => area === 'exports').map(({ path }) => path);

test.each(files.filter((path) => path.endsWith('.csv')))(
  'there is an XLSX besides %s, with the same headers',
  async (path) => {
    const query = await subjectQuery(api, path);
    const csv = await (await download(path + query)).text();
    const [headers] = await cells(path.replace('.csv', '.xlsx') + query);
    expect(headers?.join(',')).toBe(
      csv
        .replace(/^\uFEFF/, '')
        .split('\r\n')[0]
        ?.replaceAll('"', ''),
    );
  },
);

test('more rows than are fetched at once come all, each once', async () => {
  await api.sql`
    with made as (
      insert into clients (reseller_id, name, currency, balance_model)
      select ${api.operatorId}, 'Bulk ' || n, 'USD', 'prepaid' from generate_series(1, 8000) n returning id
    ), seen as (insert into monitors (client_id) select id from made)
    insert into balances (client_id) select id from made`;
  const rows = await cells('/v1/exports/clients.xlsx?columns=id&name=bulk');
  expect(rows.length).toBe(8001);
  expect(new Set(rows.flat()).size).toBe(8001);
});

test('a reader who goes away leaves no connection behind', async () => {
  for (let attempt = 0; attempt < 12; attempt++) {
    const abort = new AbortController();
    const reply = await fetch(`${api.url}/v1/exports/clients.xlsx`, {
      headers: { Authorization: `Bearer ${api.key}` },
      signal: abort.signal,
    });
    await reply.body?.getReader().read();
    abort.abort();
  }
  expect(await api.get('/v1/clients?limit=1')).toHaveStatus(200);
});

test('rows are written as they are read: a reader who waits leaves the rest unread', async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<readonly number[]> {
    for (;;) yield [given++];
  }
  const file = xlsxOf(endless(), [{ header: 'N', value: (n) => ({ number: n }) }]);
  const parts = file[Symbol.asyncIterator]();
  await parts.next();
  expect(given).toBeLessThan(100_000);
  await parts.return?.();
  const before = given;
  await new Promise(setImmediate);
  expect(given).toBe(before);
});

test.each([
  ['=1+1', '=1+1'],
  [{ number: '12.340000' }, 12.34],
  [{ number: '-0.000001' }, -0.000001],
  [{ number: '123456789012345' }, 123_456_789_012_345],
  [{ number: '1234567890123456' }, '1234567890123456'],
  [{ number: '=1' }, '=1'],
  [{ number: null }, null],
  ['a\u0000b\ud800c', 'abc'],
  ['_x0041_', '_x005F_x0041_'],
  ['', null],
  [undefined, null],
  [true, true],
])('%j is written as %j', (cell, written) => {
  expect(xlsxCell(cell)).toBe(written);
});

test('a text that looks like an escape comes back as it was', async () => {
  const parts: Uint8Array[] = [];
  async function* one(): AsyncGenerator<readonly string[]> {
    yield await Promise.resolve(['_x0041_', 'x'.repeat(40_000)]);
  }
  for await (const part of xlsxOf(one(), [{ header: 'T', value: (text) => text }])) parts.push(part as Uint8Array);
  const rows = await read(Buffer.concat(parts));
  expect(rows).toEqual([['T'], ['_x0041_'], ['x'.repeat(32_767)]]);
});
