import { delimiterOf } from '../../../../src/api/contract/files/read-csv.js';
import { startTestApi, type TestApi } from '../../../support/api/api.js';
import { upload, workbook } from '../../../support/data/imports.js';
import { zipOf } from '../../../support/data/zip.js';

/** Files that are large, broken, or made to do harm: each is refused as a whole, and leaves nothing behind. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function refused(file: string | Buffer, fileName = 'clients.csv'): Promise<string> {
  const reply = await upload(api, file, { fileName });
  expect(reply).toBeProblem(400, 'invalid', '#');
  expect(await api.sql`select 1 from imports`).toHaveLength(0);
  return reply.body.errors[0].detail;
}

const header = 'Name,Currency\n';

test.each([
  ['empty', '', 'must begin with a row of column names'],
  ['a header alone', header, 'must have at least one row below its column names'],
  ['two columns of one name', 'Name,name\nA,B\n', '"name" names columns 1 and 2'],
  ['UTF-16', Buffer.from(`\ufeff${header}A,USD\n`, 'utf16le'), 'it is in UTF-16. Save it as "CSV UTF-8"'],
  ['windows-1251', Buffer.from([...Buffer.from(`${header}A,USD\n`), 0xc0, 0xe1, 0x2c, 0x55]), 'row 3 has other bytes'],
  ['a quotation mark that is never closed', `${header}A,USD\n"B,USD\nC,USD\n`, 'never closed'],
  ['a quotation mark in a cell', `${header}A,USD\nB"x",USD\n`, 'row 3 has a quotation mark'],
  ['a NUL', `${header}A\u0000,USD\n`, 'row 2 has a character that is none'],
  ['a row without an end', `${header}A,${'x'.repeat(140_000)}\n`, 'up to 131072 characters in a row: row 2'],
  ['10 million cells in a row', `${header}${','.repeat(10_000_000)}\n`, 'up to 131072 characters in a row'],
  ['too many columns', `${Array.from({ length: 201 }, (_, n) => `c${n}`).join()}\n`, 'up to 200 columns'],
  ['too many rows', `${header}${'A,USD\n'.repeat(100_001)}`, 'must have up to 100000 rows'],
  ['an older workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'without a password'],
])('a CSV file: %s', async (_what, file, detail) => {
  expect(await refused(file)).toContain(detail);
});

test.each([
  ['comma', 'a,b\n', ','],
  ['semicolon', '"a, and, more";b\n', ';'],
  ['tab', 'a\tb,c\td\n', '\t'],
  ['bar', 'a|b|c\n', '|'],
  ['none', 'a\n', ','],
])('the delimiter of a file: %s', (_what, file, delimiter) => {
  expect(delimiterOf(Buffer.from(file))).toBe(delimiter);
});

const sheet = (rows: string): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook of these parts, the rest as a spreadsheet program writes it. */
function xlsx(parts: Readonly<Record<string, string>>, options?: Parameters<typeof zipOf>[1]): Buffer {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  return zipOf(
    {
      '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"/>`,
      '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns:r="${office}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c></row>',
      ),
      ...parts,
    },
    options,
  );
}

test('a workbook made by hand is read', async () => {
  const reply = await upload(api, xlsx({}), { fileName: 'clients.xlsx' });
  expect(reply).toHaveStatus(201);
  expect(reply.body).toMatchObject({ rows: 1, columns: [{ name: 'Name', samples: ['A'] }] });
  expect(await api.call('DELETE', `/v1/imports/${reply.body.id}`)).toHaveStatus(204);
});

const bomb = 'must not be compressed this much';
const spaces = ' '.repeat(64 * 1_048_576);

