import { writeXlsx } from 'hucre/xlsx';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { anyVersion } from '../../support/api/refusals.js';
import { workbook } from '../../support/data/imports.js';
import { finishJob } from '../../support/data/jobs.js';
import { xlsxType } from '../../../src/documents/tables/xlsx.js';

/** A file of rates from its upload to its job. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
async function table(): Promise<string> {
  const reply = await api.post('/v1/rate-tables', { name: `Imported ${(count += 1)}`, currency: 'USD' });
  return reply.body.id;
}
const upload = (id: string, file: string | Buffer, type = 'text/csv'): Promise<Reply> =>
  api.post(`/v1/rate-tables/${id}/imports?fileName=rates`, undefined, {
    ...{ rawBody: file, headers: { 'Content-Type': type } },
  });

/** Uploads, maps as the columns suggest, and checks. */
async function checked(id: string, file: string | Buffer, options: object = {}, type?: string): Promise<Reply['body']> {
  const uploaded = await upload(id, file, type);
  expect(uploaded).toHaveStatus(201);
  const fields = uploaded.body.columns.map(({ field }: { field: string | null }) => field);
  const path = `/v1/rate-imports/${uploaded.body.id}`;
  expect(await api.post(`${path}/mapping`, { fields, options })).toHaveStatus(200);
  for (;;) {
    const reply = await api.post(`${path}/check`);
    expect(reply).toHaveStatus(200);
    if (reply.body.isChecked) return reply.body;
  }
}

async function imported(
  id: string,
  file: string | Buffer,
  options: object = {},
  type?: string,
): Promise<Reply['body']> {
  const { id: importId } = await checked(id, file, options, type);
  const started = await api.post(`/v1/rate-imports/${importId}/start`, { reason: 'test' });
  expect(started).toHaveStatus(201);
  return finishJob(api, started.body.id);
}

const rates = async (id: string, query = ''): Promise<Reply['body'][]> =>
  (await api.get(`/v1/rate-tables/${id}/rates?limit=200&${query}`)).body.data;
const short = (row: Reply['body']): string =>
  `${row.code} ${row.rate} ${row.effectiveFrom.slice(0, 10)} ${row.prevDiffStatus}`;

test('rates are added, and those of the same date replaced', async () => {
  const id = await table();
  const job = await imported(id, 'Code,Rate,Effective Date\n1,10,01.07.2026\n2,10,01.07.2026\n');
  expect(job).toMatchObject({ kind: 'import_rates', status: 'finished', rows: 1, counts: { done: 1 } });
  const file = 'Code,Rate,Effective Date\n1,15,2026-07-21\n2,11,2026-07-01\n3,1,2026-07-01\n';
  const dry = await checked(id, file);
  expect(dry.counts).toMatchObject({ new: 2, increased: 1, decreased: 0, unchanged: 0, skipped: 0, closed: 0 });
  expect((await rates(id)).map(short)).toEqual(['1 10 2026-07-01 new', '2 10 2026-07-01 new']);
  await imported(id, file);
  expect((await rates(id)).map(short)).toEqual([
    ...['1 10 2026-07-01 new', '1 15 2026-07-21 increased', '2 11 2026-07-01 new', '3 1 2026-07-01 new'],
  ]);
  const audit = await api.get(`/v1/audit?subjectType=rate_table&subjectId=${id}&action=rate_table.import`);
  expect(audit.body.data[0]).toMatchObject({ source: 'job', after: { added: 2, replaced: 1 }, reason: 'test' });
});

test('the order of rows does not matter, nor does a second import', async () => {
  const rows = ['1,10,2026-07-01', '1,15,2026-07-21', '1,12,2026-08-01', '2,3,2026-07-01'];
  const [one, other] = [await table(), await table()];
  await imported(one, `Code,Rate,Effective Date\n${rows.join('\n')}\n`);
  await imported(other, `Code,Rate,Effective Date\n${[...rows].reverse().join('\n')}\n`);
  expect((await rates(other)).map(short)).toEqual((await rates(one)).map(short));
  const before = await rates(one);
  const job = await imported(one, `Code,Rate,Effective Date\n${rows.join('\n')}\n`);
  expect(job.counts).toMatchObject({ unchanged: 1, done: 0 });
  expect(await rates(one)).toEqual(before);
});

