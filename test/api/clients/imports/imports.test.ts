import { startTestApi, type Reply, type TestApi } from '../../../support/api/api.js';
import { checkAll, rejects, upload, workbook } from '../../../support/data/imports.js';
import { finishJob } from '../../../support/data/jobs.js';
import { asUser, makePerson } from '../../../support/data/people.js';

/** A file of clients from its upload to its job: what is imported, and what is refused with which reason. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let made = 0;
const nextName = (): string => `Imported ${++made}`;

async function start(id: string, more: object = {}, options?: Parameters<TestApi['post']>[2]): Promise<string> {
  const reply = await api.post(`/v1/imports/${id}/start`, { countFirstNotifications: true, ...more }, options);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function clientNamed(name: string, options?: Parameters<TestApi['get']>[1]): Promise<Reply['body']> {
  const { body } = await api.get(`/v1/clients?q=${encodeURIComponent(name)}&status=active,stop,deleted`, options);
  expect(body.data).toHaveLength(1);
  return body.data[0];
}

test('columns are matched, rows checked, and each valid row becomes a client with its opening balance', async () => {
  const [a, b] = [nextName(), nextName()];
  const csv =
    'Client;Currency;Live;Credit limit;Tags;Warning thresholds;Notify client;Low balance threshold;Billing email;Old notes\n' +
    `${a};usd;-12.5;0;"wholesale, vip";"5, 2.50";yes;5;billing@acme.example;x\n` +
    `"${b}";EUR;;;;;;;;\n`;
  const uploaded = await upload(api, csv);
  expect(uploaded).toHaveStatus(201);
  expect(uploaded.body).toMatchObject({
    fileName: 'clients.csv',
    format: 'csv',
    rows: 2,
    isMapped: false,
    jobId: null,
  });
  expect(uploaded.body.columns.map(({ field }: { field: string }) => field)).toEqual([
    'name',
    'currency',
    'openingBalance',
    'creditLimit',
    'tags',
    'warningThresholds',
    'notifyClient',
    'lowBalanceThreshold',
    'billingEmail',
    null,
  ]);
  expect(uploaded.body.columns[0]).toEqual({ name: 'Client', field: 'name', samples: [a, b] });
  const { id } = uploaded.body;
  expect(await api.post(`/v1/imports/${id}/check`)).toBeProblem(409, 'conflict');

  expect(await checkAll(api, uploaded)).toMatchObject({ isMapped: true, checkedRows: 2, validRows: 2, invalidRows: 0 });
  // A dry run creates no client.
  expect((await api.get(`/v1/clients?q=${encodeURIComponent(a)}`)).body.data).toEqual([]);
  const jobId = await start(id, { reason: 'moved' });
  expect(api.temporal.calls.filter(({ method, id: woken }) => method === 'wakeJob' && woken === jobId)).toHaveLength(1);
  const job = await finishJob(api, jobId);
  expect(job).toMatchObject({ kind: 'import_clients', status: 'finished', rows: 2, counts: { done: 2, refused: 0 } });

  const first = await clientNamed(a);
  expect(first).toMatchObject({
    currency: 'USD',
    tags: ['wholesale', 'vip'],
    notifyClient: true,
    lowBalanceThreshold: '5.00',
    timezone: 'UTC',
    billingEmail: 'billing@acme.example',
    openingBalance: '-12.50',
    balance: { live: { amount: '-12.50' } },
  });
  expect(await clientNamed(b)).toMatchObject({ currency: 'EUR', openingBalance: '0.00', status: 'active' });
  const rows = (await api.get(`/v1/job-rows?jobId=${jobId}`)).body.data;
  expect(rows.map(({ clientId, clientName }: Record<string, string>) => [clientId, clientName])).toContainEqual([
    first.id,
    a,
  ]);
  const { body: audit } = await api.get(`/v1/audit?subjectType=client&subjectId=${first.id}`);
  expect(audit.data[0]).toMatchObject({ action: 'client.create', source: 'job', reason: 'moved' });
  // What became a client is kept once, and the import is not started again.
  expect(await api.sql`select 1 from import_rows where import_id = ${id}`).toHaveLength(0);
  expect(await api.post(`/v1/imports/${id}/start`, { countFirstNotifications: true })).toBeProblem(409, 'conflict');
  expect(await api.call('DELETE', `/v1/imports/${id}`)).toBeProblem(409, 'conflict');
});

test('a workbook is read as a CSV file is', async () => {
  const name = nextName();
  const file = await workbook(
    ['Name', 'Currency', 'Opening balance', 'Origination capacity'],
    [
      [name, 'USD', { number: '120.5' }, { number: '30' }],
      [null, null, null, null],
      ['', 'USD', null, null],
    ],
  );
  const uploaded = await upload(api, file, { fileName: 'clients.xlsx' });
  expect(uploaded.body).toMatchObject({ format: 'xlsx', rows: 2 });
  expect(await checkAll(api, uploaded)).toMatchObject({ validRows: 1, invalidRows: 1 });
  // The row that is empty counts in the file, and the third is at fault.
  expect(await rejects(api, uploaded.body.id)).toEqual(['4 name required: this field is required']);
  await finishJob(api, await start(uploaded.body.id));
  expect(await clientNamed(name)).toMatchObject({ openingBalance: '120.50', originationCapacity: 30 });
});

test('each fault has its row, column, code, and remedy; the rejects can be corrected and uploaded', async () => {
  const [good, taken] = [nextName(), `ext-${++made}`];
  await api.post('/v1/clients', { name: 'Holder', currency: 'USD', externalId: taken });
  const csv = [
    'Name,Currency,Credit limit,Balance model,Tags,Notify client,Time zone,External ID,Profile,Main email,Address',
    `${good},USD,,,,,,new-1,,,`,
    ',USD,,,,,,,,,',
    'Bad money,USD,12.3.4,,,,,,,,',
    'Ten digits,USD,1234567890,postpaid,,,,,,,',
    `Long tag,USD,,,${'t'.repeat(10_000)},,,,,,`,
    'Flag,USD,,,,maybe,,,,,',
    'Zone,USD,,,,,Mars/Base,,,,',
    `Taken,USD,,,,,,${taken},,,`,
    'Twice,USD,,,,,,new-1,,,',
    'Profile,USD,,,,,,,no such profile,,',
    'Unlimited,USD,5,unlimited,,,,,,,',
    'Email,USD,,,,,,,,Ж@example.com,',
    'Currency,XXY,,,,,,,,,',
    'Short,USD',
    'Formula,USD,-1,,,,,,,,=1+1',
  ].join('\r\n');
  const uploaded = await upload(api, `\uFEFF${csv}`);
  const { id } = uploaded.body;
  expect(await checkAll(api, uploaded)).toMatchObject({ rows: 15, validRows: 2, invalidRows: 13 });
  const found = await rejects(api, id);
  expect(found.map((line) => line.split(':')[0])).toEqual([
    '3 name required',
    '4 creditLimit invalid_value',
    '5 creditLimit invalid_value',
    '6 tags too_big',
    '7 notifyClient wrong_type',
    '8 timezone invalid_value',
    '9 externalId already_exists',
    '10 externalId already_exists',
    '11 profileId not_found',
    '12 creditLimit client_unlimited',
    '13 mainEmail bad_email',
    '14 currency invalid_value',
    '15 null invalid',
  ]);
  expect(found.join('\n')).toContain('must be an IANA time zone, such as "Europe/Kyiv"');

  const job = await finishJob(api, await start(id));
  expect(job.counts).toMatchObject({ done: 2, refused: 13 });
  const { body: refused } = await api.get(`/v1/job-rows?jobId=${job.id}&outcome=refused`);
  expect(refused.data[6]).toMatchObject({ position: 8, clientId: null, problem: { code: 'already_exists' } });
  expect(refused.data[1].problem.detail).toMatch(/^Credit limit: .*must be an amount/);

  const file = await api.get(`/v1/imports/${id}/rejects.csv`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="clients-rejects.csv"');
  const lines = file.text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(14);
  expect(lines[0]).toMatch(/^Name,Currency,.*,Address,Import row,Import code,Import error$/);
  expect(lines[2]).toMatch(/^Bad money,USD,12\.3\.4,.*,4,invalid_value,/);
  const again = await upload(api, file.text.replace('12.3.4', '12.34'));
  expect(again.body.columns.at(-1)).toMatchObject({ name: 'Import error', field: null });
  expect(await checkAll(api, again)).toMatchObject({ rows: 13, validRows: 2 });
});

/** Longer than other tests on a busy machine. */
const manyRowsMs = 300_000;

