import { isOfOneSubject, subjectParameter, subjectQuery } from '../../../support/api/file-subjects.js';
import { cellText } from '../../../../src/documents/tables/csv.js';
import { operations } from '../../../../src/api/operations/index.js';
import { startTestApi, type TestApi } from '../../../support/api/api.js';

/** Lists as files for a spreadsheet. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const made = (name: string, fields: object): Promise<unknown> =>
    api.post('/v1/clients', { name, currency: 'USD', ...fields });
  await made('=1+1', { openingBalance: '-419.78', tags: ['a', 'b'] });
  await made('Comma, "Quote"', { openingBalance: '0.000001' });
  await made('Endless', { balanceModel: 'unlimited', externalId: '@SUM(A1)' });
});
afterAll(() => api.stop());

async function lines(path: string, key: string = api.key): Promise<string[]> {
  const reply = await fetch(api.url + path, { headers: { Authorization: `Bearer ${key}` } });
  const text = Buffer.from(await reply.arrayBuffer()).toString('utf8');
  expect({ status: reply.status, text }).toMatchObject({ status: 200 });
  expect(text.codePointAt(0)).toBe(0xfeff);
  return text.slice(1).trimEnd().split('\r\n');
}

test('the columns and the order that are asked for; text is no formula, a number stays a number', async () => {
  expect(
    await lines(
      '/v1/exports/clients.csv?columns=name,available,unlimited,live,currency,tags,externalId&sort=live,name',
    ),
  ).toEqual([
    'Name,Available,Unlimited,Live,Currency,Tags,External ID',
    `'=1+1,-419.78,false,-419.78,USD,"a, b",`,
    `Endless,,true,0.00,USD,,'@SUM(A1)`,
    `"Comma, ""Quote""",0.000001,false,0.000001,USD,,`,
  ]);
});

test('a semicolon between the cells where it is asked for; what another delimiter would split is quoted', async () => {
  expect(await lines('/v1/exports/clients.csv?columns=name,live,tags,externalId&sort=live,name&delimiter=;')).toEqual([
    'Name;Live;Tags;External ID',
    `'=1+1;-419.78;"a, b";`,
    `Endless;0.00;;'@SUM(A1)`,
    `"Comma, ""Quote""";0.000001;;`,
  ]);
});

test('the filters of the list', async () => {
  expect(await lines('/v1/exports/clients.csv?columns=name&balanceModel=unlimited')).toEqual(['Name', 'Endless']);
  expect(await lines('/v1/exports/clients.csv?columns=name&q=nobody')).toEqual(['Name']);
});

test('it is a download with a name', async () => {
  api.now = Date.parse('2026-03-31T12:00:00Z');
  const { headers } = await api.get('/v1/exports/temporary-credits.csv');
  api.now = null;
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="temporary-credits-2026-03-31.csv"');
});

const files = operations
  .filter(({ area, path }) => area === 'exports' && path.endsWith('.csv'))
  .map(({ path }) => path);

test.each(files.filter(isOfOneSubject))('%s is of one subject, and not for a stranger', async (path) => {
  const whole = path + (await subjectQuery(api, path));
  expect((await lines(whole))[0]?.split(',').length).toBeGreaterThan(2);
  const stranger = await api.makeKey({ resellerId: await api.reseller(`Strangers of ${path}`) });
  expect(await api.get(whole, { key: stranger })).toBeProblem(404, 'not_found');
  expect(await api.get(path)).toBeProblem(400, 'invalid', `#/query/${subjectParameter(path)}`);
});

test('the entries of a client: the columns that are asked for', async () => {
  const { body } = await api.get('/v1/clients?q=Comma');
  const path = `/v1/exports/ledger-entries.csv?clientId=${body.data[0].id}`;
  expect(await lines(`${path}&columns=kind,amount`)).toEqual(['Type,Amount', expect.stringMatching(/,0\.000001$/)]);
});

test.each(files.filter((path) => !isOfOneSubject(path)))(
  '%s has its headers, and rows of its own scope',
  async (path) => {
    const [headers = ''] = await lines(path);
    expect(headers.split(',').length).toBeGreaterThan(5);
    const stranger = await api.makeKey({ resellerId: await api.reseller('Strangers') });
    const foreign = await lines(path, stranger);
    // Of keys and resellers it sees its own, and in the audit that it was created.
    expect(foreign.length).toBe(/api-keys|audit|\/resellers\.csv/.test(path) ? 2 : 1);
  },
);

test.each([
  ['columns=name,secret', '#/query/columns'],
  ['columns=name,name', '#/query/columns'],
  ['columns=', '#/query/columns'],
  ['columns=constructor', '#/query/columns'],
  ['delimiter=|', '#/query/delimiter'],
  ['page=2', '#/query/page'],
  ['limit=5', '#/query/limit'],
  ['cursor=x', '#/query/cursor'],
  ['state=rich', '#/query/state'],
  ['availableFrom=1', '#/query/availableFrom'],
])('%s is refused', async (query, pointer) => {
  const reply = await api.get(`/v1/exports/clients.csv?${query}`);
  expect(reply).toBeProblem(400, 'invalid', pointer);
});

test('more rows than are fetched at once come all, each once', async () => {
  await api.sql`
    with made as (
      insert into clients (reseller_id, name, currency, balance_model)
      select ${api.operatorId}, 'Bulk ' || n, 'USD', 'prepaid' from generate_series(1, 8000) n returning id
    ), seen as (insert into monitors (client_id) select id from made)
    insert into balances (client_id) select id from made`;
  const rows = await lines('/v1/exports/clients.csv?columns=id&name=bulk');
  expect(rows.length).toBe(8001);
  expect(new Set(rows).size).toBe(8001);
});

test('a reader who goes away leaves no connection behind', async () => {
  for (let attempt = 0; attempt < 12; attempt++) {
    const abort = new AbortController();
    const reply = await fetch(`${api.url}/v1/exports/clients.csv`, {
      headers: { Authorization: `Bearer ${api.key}` },
      signal: abort.signal,
    });
    await reply.body?.getReader().read();
    abort.abort();
  }
  expect(await api.get('/v1/clients?limit=1')).toHaveStatus(200);
});

test.each([
  ['=cmd', "'=cmd"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@a', "'@a"],
  ['\ta', "'\ta"],
  ['\ra', "'\ra"],
  ['a=b', 'a=b'],
  [{ number: '-1.50' }, '-1.50'],
  [{ number: 7 }, '7'],
  [{ number: null }, ''],
  [{ number: '-1+cmd' }, "'-1+cmd"],
  [null, ''],
  [true, 'true'],
  [false, 'false'],
])('%j is written %j', (cell, text) => {
  expect(cellText(cell)).toBe(text);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)', '\tx', '\rx'])(
  '%j is no formula',
  (text) => {
    expect(cellText(text)).toBe(`'${text}`);
  },
);