test.each(['csv', 'xlsx'])('what is exported as %s and imported again changes nothing', async (format) => {
  const id = await table();
  await api.post(`/v1/rate-tables/${id}/rates`, {
    ...{ code: '+38044', codeName: '=Kyiv, "UA"', effectiveFrom: '2026-01-01T10:30:00Z', rate: '-0.0125' },
    ...{ minVolume: 30, interval: 6, graceVolume: 3, setupFee: '0.5', timeProfile: 'weekends', policy: 'additive' },
    ...{ status: 'stashed', tags: ['eu', 'vip'], notes: 'seen', endsAt: '2026-02-01T00:00:00Z' },
  });
  await api.post(`/v1/rate-tables/${id}/rates`, { code: '007', effectiveFrom: '2026-01-01T00:00:00Z', rate: '1.5' });
  const before = await rates(id);
  const headers = { Authorization: `Bearer ${api.key}` };
  const exported = await fetch(`${api.url}/v1/exports/table-rates.${format}?rateTableId=${id}`, { headers });
  const file = Buffer.from(await exported.arrayBuffer());
  const job = await imported(id, file, {}, format === 'csv' ? 'text/csv' : xlsxType);
  expect(job.counts).toMatchObject({ unchanged: 1, done: 0 });
  expect(await rates(id)).toEqual(before);
});

test('replace closes what the file lacks, and stashes its rates of the future', async () => {
  const id = await table();
  await imported(id, 'Code,Rate,Effective Date\n1,1,2020-01-01\n2,1,2020-01-01\n2,2,2021-01-01\n2,3,2999-01-01\n');
  const dry = await checked(id, 'Code,Rate,Effective Date\n1,2,2022-01-01\n', { mode: 'replace' });
  expect(dry.counts).toMatchObject({ increased: 1, closed: 1, stashed: 1 });
  const job = await imported(id, 'Code,Rate,Effective Date\n1,2,2022-01-01\n', { mode: 'replace' });
  expect(job).toMatchObject({ rows: 2, counts: { done: 2 } });
  expect((await rates(id, 'view=current')).map(short)).toEqual(['1 2 2022-01-01 increased']);
  const [first, second, third] = await rates(id, 'code=2');
  expect(first.endsAt).toBeNull();
  expect(second.endsAt).not.toBeNull();
  expect(third.status).toBe('stashed');
});

test('of two rows of one date the last counts, or the first, or the second is an error', async () => {
  const file = 'Code,Rate,Effective Date\n1,1,2026-01-01\n1,2,2026-01-01\n';
  for (const [onDuplicate, left] of [
    ['last', '2'],
    ['first', '1'],
    ['report', '1'],
  ] as const) {
    const id = await table();
    await imported(id, file, { onDuplicate });
    expect((await rates(id)).map(({ rate }) => rate)).toEqual([left]);
  }
});

test('unchanged rates can be left out', async () => {
  const id = await table();
  const file = 'Code,Rate,Effective Date\n1,1,2026-01-01\n1,1,2026-02-01\n1,2,2026-03-01\n';
  expect((await checked(id, file, { ifUnchanged: 'skip' })).counts).toMatchObject({ new: 1, skipped: 1, increased: 1 });
  await imported(id, file, { ifUnchanged: 'skip' });
  expect((await rates(id)).map(short)).toEqual(['1 1 2026-01-01 new', '1 2 2026-03-01 increased']);
});

test('rows with errors are named with column and remedy, and are not imported', async () => {
  const id = await table();
  const file = 'Code,Rate,Effective Date\n1,1,2026-01-01\n2,x,2026-01-01\n3,1,03/04/2026\n';
  const { id: importId, invalidRows } = await checked(id, file);
  expect(invalidRows).toBe(2);
  const { body } = await api.get(`/v1/rate-imports/${importId}/rejects`);
  expect(body.data).toMatchObject([
    { row: 3, errors: [{ column: 1, field: 'rate' }] },
    {
      row: 4,
      errors: [{ column: 2, field: 'effectiveFrom', detail: expect.stringContaining('choose the date format') }],
    },
  ]);
  const csv = await api.get(`/v1/exports/rejected-rates.csv?rateImportId=${importId}`);
  expect(csv.text).toContain('3 | 1 | 03/04/2026');
  await imported(id, file);
  expect((await rates(id)).map(({ code }) => code)).toEqual(['1']);
});

test.each([
  [{ onError: 'import_nothing' }, /2 rows have errors/],
  [{ mode: 'replace' }, /2 rows have errors/],
])('with %j a file with errors changes nothing', async (options, detail) => {
  const id = await table();
  const file = 'Code,Rate,Effective Date\n1,1,2026-01-01\n2,x,2026-01-01\n3,y,2026-01-01\n';
  const { id: importId } = await checked(id, file, options);
  const refused = await api.post(`/v1/rate-imports/${importId}/start`, {});
  expect(refused).toBeProblem(409, 'conflict');
  expect(refused.body.errors[0].detail).toMatch(detail);
  expect(await rates(id)).toEqual([]);
});