test(
  '10,000 rows with one bad row: 9,999 in, one reported',
  async () => {
    const tag = `bulk-${++made}`;
    const rows = Array.from({ length: 10_000 }, (_, n) => `${tag} ${n},${n === 5000 ? 'none' : 'USD'},${n}.25,${tag}`);
    const uploaded = await upload(api, ['Name,Currency,Balance,Tags', ...rows].join('\n'));
    expect(await checkAll(api, uploaded)).toMatchObject({ rows: 10_000, validRows: 9999, invalidRows: 1 });
    const job = await finishJob(api, await start(uploaded.body.id));
    expect(job.counts).toMatchObject({ done: 9999, refused: 1, failed: 0 });
    expect(await rejects(api, uploaded.body.id)).toEqual([
      '5002 currency invalid_value: must be an ISO 4217 currency code, such as "USD"',
    ]);
    const [sums] = await api.sql`
    select count(*)::int as clients, sum(b.live)::text as live, count(distinct c.xmin::text)::int as transactions
    from clients c join balances b on b.client_id = c.id where c.tags @> array[${tag}]`;
    expect(sums).toMatchObject({ clients: 9999, live: '49992499.750000' });
    // Fifty rows share one, but for those that a batch without an outcome leaves to be run singly.
    expect(sums?.transactions).toBeLessThan(1000);
  },
  manyRowsMs,
);

