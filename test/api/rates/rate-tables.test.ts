import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { anyVersion } from '../../support/api/refusals.js';
import { manualDate, manualExample } from '../../support/rates/manual-example.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
async function table(fields: object = {}): Promise<Reply['body']> {
  const reply = await api.post('/v1/rate-tables', { name: `Rates ${(count += 1)}`, currency: 'USD', ...fields });
  expect(reply).toHaveStatus(201);
  return reply.body;
}
const add = (id: string, fields: object): Promise<Reply> =>
  api.post(`/v1/rate-tables/${id}/rates`, { code: '380', rate: '1', effectiveFrom: '2026-01-01T00:00:00Z', ...fields });
const change = (path: string, fields: object): Promise<Reply> => api.call('PATCH', path, fields, anyVersion);
const remove = (path: string): Promise<Reply> => api.call('DELETE', path, undefined, anyVersion);
const rates = async (id: string, query = ''): Promise<Reply['body'][]> =>
  (await api.get(`/v1/rate-tables/${id}/rates?${query}`)).body.data;

test('the four steps of the manual, cell by cell', async () => {
  const { id } = await table();
  for (const { name, written, reference, shown } of manualExample) {
    const before = await rates(id);
    for (const [code, rate, effectiveFrom] of written) {
      const same = before.find((row) => row.code === code && row.effectiveFrom === effectiveFrom);
      const reply = same
        ? await change(`/v1/table-rates/${same.id}`, { rate })
        : await add(id, { code, rate, effectiveFrom });
      expect(reply.status).toBeLessThan(300);
    }
    expect(await api.post(`/v1/rate-tables/${id}/exports`, { at: reference }, anyVersion)).toHaveStatus(200);
    const latest = await rates(id, 'view=latest');
    const cells = latest.map((row) => [
      ...[row.code, row.rate, manualDate(new Date(row.effectiveFrom)), row.previousRate ?? '-', row.prevDiff ?? '-'],
      row.prevDiffStatus,
    ]);
    expect([name, ...cells]).toEqual([name, ...shown.map((row) => row.slice(0, 6))]);
    const file = await api.get(
      `/v1/exports/table-rates.csv?rateTableId=${id}&view=latest&columns=prevDiffStatusExport`,
    );
    expect(file.text.trim().split('\r\n').slice(1)).toEqual(shown.map((row) => row[6]));
  }
  const changed = await rates(id, 'view=latest&prevDiffStatusExport=new,increased,decreased');
  expect(changed.map(({ code }) => code)).toEqual(['3']);
});

test('a table that was never exported says of rates of now that they are unchanged, and of later ones what changed', async () => {
  const { id, lastExportedAt } = await table();
  expect(lastExportedAt).toBeNull();
  await add(id, {});
  await add(id, { rate: '0.5', effectiveFrom: '2999-01-01T00:00:00Z' });
  expect(await rates(id)).toMatchObject([
    { prevDiffStatus: 'new', prevDiffStatusExport: 'unchanged', prevDiffExport: '0', alreadyExported: false },
    { prevDiffStatus: 'decreased', prevDiffStatusExport: 'decreased', prevDiff: '-0.5', previousRate: '1' },
  ]);
});

test('every column is kept, edited in its row, and read again', async () => {
  const { id } = await table({ timezone: 'Europe/Kyiv', notes: 'all destinations' });
  const fields = {
    ...{
      code: '38044',
      codeName: 'Ukraine, Kyiv',
      effectiveFrom: '2026-01-01T00:00:00Z',
      endsAt: null,
      rate: '-0.0125',
    },
    ...{ minVolume: 30, interval: 6, graceVolume: 3, setupFee: '0.5', timeProfile: 'weekends', policy: 'additive' },
    ...{ status: 'active', tags: ['eu'], notes: 'two\nlines' },
  };
  const made = await add(id, fields);
  expect(made).toHaveStatus(201);
  expect(made.body).toMatchObject({ ...fields, rateTableId: id, previousRate: null, version: 1 });
  const edited = await change(`/v1/table-rates/${made.body.id}`, { rate: '0.02', status: 'stashed', reason: 'typo' });
  expect(edited.body).toMatchObject({ ...fields, rate: '0.02', status: 'stashed', version: 2 });
  expect((await api.get(`/v1/table-rates/${made.body.id}`)).body).toEqual(edited.body);
  const audit = await api.get(`/v1/audit?subjectType=table_rate&subjectId=${made.body.id}`);
  expect(audit.body.data.map(({ action }: { action: string }) => action)).toEqual([
    'table_rate.update',
    'table_rate.create',
  ]);
  expect(await remove(`/v1/table-rates/${made.body.id}`)).toHaveStatus(204);
  expect(await rates(id)).toEqual([]);
});

