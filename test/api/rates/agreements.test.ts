import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { anyVersion } from '../../support/api/refusals.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
const create = (fields: object = {}, key?: string): Promise<Reply> =>
  api.post('/v1/agreements', { name: `Agreement ${(count += 1)}`, ...fields }, key === undefined ? {} : { key });
const change = (path: string, fields: object): Promise<Reply> => api.call('PATCH', path, fields, anyVersion);
const remove = (path: string): Promise<Reply> => api.call('DELETE', path, undefined, anyVersion);

const weekly = { mode: 'weekly', days: [3, 1, 3] };
const sevenDays = { value: 7, unit: 'days_from_midnight' };

test('an agreement is created with defaults, read, changed, and deleted, each with its audit row', async () => {
  const { status, body } = await create({
    notificationDays: weekly,
    terms: { increased: sevenDays },
    reason: 'contract',
  });
  expect(status).toBe(201);
  const none = { value: 0, unit: 'days_from_midnight' };
  expect(body).toMatchObject({
    ...{ hour: 9, timezone: 'UTC', notificationDays: { mode: 'weekly', days: [1, 3] }, clients: 0, rateTables: 0 },
    terms: { new: none, increased: sevenDays, decreased: none, unchanged: none, closed: none },
  });
  const next = new Date(body.nextNotificationAt);
  expect([1, 3]).toContain(next.getUTCDay());
  expect(next.getUTCHours()).toBe(9);
  expect((await api.get(`/v1/agreements/${body.id}`)).body).toEqual(body);
  const changed = await change(`/v1/agreements/${body.id}`, { hour: 10, terms: { closed: sevenDays } });
  expect(changed.body).toMatchObject({ hour: 10, terms: { increased: none, closed: sevenDays }, version: 2 });
  expect(await remove(`/v1/agreements/${body.id}`)).toHaveStatus(204);
  expect(await api.get(`/v1/agreements/${body.id}`)).toBeProblem(404, 'not_found', '#/path/id');
  const rows = await api.sql<{ action: string; reason: string | null }[]>`
    select action, reason from audit where subject_type = 'agreement' and subject_id = ${body.id} order by id`;
  expect(rows).toMatchObject([
    { action: 'agreement.create', reason: 'contract' },
    { action: 'agreement.update' },
    { action: 'agreement.delete' },
  ]);
});

test.each([
  ['a day that no week has', { notificationDays: { mode: 'weekly', days: [8] } }, '#/notificationDays/days/0'],
  [
    'a day that some months lack',
    { notificationDays: { mode: 'monthly', days: [1, 29] } },
    '#/notificationDays/days/1',
  ],
  ['no day', { notificationDays: { mode: 'monthly', days: [] } }, '#/notificationDays/days'],
  ['days with daily', { notificationDays: { mode: 'daily', days: [1] } }, '#/notificationDays/days'],
  ['an hour that no day has', { hour: 24 }, '#/hour'],
  ['a time zone that is none', { timezone: 'Mars/Base' }, '#/timezone'],
  ['too long a term', { terms: { new: { value: 366, unit: 'days_from_midnight' } } }, '#/terms/new/value'],
  ['a unit that is none', { terms: { new: { value: 1, unit: 'weeks' } } }, '#/terms/new/unit'],
  ['a kind that is none', { terms: { raised: sevenDays } }, '#/terms/raised'],
  ['too long a name', { name: 'x'.repeat(129) }, '#/name'],
])('%s is refused at its place', async (_name, fields, pointer) => {
  expect(await create(fields)).toBeProblem(400, 'invalid', pointer);
});

test('an agreement in use is not deleted: by a rate table, a client, or a client template', async () => {
  const { body } = await create();
  const path = `/v1/agreements/${body.id}`;
  const table = await api.post('/v1/rate-tables', { name: 'Told', currency: 'USD', agreementId: body.id });
  expect(table.body).toMatchObject({ agreementId: body.id, agreementName: body.name });
  expect((await api.get(path)).body.rateTables).toBe(1);
  expect(await remove(path)).toBeProblem(409, 'in_use', '#/path/id');
  await change(`/v1/rate-tables/${table.body.id}`, { agreementId: null });
  const client = await api.post('/v1/clients', { name: 'A', currency: 'USD', agreementId: body.id });
  expect(client.body).toMatchObject({ agreementId: body.id, agreementName: body.name, rateNotificationUnique: true });
  expect(await remove(path)).toBeProblem(409, 'in_use', '#/path/id');
  await change(`/v1/clients/${client.body.id}`, { agreementId: null });
  const template = await api.post('/v1/client-templates', { name: 'Told', values: { agreementId: body.id } });
  expect(template).toHaveStatus(201);
  expect(await remove(path)).toBeProblem(409, 'in_use', '#/path/id');
  expect(await api.call('DELETE', `/v1/client-templates/${template.body.id}`, undefined, anyVersion)).toHaveStatus(204);
  expect(await remove(path)).toHaveStatus(204);
});

test('a table takes an agreement of its reseller or of one above', async () => {
  const below = await api.reseller('Below');
  const beside = await api.reseller('Beside');
  const own = (await create()).body;
  const foreign = (await create({ resellerId: beside })).body;
  const table = await api.post('/v1/rate-tables', {
    ...{ name: 'Below', currency: 'USD', resellerId: below, agreementId: own.id },
  });
  expect(table).toHaveStatus(201);
  const path = `/v1/rate-tables/${table.body.id}`;
  expect(await change(path, { agreementId: foreign.id })).toBeProblem(409, 'conflict', '#/agreementId');
  expect(await change(path, { agreementId: '999999' })).toBeProblem(404, 'not_found', '#/agreementId');
  const file = await api.get('/v1/exports/agreements.csv?columns=name,mode,hour,new,clients,rateTables');
  expect(file.text).toContain('Name,Notification days,Hour,Term: new');
});