test('a worker that dies amid the job leaves no client twice', async () => {
  const tag = `dies-${++made}`;
  const rows = Array.from({ length: 40 }, (_, n) => `${tag} ${n},USD,${tag}`);
  const uploaded = await upload(api, ['Name,Currency,Tags', ...rows].join('\n'));
  await checkAll(api, uploaded);
  const jobId = await start(uploaded.body.id);
  // The rows of one batch end with an error of the database, as when its connection goes.
  await api.sql`
    create function break_off() returns trigger language plpgsql as $$
    begin
      if new.position % 3 = 0 then raise exception using errcode = '40001'; end if;
      return new;
    end $$`;
  await api.sql`create trigger break_off before update of outcome on job_rows for each row execute function break_off()`;
  await finishOneBatch(jobId);
  await api.sql`drop trigger break_off on job_rows`;
  const job = await finishJob(api, jobId);
  expect(job.counts).toMatchObject({ done: 40, failed: 0 });
  const [count] =
    await api.sql`select count(*)::int as n, count(distinct name)::int as names from clients where tags @> array[${tag}]`;
  expect(count).toEqual({ n: 40, names: 40 });
});

test('what depends on the data is checked again by the job, and its rejects say why', async () => {
  const external = `late-${++made}`;
  const uploaded = await upload(api, `Name,Currency,External ID\nA,USD,${external}\nB,USD,\n`);
  expect(await checkAll(api, uploaded)).toMatchObject({ validRows: 2 });
  await api.post('/v1/clients', { name: 'First', currency: 'USD', externalId: external });
  const job = await finishJob(api, await start(uploaded.body.id));
  expect(job.counts).toMatchObject({ done: 1, refused: 1 });
  expect(await rejects(api, uploaded.body.id)).toEqual([
    '2 null already_exists: External ID: another client of the reseller has this external id',
  ]);
  // Once it is free, a retry imports the row.
  await api.sql`update clients set external_id = null where external_id = ${external}`;
  expect(await api.post(`/v1/jobs/${job.id}/retry`)).toHaveStatus(200);
  expect((await finishJob(api, job.id)).counts).toMatchObject({ done: 2, refused: 0 });
  expect(await rejects(api, uploaded.body.id)).toEqual([]);
});

