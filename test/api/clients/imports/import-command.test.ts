import { ImportApi } from '../../../../src/cli/import/import-api.js';
import { importFile, type ImportOrder } from '../../../../src/cli/import/import-file.js';
import { startTestApi, type TestApi } from '../../../support/api/api.js';
import { finishJob } from '../../../support/data/jobs.js';

/** `lowwater import`, through the API that it calls. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const file = 'Customer,Money,Old ID\nAcme,USD,1\nBad,US Dollar,2\nBeta,EUR,3\n';

function order(more: Partial<ImportOrder> = {}): ImportOrder {
  return {
    ...{
      fileName: 'clients.csv',
      content: new TextEncoder().encode(file),
      isDryRun: false,
      notifiesLow: false,
      reason: null,
    },
    columns: new Map([
      ['Customer', 'name'],
      ['Money', 'currency'],
      ['Old ID', null],
    ]),
    ...more,
  };
}

async function run(more: Partial<ImportOrder> = {}, key = api.key) {
  const lines: string[] = [];
  const surroundings = {
    say: (line: string) => void lines.push(line),
    // The worker of a running Lowwater.
    pause: async () => {
      const [job] = await api.sql<{ id: string }[]>`select id from jobs where status = 'running'`;
      if (job) await finishJob(api, job.id);
    },
  };
  return { report: await importFile(new ImportApi(api.url, key), order(more), surroundings), lines };
}

const names = async (): Promise<string[]> =>
  (await api.get('/v1/clients?sort=name')).body.data.map(({ name }: { name: string }) => name);

test('a dry run creates no client, and says how many rows are valid', async () => {
  const { report } = await run({ isDryRun: true });
  expect(report).toMatchObject({ jobId: null, rows: 3, imported: 0, rejected: 1 });
  expect(await names()).toEqual([]);
});

test('an import is followed to its end; the row that is refused is among the rejects', async () => {
  const { report, lines } = await run({ reason: 'moved' });
  expect(report).toMatchObject({ rows: 3, imported: 2, rejected: 1 });
  expect(await names()).toEqual(['Acme', 'Beta']);
  expect(lines[0]).toBe(`Uploaded clients.csv: 3 rows (import ${report.importId}).`);
  expect(lines.at(-1)).toBe(`Job ${report.jobId ?? ''}: 3 of 3 rows.`);
  const rejects = await new ImportApi(api.url, api.key).text(`/v1/imports/${report.importId}/rejects.csv`);
  expect(rejects).toMatch(/Bad,US Dollar,2,3,\w+,"?Money: /);
});

test('uploads are listed, the newest first, with how far each is', async () => {
  const { body } = await api.get('/v1/imports');
  expect(body.data).toMatchObject([
    { fileName: 'clients.csv', rows: 3, checkedRows: 3, invalidRows: 1, jobStatus: 'finished' },
    { fileName: 'clients.csv', rows: 3, checkedRows: 3, invalidRows: 1, jobId: null, jobStatus: null },
  ]);
});

test.each([
  ['a column that the file lacks', { columns: new Map([['Name', 'name']]) }, 2, /no column "Name". It has: "Customer"/],
  ['a field that does not exist', { columns: new Map([['Customer', 'nickname']]) }, 2, /#\/fields\/0/],
  ['a file that is none', { content: new TextEncoder().encode('') }, 2, /column names/],
])('%s ends the command with its exit code', async (_what, more, exitCode, message) => {
  await expect(run(more)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) });
});

test('a key that is not accepted, or may not, is told apart from a fault', async () => {
  const viewer = await api.makeKey({ scopes: ['clients:read'] });
  await expect(run({}, 'lw_live_wrong')).rejects.toMatchObject({ exitCode: 4 });
  await expect(run({}, viewer)).rejects.toMatchObject({ exitCode: 4 });
});