test('an edit, a stash, a close, and a deletion correct the rates after them', async () => {
  const { id } = await table();
  const first = (await add(id, {})).body;
  const second = (await add(id, { rate: '2', effectiveFrom: '2026-02-01T00:00:00Z' })).body;
  const third = (await add(id, { rate: '3', effectiveFrom: '2026-03-01T00:00:00Z' })).body;
  const previous = async (): Promise<(string | null)[]> => (await rates(id)).map(({ previousRate }) => previousRate);
  expect(await previous()).toEqual([null, '1', '2']);
  await change(`/v1/table-rates/${first.id}`, { rate: '1.5' });
  expect(await previous()).toEqual([null, '1.5', '2']);
  await change(`/v1/table-rates/${second.id}`, { status: 'stashed' });
  expect(await previous()).toEqual([null, null, '1.5']);
  await remove(`/v1/table-rates/${second.id}`);
  expect(await previous()).toEqual([null, '1.5']);
  await change(`/v1/table-rates/${first.id}`, { endsAt: '2026-02-15T00:00:00Z' });
  expect(await previous()).toEqual([null, null]);
  expect((await rates(id, 'view=current')).map(({ id: one }) => one)).toEqual([third.id]);
});

test('rates are filtered', async () => {
  const { id } = await table();
  await add(id, { code: '380', codeName: 'Ukraine', tags: ['EU'] });
  await add(id, { code: '380', rate: '2', effectiveFrom: '2999-01-01T00:00:00Z' });
  await add(id, { code: '48', codeName: 'Poland', timeProfile: 'business', policy: 'additive', status: 'stashed' });
  const found = async (query: string): Promise<string[]> =>
    (await rates(id, query)).map(({ code, rate }) => `${code} ${rate}`);
  expect(await found('q=38')).toEqual(['380 1', '380 2']);
  expect(await found('q=pol')).toEqual(['48 1']);
  expect(await found('code=380&effectiveTo=2027-01-01T00:00:00Z')).toEqual(['380 1']);
  expect(await found('effectiveFrom=2027-01-01T00:00:00Z')).toEqual(['380 2']);
  expect(await found('timeProfile=business&policy=additive')).toEqual(['48 1']);
  expect(await found('status=stashed')).toEqual(['48 1']);
  expect(await found('tag=eu')).toEqual(['380 1']);
  expect(await found('view=latest')).toEqual(['380 2']);
  expect(await found('view=current')).toEqual(['380 1']);
  expect(await found('prevDiffStatus=increased')).toEqual(['380 2']);
  expect(await found('sort=-rate&limit=1')).toEqual(['380 2']);
});

test.each([
  [{ code: '38 0' }, '#/code'],
  [{ code: 'x'.repeat(33) }, '#/code'],
  [{ rate: 1 }, '#/rate'],
  [{ rate: '0.0000001' }, '#/rate'],
  [{ setupFee: '-1' }, '#/setupFee'],
  [{ interval: 0 }, '#/interval'],
  [{ minVolume: 0 }, '#/minVolume'],
  [{ graceVolume: -1 }, '#/graceVolume'],
  [{ policy: 'none' }, '#/policy'],
  [{ endsAt: '2026-01-01T00:00:00Z' }, '#/endsAt'],
  [{ tags: ['a,b'] }, '#/tags/0'],
])('a rate with %j is refused', async (fields, pointer) => {
  const { id } = await table();
  expect(await add(id, fields)).toBeProblem(400, 'invalid', pointer);
  expect(await rates(id)).toEqual([]);
});

test('a series has one rate from a date', async () => {
  const { id } = await table();
  expect(await add(id, {})).toHaveStatus(201);
  expect(await add(id, { rate: '2' })).toBeProblem(409, 'already_exists', '#/effectiveFrom');
  expect(await add(id, { timeProfile: 'weekends' })).toHaveStatus(201);
});

test('an export is not recorded for the future, nor before the last one', async () => {
  const { id } = await table();
  const record = (at: string): Promise<Reply> => api.post(`/v1/rate-tables/${id}/exports`, { at }, anyVersion);
  expect(await record('2999-01-01T00:00:00Z')).toBeProblem(400, 'invalid', '#/at');
  expect((await record('2026-01-02T00:00:00Z')).body.lastExportedAt).toBe('2026-01-02T00:00:00Z');
  expect(await record('2026-01-01T00:00:00Z')).toBeProblem(400, 'invalid', '#/at');
});

test('clients have a table for origination and termination, and it stays while they do', async () => {
  const { id } = await table({ name: 'Both ways' });
  const fields = { originationRateTableId: id, terminationRateTableId: id };
  const { body } = await api.post('/v1/clients', { name: 'Both', currency: 'USD', ...fields });
  expect(body).toMatchObject({
    ...fields,
    originationRateTableName: 'Both ways',
    terminationRateTableName: 'Both ways',
  });
  expect((await api.get(`/v1/rate-tables/${id}`)).body.clients).toBe(1);
  expect(await remove(`/v1/rate-tables/${id}`)).toBeProblem(409, 'in_use');
  await change(`/v1/clients/${body.id}`, { originationRateTableId: null });
  expect(await remove(`/v1/rate-tables/${id}`)).toBeProblem(409, 'in_use');
  await change(`/v1/clients/${body.id}`, { terminationRateTableId: null });
  await add(id, {});
  expect(await remove(`/v1/rate-tables/${id}`)).toHaveStatus(204);
});

test('a table keeps its currency, and its name is given once', async () => {
  const { id, name } = await table();
  expect(await change(`/v1/rate-tables/${id}`, { currency: 'EUR' })).toBeProblem(400, 'invalid', '#/currency');
  expect(await api.post('/v1/rate-tables', { name, currency: 'EUR' })).toBeProblem(409, 'already_exists', '#/name');
  expect((await change(`/v1/rate-tables/${id}`, { notes: 'seen' })).body).toMatchObject({ notes: 'seen', version: 2 });
});