test.each([
  ['a sheet that is a bomb', () => xlsx({ 'xl/worksheets/sheet1.xml': sheet(spaces) }), bomb],
  [
    'shared strings that are a bomb',
    () => xlsx({ 'xl/sharedStrings.xml': `<sst><si><t>${spaces}</t></si></sst>` }),
    bomb,
  ],
  [
    '10 million cells',
    () => xlsx({ 'xl/worksheets/sheet1.xml': sheet(`<row>${'<c/>'.repeat(200)}</row>`.repeat(50_000)) }),
    bomb,
  ],
  [
    'a size that is a lie',
    () => xlsx({ 'xl/sharedStrings.xml': 'x'.repeat(100_000) }, { declared: { 'xl/sharedStrings.xml': 10 } }),
    bomb,
  ],
  [
    'too many parts',
    () => xlsx(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`p${n}`, '']))),
    'up to 2000 parts',
  ],
  ['a password', () => xlsx({}, { flags: 1 }), 'undamaged'],
  ['no deflate stream', () => xlsx({}, { deflate: () => Buffer.from('no deflate') }), 'undamaged'],
  ['half a file', () => xlsx({}).subarray(0, 300), 'undamaged'],
  ['no sheet', () => zipOf({ 'readme.txt': 'a ZIP archive' }), 'that a spreadsheet program has saved'],
  [
    'a cell far to the right',
    () =>
      xlsx({
        'xl/worksheets/sheet1.xml': sheet(
          `<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="2"><c r="GS2"><v>1</v></c></row>`,
        ),
      }),
    'up to 200 columns: row 1 has more',
  ],
  [
    'a row that is too long',
    () =>
      xlsx({
        'xl/worksheets/sheet1.xml': sheet(
          `<row r="1"><c r="A1" t="inlineStr"><is><t>N</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${'x'.repeat(140_000)}</t></is></c></row>`,
        ),
      }),
    'row 2 has more',
  ],
])('a workbook: %s', async (_what, file, detail) => {
  const found = await refused(file(), 'clients.xlsx');
  expect(found).toContain(detail);
});

test('a workbook that fills the memory of its reader ends the reader alone', async () => {
  // Small enough for the scan, and a tree of objects that is not: as many elements as fit.
  const styles = `<styleSheet>${Array.from({ length: 2_000_000 }, (_, n) => `<a b="${n}"/>`).join('')}</styleSheet>`;
  const rels = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const file = xlsx({
    'xl/styles.xml': styles,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${rels}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${rels}/styles" Target="styles.xml"/></Relationships>`,
  });
  expect(await refused(file, 'clients.xlsx')).toContain('that a spreadsheet program has saved');
  const good = await upload(api, await workbook(['Name'], [['A']]), { fileName: 'a.xlsx' });
  expect(good).toHaveStatus(201);
  await api.call('DELETE', `/v1/imports/${good.body.id}`);
});

test('a file of another type, or larger than 32 MiB, is not read', async () => {
  const headers = { 'Content-Type': 'application/json' };
  expect(await upload(api, '{}', { headers })).toBeProblem(415, 'unsupported_media_type', '#/headers/content-type');
  const large = await upload(api, Buffer.alloc(33_554_433, 'a'));
  expect(large).toBeProblem(413, 'body_too_large', '#');
  expect(large.body.errors[0].detail).toBe('must be up to 32 MiB');
});

test('an upload is deleted 30 days after it was made, unless its job runs', async () => {
  const { removeOld } = await import('../../../../src/storage/system/retention.js');
  const keep = { checkDays: 90, requestLogDays: 7, eventDays: 90, jobDays: 90 };
  const [old, fresh] = [await upload(api, `${header}A,USD\n`), await upload(api, `${header}A,USD\n`)];
  await api.sql`update imports set created_at = now() - interval '31 days' where id = ${old.body.id}`;
  await removeOld(api.sql, keep);
  expect(await api.get(`/v1/imports/${old.body.id}`)).toBeProblem(404, 'not_found');
  expect(await api.sql`select 1 from import_rows where import_id = ${old.body.id}`).toHaveLength(0);
  expect(await api.get(`/v1/imports/${fresh.body.id}`)).toHaveStatus(200);
});
