import { seenOrNull, seenText } from '../../../src/api/operations/jobs/seen.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { finishJob, rowsOf } from '../../support/data/jobs.js';
import { invoicesClient } from '../../support/invoicing/invoices-api.js';

/** Mass edit: previewed values are written, and a client that someone else has changed since is left alone. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

let number = 0;

async function clients(...fields: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (const more of fields) {
    ids.push(await made('/v1/clients', { name: `Client ${++number}`, currency: 'USD', ...more }));
  }
  return ids;
}

const patch = (id: string, fields: object): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, fields, { headers: { 'If-Match': '*' } });
const read = async (id: string | undefined): Promise<Reply['body']> => (await api.get(`/v1/clients/${id ?? ''}`)).body;

interface Asked {
  readonly kind: string;
  readonly parameters: object;
  readonly selection: object;
}

async function preview(asked: Asked): Promise<Reply['body']> {
  const reply = await api.post('/v1/jobs/preview', asked);
  expect(reply).toHaveStatus(200);
  return reply.body;
}

async function start(asked: Asked, more: object = {}, options?: Parameters<TestApi['post']>[2]): Promise<string> {
  const reply = await api.post('/v1/jobs', { ...asked, ...more }, options);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

describe('the last invoice date of selected clients', () => {
  test('is set in the zone of each, refused before an invoice, and the row reports what is on no invoice', async () => {
    const tokyo = await invoicesClient(api, { name: 'A', timezone: 'Asia/Tokyo' });
    const newYork = await invoicesClient(api, { name: 'B', timezone: 'America/New_York' });
    const invoiced = await invoicesClient(api, { name: 'C' });
    await tokyo.charge('12.50', '2026-02-10T12:00:00Z');
    await invoiced.charge('3.00', '2026-02-10T12:00:00Z');
    expect(await invoiced.invoice({ issue: true })).toHaveStatus(201);
    const ids = [tokyo.id, newYork.id, invoiced.id];
    const asked = { kind: 'set_last_invoiced', parameters: { date: '2026-03-01' }, selection: { clientIds: ids } };
    expect(await api.post('/v1/jobs', asked)).toBeProblem(400, 'invalid', '#/reason');
    const id = await start(asked, { reason: 'invoiced by the old system', seen: (await preview(asked)).seen });
    expect((await finishJob(api, id)).counts).toMatchObject({ done: 2, refused: 1 });
    expect(await rowsOf(api, id)).toEqual(['A: done', 'B: done', 'C: refused last_invoiced_before_invoice']);
    const { body } = await api.get(`/v1/job-rows?jobId=${id}`);
    expect(body.data.map(({ report }: { report: string | null }) => report)).toEqual([
      'on no invoice: 1 entry, 12.50',
      null,
      null,
    ]);
    const { body: audit } = await api.get(`/v1/audit?requestId=job/${id}`);
    const days = audit.data.map(({ after }: { after: { lastInvoicedAt: string } }) => after.lastInvoicedAt).sort();
    expect(days).toEqual(['2026-02-28T15:00:00.000Z', '2026-03-01T05:00:00.000Z']);
    const again = await start(asked, { reason: 'once more' });
    expect((await finishJob(api, again)).counts).toMatchObject({ unchanged: 2, refused: 1 });
  });

  test('conflicts with an invoice that was issued after the preview, and needs the scope of payments', async () => {
    const owing = await invoicesClient(api);
    await owing.charge('3.00', '2026-02-10T12:00:00Z');
    const selection = { clientIds: [owing.id] };
    const asked = { kind: 'set_last_invoiced', parameters: { date: '2026-03-01' }, selection };
    const { seen } = await preview(asked);
    expect(await owing.invoice({ issue: true })).toHaveStatus(201);
    const job = await start(asked, { reason: 'moved', seen });
    expect((await finishJob(api, job)).counts).toMatchObject({ conflict: 1, done: 0 });
    const key = await api.makeKey({ scopes: ['jobs:write', 'clients:write'] });
    const refused = await api.post('/v1/jobs', { ...asked, reason: 'moved' }, { key });
    expect(refused).toBeProblem(403, 'scope_missing', '#/kind');
  });
});

describe('a client template', () => {
  test('is given with its values, keeps or clears own ones, and a client in another currency is refused', async () => {
    const values = { creditLimit: '50.00' };
    const template = await made('/v1/client-templates', { name: 'Retail', currency: 'USD', values });
    const ids = await clients({}, { creditLimit: '10.00' }, { currency: 'EUR' });
    const asked = {
      kind: 'set_client_template',
      parameters: { clientTemplateId: template },
      selection: { clientIds: ids },
    };
    const id = await start(asked);
    expect((await finishJob(api, id)).counts).toMatchObject({ done: 2, refused: 1 });
    expect((await rowsOf(api, id, '&outcome=refused'))[0]).toMatch(/refused currency_mismatch$/);
    expect([await read(ids[0]), await read(ids[1])]).toMatchObject([
      { creditLimit: '50.00', clientTemplateId: template },
      { creditLimit: '10.00', clientTemplateId: template },
    ]);
    const cleared = { ...asked, parameters: { clientTemplateId: template, ownValues: 'clear' } };
    expect(await preview(cleared)).toMatchObject({ outlook: { changed: 1, unchanged: 1, refused: 1 } });
    expect((await finishJob(api, await start(cleared))).counts).toMatchObject({ done: 1, unchanged: 1, refused: 1 });
    expect(await read(ids[1])).toMatchObject({ creditLimit: '50.00' });
    const missing = { ...asked, parameters: { clientTemplateId: '999999' } };
    expect(await api.post('/v1/jobs', missing)).toBeProblem(404, 'not_found', '#/parameters/clientTemplateId');
  });

  test('that changes the credit limit needs the right to it for each client', async () => {
    const values = { creditLimit: '70.00' };
    const template = await made('/v1/client-templates', { name: 'Larger', currency: 'USD', values });
    const ids = await clients({}, { creditLimit: '5.00' });
    const key = await api.makeKey({ scopes: ['jobs:write', 'clients:write'] });
    const parameters = { clientTemplateId: template };
    const id = await start({ kind: 'set_client_template', parameters, selection: { clientIds: ids } }, {}, { key });
    expect((await finishJob(api, id)).counts).toMatchObject({ done: 1, refused: 1 });
    expect((await rowsOf(api, id, '&outcome=refused'))[0]).toMatch(/refused scope_missing$/);
    expect(await read(ids[0])).toMatchObject({ creditLimit: '0.00', clientTemplateId: null });
  });

  test('that would notify many clients is confirmed', async () => {
    const profileId = await made('/v1/profiles', {
      name: 'loud',
      currency: 'USD',
      clientRule: { threshold: '100.00', notifyClient: true },
    });
    const template = await made('/v1/client-templates', { name: 'Loud', values: { profileId } });
    const rows = await api.sql<{ id: string }[]>`
      insert into clients (reseller_id, name, currency, balance_model, billing_email, tags)
      select ${api.operatorId}, 'Many ' || n, 'USD', 'prepaid', 'b' || n || '@client.example', '{many}'
      from generate_series(1, 101) n returning id`;
    const ids = rows.map(({ id }) => id);
    await api.sql`insert into balances (client_id, live) select unnest(${ids}::bigint[]), 80`;
    await api.sql`insert into monitors (client_id) select unnest(${ids}::bigint[])`;
    const asked = {
      kind: 'set_client_template',
      parameters: { clientTemplateId: template },
      selection: { query: 'tag=many' },
    };
    expect(await preview(asked)).toMatchObject({ clients: 101, impact: { newlyNotified: { count: 101 } } });
    expect(await api.post('/v1/jobs', asked)).toBeProblem(409, 'confirmation_required');
  });
});

test('tags are replaced, and those that a client had keep their spelling', async () => {
  const [tagged = '', bare = ''] = await clients({ tags: ['VIP', 'old'] }, {});
  const selection = { clientIds: [tagged, bare] };
  await finishJob(api, await start({ kind: 'replace_tags', parameters: { tags: ['vip', 'New', 'new'] }, selection }));
  expect([(await read(tagged)).tags, (await read(bare)).tags]).toEqual([
    ['VIP', 'New'],
    ['vip', 'New'],
  ]);
  const removed = await start({ kind: 'replace_tags', parameters: { tags: [] }, selection });
  expect((await finishJob(api, removed)).counts).toMatchObject({ done: 2 });
  expect((await read(tagged)).tags).toEqual([]);
  const comma = { kind: 'replace_tags', parameters: { tags: ['a,b'] }, selection };
  expect(await api.post('/v1/jobs', comma)).toBeProblem(400, 'invalid', '#/parameters/tags/0');
});

describe('a client that was changed after the preview', () => {
  test('is left alone, and repeated after another look', async () => {
    const [same = '', other = '', gone = ''] = await clients({}, {}, {});
    const asked = {
      kind: 'set_status',
      parameters: { status: 'stop' },
      selection: { clientIds: [same, other, gone] },
    };
    const { seen } = await preview(asked);
    await patch(other, { taxId: 'changed by someone else' });
    await api.call('DELETE', `/v1/clients/${gone}?reason=ended`, undefined, { headers: { 'If-Match': '*' } });
    const id = await start(asked, { seen });
    const ended = await finishJob(api, id);
    expect(ended.counts).toMatchObject({ done: 1, conflict: 2, refused: 0 });
    expect(await read(other)).toMatchObject({ status: 'active' });
    expect((await rowsOf(api, id, '&outcome=conflict'))[0]).toMatch(/conflict changed_since_preview$/);

    // Without another look nothing is repeated.
    expect(await api.post(`/v1/jobs/${id}/retry`)).toBeProblem(409, 'conflict', '#/path/id');
    const look = await api.get(`/v1/jobs/${id}/retry`);
    expect(look.body).toMatchObject({ clients: 2, outlook: { changed: 1, unchanged: 0, refused: 1 } });
    // Changed once more since: its row asks again.
    await patch(other, { taxId: 'and again' });
    const retry = (body: object): Promise<Reply> => api.post(`/v1/jobs/${id}/retry`, body);
    expect(await retry({ seen: look.body.seen })).toHaveStatus(200);
    expect((await finishJob(api, id)).counts).toMatchObject({ done: 1, conflict: 1, refused: 1 });
    expect(await retry({ seen: (await api.get(`/v1/jobs/${id}/retry`)).body.seen })).toHaveStatus(200);
    expect((await finishJob(api, id)).counts).toMatchObject({ done: 2, conflict: 0, refused: 1 });
    expect(await read(other)).toMatchObject({ status: 'stop' });
  });

  test('matters only to a request with the preview, which has seen all of its clients', async () => {
    const [id = ''] = await clients({});
    const asked = { kind: 'add_tags', parameters: { tags: ['x'] }, selection: { clientIds: [id] } };
    const { seen } = await preview(asked);
    await patch(id, { taxId: '1' });
    const job = await start(asked);
    await patch(id, { taxId: '2' });
    expect((await finishJob(api, job)).counts).toMatchObject({ done: 1 });
    const [late = ''] = await clients({});
    const more = await start({ ...asked, selection: { clientIds: [late] } }, { seen });
    expect((await finishJob(api, more)).counts).toMatchObject({ conflict: 1 });
  });

  test('is retried as it is now where it was refused, for what refused it was corrected', async () => {
    const template = await made('/v1/client-templates', { name: 'Euro', currency: 'EUR', values: {} });
    const [id = ''] = await clients({});
    const parameters = { clientTemplateId: template };
    const asked = { kind: 'set_client_template', parameters, selection: { clientIds: [id] } };
    const job = await start(asked, { seen: (await preview(asked)).seen });
    expect((await finishJob(api, job)).counts).toMatchObject({ refused: 1 });
    await patch(id, { currency: 'EUR' });
    expect(await api.post(`/v1/jobs/${job}/retry`)).toHaveStatus(200);
    expect((await finishJob(api, job)).counts).toMatchObject({ done: 1, conflict: 0 });
  });

  test('can be found in the largest job: what the preview saw fits a request', () => {
    const hashes = Array.from({ length: 100_000 }, (_none, n) => (n * 7919) % 1_048_576);
    const seen = new Map(hashes.map((hash, n) => [String(1_000_000 + n * 3), `${1 + (hash % 40)}/${hash}`]));
    const text = seenText(seen);
    expect(text.length).toBeLessThan(900_000);
    expect(seenOrNull(text)).toEqual(seen);
  });

  test('is found by what the preview returned, and by nothing else', async () => {
    const [id = ''] = await clients({});
    const asked = { kind: 'set_status', parameters: { status: 'stop' }, selection: { clientIds: [id] } };
    for (const seen of ['seen', Buffer.from('{}').toString('base64url')]) {
      expect(await api.post('/v1/jobs', { ...asked, seen })).toBeProblem(400, 'invalid', '#/seen');
    }
    const unversioned = { kind: 'check_now', parameters: {}, selection: { clientIds: [id] }, seen: 'seen' };
    expect(await api.post('/v1/jobs', unversioned)).toBeProblem(400, 'invalid', '#/seen');
  });
});