test('an import is not started before it is checked, nor twice, and needs code and rate', async () => {
  const id = await table();
  const { body } = await upload(id, 'Code,Rate\n1,1\n');
  const path = `/v1/rate-imports/${body.id}`;
  expect(await api.post(`${path}/check`)).toBeProblem(409, 'conflict');
  expect(await api.post(`${path}/start`, {})).toBeProblem(409, 'conflict');
  expect(await api.post(`${path}/mapping`, { fields: ['code', null] })).toBeProblem(400, 'invalid', '#/fields');
  expect(await api.post(`${path}/mapping`, { fields: ['code', 'code'] })).toBeProblem(400, 'invalid', '#/fields/1');
  const options = { effectiveFrom: '2026-01-01T00:00:00Z' };
  expect(await api.post(`${path}/mapping`, { fields: ['code', 'rate'], options })).toHaveStatus(200);
  expect((await api.post(`${path}/check`)).body).toMatchObject({ isChecked: true, invalidRows: 0 });
  expect((await api.get(path)).body).toMatchObject({ options: { mode: 'add', timezone: 'UTC' }, jobId: null });
  expect(await api.post(`${path}/start`, {})).toHaveStatus(201);
  expect(await api.post(`${path}/start`, {})).toBeProblem(409, 'conflict');
  expect(await api.post(`${path}/check`)).toBeProblem(409, 'conflict');
});

test('the dates of a column show together how they are written, and are errors where they contradict each other', async () => {
  const id = await table();
  const rows = (...dates: string[]): string =>
    `Code,Rate,Effective Date,End Date\n${dates.map((date, n) => `${n},1,${date},05/06/2099`).join('\n')}\n`;
  await imported(id, rows('03/04/2026', '03/21/2026'), { onError: 'import_nothing', dateFormat: 'MM/DD/YYYY' });
  const told = await checked(id, rows('03/04/2026', '03/21/2026').replaceAll('05/06/2099', '12/31/2099'));
  expect(told).toMatchObject({ invalidRows: 0, counts: { new: 2 } });
  const contradicting = await checked(id, rows('03/04/2026', '03/21/2026', '21/03/2026').replaceAll('05/06/2099', ''));
  expect(contradicting).toMatchObject({ invalidRows: 3 });
  const { body } = await api.get(`/v1/rate-imports/${contradicting.id}/rejects`);
  expect(body.data[1].errors).toMatchObject([{ field: 'effectiveFrom', code: 'ambiguous_date' }]);
});

test('a date of a workbook is one of the zone of the table, and a computed number the one that is shown', async () => {
  const { body } = await api.post('/v1/rate-tables', { name: 'Kyiv', currency: 'USD', timezone: 'Europe/Kyiv' });
  const date = new Date('2026-07-01T00:00:00Z');
  const rows = [
    ['Code', 'Rate', 'Effective Date'],
    ['391', 0.1 + 0.2, date],
  ];
  const file = Buffer.from(await writeXlsx({ sheets: [{ name: 'Rates', rows }] }));
  await imported(body.id, file, { onError: 'import_nothing', dateFormat: 'DD.MM.YYYY' }, xlsxType);
  expect(await rates(body.id)).toMatchObject([{ rate: '0.3', effectiveFrom: '2026-06-30T21:00:00Z' }]);
});

test('a workbook is read as a file is', async () => {
  const id = await table();
  const file = await workbook(['Code', 'Rate', 'Effective Date'], [['0044', { number: '0.015' }, '2026-03-01']]);
  await imported(id, file, {}, xlsxType);
  expect((await rates(id)).map(short)).toEqual(['0044 0.015 2026-03-01 new']);
});