describe('rights', () => {
  const csv = 'Name,Currency,Credit limit,Opening balance\nA,USD,0.00,0\nB,USD,5,0\nC,USD,0,7\n';

  test('a field with another scope needs it in each row that sets it, and when the job comes to it', async () => {
    const key = await api.makeKey({ scopes: ['clients:read', 'clients:write', 'jobs:read'] });
    const uploaded = await upload(api, csv, { key });
    await checkAll(api, uploaded, { key });
    expect((await rejects(api, uploaded.body.id, { key })).map((line) => line.split(':')[0])).toEqual([
      '3 creditLimit scope_missing',
      '4 openingBalance scope_missing',
    ]);
    const person = await makePerson(api, 'admin');
    const user = await asUser(api, person.id);
    const other = await upload(api, csv, user);
    expect(await checkAll(api, other, user)).toMatchObject({ validRows: 3 });
    const jobId = await start(other.body.id, {}, user);
    await api.sql`update users set role = 'operator' where id = ${person.id}`;
    expect((await finishJob(api, jobId)).counts).toMatchObject({ done: 2, refused: 1 });
    expect(await rejects(api, other.body.id)).toEqual([
      '3 null conflict: Credit limit: must stay empty: the starter of the job lacks credit:write',
    ]);
  });

  test('a reseller imports into its subtree alone, by id or by name', async () => {
    const reseller = await api.reseller(`Importer ${++made}`);
    const below = await api.reseller(`Below ${made}`, reseller);
    const other = await api.reseller(`Elsewhere ${made}`);
    const key = await api.makeKey({ resellerId: reseller });
    const names = [nextName(), nextName(), nextName()];
    const file = `Name,Currency,Reseller\n${names[0]},USD,\n${names[1]},USD,below ${made - 3}\n${names[2]},USD,${below}\nD,USD,${other}\nE,USD,Company Name\n`;
    const uploaded = await upload(api, file, { key });
    await checkAll(api, uploaded, { key });
    const found = await rejects(api, uploaded.body.id, { key });
    expect(found.map((line) => line.split(':')[0])).toEqual(['5 resellerId not_found', '6 resellerId not_found']);
    await finishJob(api, await start(uploaded.body.id, {}, { key }));
    const owners = await Promise.all(names.map(async (name) => (await clientNamed(name)).resellerId));
    expect(owners).toEqual([reseller, below, below]);

    const stranger = await api.makeKey({ resellerId: other });
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/mapping'],
      ['POST', '/check'],
      ['GET', '/rejects'],
      ['GET', '/rejects.csv'],
      ['POST', '/start'],
      ['DELETE', ''],
    ]) {
      const body =
        path === '/mapping' ? { fields: ['name'] } : path === '/start' ? { countFirstNotifications: true } : undefined;
      expect(
        await api.call(method ?? '', `/v1/imports/${uploaded.body.id}${path}`, body, { key: stranger }),
      ).toBeProblem(404, 'not_found');
    }
  });
});

test('the same Idempotency-Key uploads once', async () => {
  const headers = { 'Idempotency-Key': `upload-${++made}` };
  const first = await upload(api, 'Name,Currency\nA,USD\n', { headers });
  const again = await upload(api, 'Name,Currency\nA,USD\n', { headers });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(again.body.id).toBe(first.body.id);
  expect(await upload(api, 'Name,Currency\nB,USD\n', { headers })).toBeProblem(422, 'idempotency_mismatch');
});

describe('a mapping is refused', () => {
  test.each([
    ['without a required field', ['name', null], '#/fields'],
    ['that names a field twice', ['name', 'name'], '#/fields/1'],
    ['with too few columns', ['name'], '#/fields'],
    ['with a field that is none', ['name', 'colour'], '#/fields/1'],
  ])('%s', async (_what, fields, pointer) => {
    const { body } = await upload(api, 'Name,Currency\nA,USD\n');
    expect(await api.call('POST', `/v1/imports/${body.id}/mapping`, { fields })).toBeProblem(400, 'invalid', pointer);
    expect((await api.get(`/v1/imports/${body.id}`)).body.isMapped).toBe(false);
  });
});

test('another mapping begins the check again', async () => {
  const uploaded = await upload(api, 'A,B\nx,USD\n');
  await checkAll(api, uploaded, { fields: ['currency', 'name'] });
  expect(await rejects(api, uploaded.body.id)).toHaveLength(1);
  expect(await api.post(`/v1/imports/${uploaded.body.id}/start`, { countFirstNotifications: true })).toBeProblem(
    409,
    'conflict',
  );
  expect(await checkAll(api, uploaded, { fields: ['name', 'currency'] })).toMatchObject({ invalidRows: 0 });
  expect(await rejects(api, uploaded.body.id)).toEqual([]);
  expect(await api.call('DELETE', `/v1/imports/${uploaded.body.id}`)).toHaveStatus(204);
  expect(await api.get(`/v1/imports/${uploaded.body.id}`)).toBeProblem(404, 'not_found');
});

async function finishOneBatch(jobId: string): Promise<void> {
  const { jobActivities } = await import('../../../../src/activities/jobs/batches.js');
  const { testDeps } = await import('../../../support/monitoring/activity-deps.js');
  await jobActivities(testDeps(api.context.sql, { actions: api.temporal })).runJobBatch({ jobId });
}