describe('rates that come too soon for the agreement of the table', () => {
  const monday = { mode: 'weekly', days: [1] };
  const sevenDays = { value: 7, unit: 'days_from_midnight' };
  const none = { value: 0, unit: 'days_from_midnight' };
  // A year that is over needs no term, and one that is far away is late enough: no date depends on today.
  const file = 'Code,Rate,Effective Date\n1,2,2020-01-01\n2,1,2020-01-01\n3,1,2099-01-01\n';

  async function agreed(): Promise<string> {
    const terms = { new: sevenDays, increased: sevenDays, decreased: none, unchanged: none, closed: sevenDays };
    const agreement = await api.post('/v1/agreements', {
      ...{ name: `Weekly ${(count += 1)}`, notificationDays: monday, hour: 9, timezone: 'UTC', terms },
    });
    expect(agreement).toHaveStatus(201);
    const { body } = await api.post('/v1/rate-tables', {
      ...{ name: `Agreed ${count}`, currency: 'USD', agreementId: agreement.body.id },
    });
    return body.id;
  }

  test('are imported with a warning, shifted, or rejected, as the import says', async () => {
    for (const [ifEarly, outcome, left] of [
      ['warn', 'imported', ['1 2020-01-01', '2 2020-01-01', '3 2099-01-01']],
      ['shift', 'shifted', null],
      ['reject', 'rejected', ['3 2099-01-01']],
    ] as const) {
      const id = await agreed();
      const dry = await checked(id, file, { ifEarly });
      const { agreement, counts } = dry;
      expect(counts).toMatchObject({ early: 2, new: ifEarly === 'reject' ? 1 : 3 });
      expect(dry.invalidRows).toBe(ifEarly === 'reject' ? 2 : 0);
      const allowed = agreement.earliest.new;
      expect(Date.parse(allowed) - Date.parse(agreement.announcedAt)).toBe((7 * 24 - 9) * 3_600_000);
      const early = await api.get(`/v1/rate-imports/${dry.id}/early`);
      expect(early.body.data).toMatchObject([
        { row: 2, code: '1', rate: '2', kind: 'new', given: '2020-01-01T00:00:00Z', allowed, outcome },
        { row: 3, code: '2', outcome },
      ]);
      const csv = await api.get(`/v1/exports/early-rates.csv?rateImportId=${dry.id}`);
      expect(csv.text).toContain(outcome);
      const started = await api.post(`/v1/rate-imports/${dry.id}/start`, {});
      await finishJob(api, started.body.id);
      const dates = (await rates(id)).map(({ code, effectiveFrom }) => `${code} ${effectiveFrom.slice(0, 10)}`);
      const shifted = allowed.slice(0, 10);
      expect(dates).toEqual(left ?? [`1 ${shifted}`, `2 ${shifted}`, '3 2099-01-01']);
    }
  });

  test('with "replace" the series that the file lacks end as soon as the agreement allows', async () => {
    const id = await agreed();
    await imported(id, 'Code,Rate,Effective Date\n1,1,2020-01-01\n2,1,2020-01-01\n');
    const only = 'Code,Rate,Effective Date\n1,1,2020-01-01\n';
    const { agreement } = await checked(id, only, { mode: 'replace', ifEarly: 'shift' });
    await imported(id, only, { mode: 'replace', ifEarly: 'shift' });
    const [kept, closed] = await rates(id);
    expect([kept.endsAt, closed.endsAt]).toEqual([null, agreement.earliest.closed]);
  });

  test('a check is not started once the agreement has other terms', async () => {
    const id = await agreed();
    const { id: importId, agreement } = await checked(id, file, { ifEarly: 'shift' });
    const address = `/v1/agreements/${agreement.id}`;
    const { body } = await api.get(address);
    const terms = { ...body.terms, new: { value: 9, unit: 'days_from_midnight' } };
    expect(await api.call('PATCH', address, { terms }, anyVersion)).toHaveStatus(200);
    const refused = await api.post(`/v1/rate-imports/${importId}/start`, {});
    expect(refused).toBeProblem(409, 'conflict', '#/path/id');
    expect(refused.body.errors[0].detail).toMatch(/check them again/);
    expect(await rates(id)).toEqual([]);
  });
});

test('a file is checked in ranges of codes, in both modes', async () => {
  const id = await table();
  const lines = Array.from({ length: 2500 }, (_, n) => `${10_000 + n},1,2020-01-01`);
  await imported(id, `Code,Rate,Effective Date\n${lines.join('\n')}\n`);
  const half = lines.filter((_, n) => n % 2 === 0).map((line) => line.replace(',1,', ',2,'));
  const dry = await checked(id, `Code,Rate,Effective Date\n${half.join('\n')}\n`, { mode: 'replace' });
  expect(dry).toMatchObject({ counts: { new: 1250, closed: 1250, stashed: 0 }, comparedRows: 1250 });
  const started = await api.post(`/v1/rate-imports/${dry.id}/start`, {});
  const job = await finishJob(api, started.body.id);
  expect(job).toMatchObject({ status: 'finished', counts: { failed: 0 } });
  const path = `/v1/rate-tables/${id}/rates?view=current&limit=1`;
  expect((await api.get(`${path}&q=1000`)).body.data).toMatchObject([{ code: '10000', rate: '2' }]);
  expect((await api.get(`${path}&code=12499`)).body.data).toEqual([]);
});
