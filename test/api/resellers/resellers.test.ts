import { operations } from '../../../src/api/operations/index.js';
import { clientFieldSpecs } from '../../../src/domain/clients/client-fields.js';
import { jobKinds } from '../../../src/domain/jobs/job-kinds.js';
import {
  managerFieldRefusals,
  managerFields,
  managerJobRefusals,
  managerJobs,
  managerOperations,
  managerRefusals,
} from '../../../src/domain/resellers/manager-limits.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const any = { headers: { 'If-Match': '*' } };

async function made(path: string, body: unknown): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

const reseller = (name: string, fields: object = {}): Promise<string> => made('/v1/resellers', { name, ...fields });
const remove = (id: string): Promise<Reply> => api.call('DELETE', `/v1/resellers/${id}`, undefined, any);
const move = (id: string, body: object): Promise<Reply> => api.call('POST', `/v1/resellers/${id}/move`, body, any);

describe('deleting', () => {
  test('is refused while something active depends on it, with how many, and then keeps it readable', async () => {
    const id = await reseller('Leaving');
    const below = await reseller('Below', { parentId: id });
    const manager = await reseller('Mary', { kind: 'manager', parentId: id });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: id, managerId: manager });
    const company = await made('/v1/companies', { name: 'Carrier', currency: 'USD', resellerId: id });
    const refused = await remove(id);
    expect(refused).toBeProblem(409, 'in_use', '#/path/id');
    expect(refused.body.detail).toContain('1 sub-reseller, 1 manager, 1 client, 1 company');
    const use = await api.get(`/v1/resellers/${id}/use`);
    expect(use.body).toMatchObject({
      resellers: 1,
      managers: 1,
      clients: 1,
      companies: 1,
      users: 0,
      apiKeys: 0,
      deletable: false,
    });
    await api.sql`delete from outbox`;
    expect((await api.get(`/v1/resellers/${manager}/use`)).body).toMatchObject({ managedClients: 1, deletable: true });
    expect(await remove(manager)).toHaveStatus(204);
    expect((await api.get(`/v1/clients/${client}`)).body).toMatchObject({ managerId: null });
    expect(await api.sql`select client_id, kind from outbox`).toEqual([
      { client_id: client, kind: 'configurationChanged' },
    ]);
    expect(await remove(below)).toHaveStatus(204);
    expect(await api.call('DELETE', `/v1/clients/${client}`, undefined, any)).toHaveStatus(204);
    expect(await api.call('DELETE', `/v1/companies/${company}`, undefined, any)).toHaveStatus(204);
    expect(await remove(id)).toHaveStatus(204);
    expect((await api.get(`/v1/resellers/${id}`)).body).toMatchObject({ name: 'Leaving', status: 'deleted' });
    const names = async (query: string): Promise<string[]> =>
      (await api.get(`/v1/resellers?name=Leaving${query}`)).body.data.map(({ name }: { name: string }) => name);
    expect([await names(''), await names('&status=deleted')]).toEqual([[], ['Leaving']]);
    const late = await api.post('/v1/clients', { name: 'Late', currency: 'USD', resellerId: id });
    expect(late).toBeProblem(409, 'conflict', '#/resellerId');
    expect(await remove(id)).toBeProblem(404, 'not_found');
    expect(await remove(api.operatorId)).toBeProblem(404, 'not_found');
  });
});

describe('restoring', () => {
  const restore = (id: string, body: object = {}, headers: object = any.headers): Promise<Reply> =>
    api.call('POST', `/v1/resellers/${id}/restore`, body, { headers: { ...headers } });

  test('puts a deleted reseller back in its place, after its parent and under a free name, and records it', async () => {
    const parent = await reseller('Parent', { currency: 'EUR', credit: '5.00' });
    const below = await reseller('Below it', { parentId: parent });
    const manager = await reseller('Ron', { kind: 'manager', parentId: parent });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: parent, managerId: manager });
    expect(await restore(parent)).toBeProblem(409, 'conflict', '#/path/id');
    expect(await restore(api.operatorId)).toBeProblem(409, 'conflict', '#/path/id');
    expect(await restore('999999')).toBeProblem(404, 'not_found', '#/path/id');
    expect(await api.call('DELETE', `/v1/clients/${client}`, undefined, any)).toHaveStatus(204);
    for (const id of [below, manager, parent]) expect(await remove(id)).toHaveStatus(204);
    const early = await restore(below);
    expect(early).toBeProblem(409, 'conflict', '#/path/id');
    expect(early.body.detail).toContain(`"Parent" (${parent}) is deleted`);
    const ofDeleted = await api.call('POST', `/v1/clients/${client}/restore`, {}, any);
    expect(ofDeleted).toBeProblem(409, 'conflict', '#/path/id');
    expect(await restore(parent, {}, { 'If-Match': '"1"' })).toBeProblem(412, 'version_stale');
    const { body } = await api.get(`/v1/resellers/${parent}`);
    expect(await restore(parent, { name: ' ' })).toBeProblem(400, 'invalid', '#/name');
    const back = await restore(parent, { reason: 'deleted by mistake' }, { 'If-Match': `"${body.version}"` });
    expect(back).toHaveStatus(200);
    expect(back.body).toEqual({ ...body, status: 'active', version: body.version + 1 });
    expect((await api.get(`/v1/resellers/${parent}`)).body).toEqual(back.body);
    const [entry] = (await api.get(`/v1/audit?action=reseller.restore&subjectId=${parent}`)).body.data;
    expect(entry).toMatchObject({
      reason: 'deleted by mistake',
      before: { status: 'deleted' },
      after: { status: 'active' },
    });
    expect(await api.call('POST', `/v1/clients/${client}/restore`, {}, any)).toHaveStatus(200);

    const twin = await reseller('BELOW IT', { parentId: parent });
    expect(await restore(below)).toBeProblem(409, 'already_exists', '#/name');
    expect((await restore(below, { name: 'Below again' })).body).toMatchObject({
      name: 'Below again',
      status: 'active',
    });
    expect((await restore(manager)).body).toMatchObject({ kind: 'manager', status: 'active', clients: 0 });
    expect((await api.get(`/v1/clients/${client}`)).body.managerId).toBeNull();
    const key = await api.makeKey({ resellerId: twin });
    const foreign = await api.call('POST', `/v1/resellers/${below}/restore`, {}, { ...any, key });
    expect(foreign).toBeProblem(404, 'not_found', '#/path/id');
  });
});

describe('a move', () => {
  test('is previewed: whose recipients and templates change, and what is in the way; then takes all below along', async () => {
    const from = await reseller('From', { email: 'from@operator.example' });
    const to = await reseller('To', { email: 'to@operator.example' });
    const moved = await reseller('Moved', { parentId: from });
    const below = await reseller('Deep', { parentId: moved });
    const userRule = { threshold: '5.00', notifyOwner: true };
    const profile = await made('/v1/profiles', { name: 'of from', currency: 'USD', resellerId: from, userRule });
    const other = await made('/v1/profiles', { name: 'of to', currency: 'USD', resellerId: to, userRule });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: below, profileId: profile });
    const words = { kind: 'low_balance', name: 'From', subject: 'Low', text: 'Low', resellerId: from };
    await made('/v1/mail-templates', words);
    const preview = await api.post(`/v1/resellers/${moved}/move/preview`, { parentId: to });
    expect(preview.body).toEqual({
      clients: 1,
      recipients: {
        before: 'from@operator.example',
        after: 'to@operator.example',
        total: 1,
        clients: [{ id: client, name: 'Acme' }],
      },
      templates: [{ kind: 'low_balance', before: { resellerId: from, resellerName: 'From' }, after: null }],
      sequences: [],
      dangling: [
        {
          ...{
            kind: 'profile',
            id: profile,
            name: 'of from',
            resellerId: from,
            clients: 1,
            templates: 0,
            companies: 0,
          },
          ...{ profiles: 0, rateTables: 0 },
        },
      ],
    });
    expect((await api.get(`/v1/resellers/${moved}`)).body).toMatchObject({ parentId: from, version: 1 });
    const refused = await move(moved, { parentId: to });
    expect(refused).toBeProblem(409, 'reseller_dangling', '#/mapping');
    expect(refused.body.detail).toContain(`profile ${profile} "of from"`);
    const wrong = await move(moved, { parentId: to, mapping: [{ kind: 'profile', from: profile, to: profile }] });
    expect(wrong).toBeProblem(409, 'conflict', '#/mapping');
    await api.sql`delete from outbox`;
    const done = await move(moved, {
      parentId: to,
      mapping: [{ kind: 'profile', from: profile, to: other }],
      reason: 'sold',
    });
    expect(done).toHaveStatus(200);
    expect(done.body).toMatchObject({ parentId: to, path: [api.operatorId, to, moved] });
    expect((await api.get(`/v1/resellers/${below}`)).body.path).toEqual([api.operatorId, to, moved, below]);
    expect((await api.get(`/v1/clients/${client}`)).body.profileId).toBe(other);
    expect(await api.sql`select client_id, kind from outbox`).toEqual([
      { client_id: client, kind: 'configurationChanged' },
    ]);
    const [entry] = (await api.get(`/v1/audit?action=reseller.move&subjectId=${moved}`)).body.data;
    expect(entry).toMatchObject({ reason: 'sold', before: { parentId: from }, after: { parentId: to } });
  });

  test('finds rate tables of former parents, of clients and of client templates', async () => {
    const from = await reseller('From 2');
    const moved = await reseller('Moved 2', { parentId: from });
    const table = await made('/v1/rate-tables', { name: 'of from', currency: 'USD', resellerId: from });
    const values = { terminationRateTableId: table };
    const template = await made('/v1/client-templates', { name: 'T', resellerId: moved, values });
    const client = await made('/v1/clients', {
      ...{ name: 'Acme', currency: 'USD', resellerId: moved, originationRateTableId: table },
    });
    const { body } = await api.post(`/v1/resellers/${moved}/move/preview`, { parentId: api.operatorId });
    expect(body.dangling).toMatchObject([
      { kind: 'origination_rate_table', id: table, clients: 1, templates: 0 },
      { kind: 'termination_rate_table', id: table, clients: 0, templates: 1 },
    ]);
    const mapping = ['origination_rate_table', 'termination_rate_table'].map((kind) => ({
      kind,
      from: table,
      to: null,
    }));
    expect(await move(moved, { parentId: api.operatorId, mapping })).toHaveStatus(200);
    expect((await api.get(`/v1/clients/${client}`)).body.originationRateTableId).toBeNull();
    expect((await api.get(`/v1/client-templates/${template}`)).body.values.terminationRateTableId).toBe('none');
  });

  test('is refused while the template of an alarm is of a former parent', async () => {
    const from = await reseller('With a template');
    const moved = await reseller('Using', { parentId: from });
    const words = {
      kind: 'company_balance',
      name: 'Alarm',
      locale: 'en',
      subject: 'Low',
      text: 'Low',
      resellerId: from,
    };
    const template = await made('/v1/mail-templates', words);
    const their = { enabled: true, threshold: '1.00', alarmEmails: ['a@b.example'], templateId: template };
    const company = await made('/v1/companies', { name: 'Carrier', currency: 'USD', resellerId: moved, their });
    const preview = await api.post(`/v1/resellers/${moved}/move/preview`, { parentId: api.operatorId });
    expect(preview.body.dangling).toMatchObject([
      { kind: 'mail_template', id: template, name: 'Alarm', resellerId: from, clients: 0, companies: 1, profiles: 0 },
    ]);
    expect(await move(moved, { parentId: api.operatorId })).toBeProblem(409, 'reseller_dangling', '#/mapping');
    const mapping = [{ kind: 'mail_template', from: template, to: null }];
    expect(await move(moved, { parentId: api.operatorId, mapping })).toHaveStatus(200);
    expect((await api.get(`/v1/companies/${company}`)).body).toMatchObject({ their: { templateId: null }, version: 2 });
  });

  test('into itself, of the operator, or out of the subtree is refused', async () => {
    const a = await reseller('A');
    const b = await reseller('B', { parentId: a });
    expect(await move(a, { parentId: b })).toBeProblem(409, 'reseller_cycle', '#/parentId');
    expect(await move(api.operatorId, { parentId: a })).toBeProblem(404, 'not_found');
    const manager = await reseller('Mia', { kind: 'manager', parentId: a });
    expect(await move(manager, { parentId: api.operatorId })).toBeProblem(409, 'conflict');
    expect(await move(b, { parentId: manager })).toBeProblem(409, 'conflict', '#/parentId');
    const key = await api.makeKey({ resellerId: a });
    const out = await api.call('POST', `/v1/resellers/${b}/move`, { parentId: api.operatorId }, { ...any, key });
    expect(out).toBeProblem(404, 'not_found', '#/parentId');
    let parentId = b;
    for (let level = 4; level <= 10; level += 1) parentId = await reseller(`Level ${level}`, { parentId });
    expect(await api.post('/v1/resellers', { name: 'Level 11', parentId })).toBeProblem(
      409,
      'reseller_too_deep',
      '#/parentId',
    );
  });
});

describe('the ledger of a reseller', () => {
  const payment = { id: 'p-1', amount: '100.00', currency: 'EUR' };

  test('has payments and adjustments, each id once, and gives live and available', async () => {
    const id = await reseller('Debtor', { currency: 'EUR', credit: '50.00' });
    const path = `/v1/resellers/${id}`;
    const first = await api.post(`${path}/payments`, payment);
    expect(first).toHaveStatus(201);
    expect(first.body).toMatchObject({ kind: 'payment', amount: '100.00', liveAfter: '100.00' });
    const again = await api.post(`${path}/payments`, payment);
    expect(again).toHaveStatus(200);
    expect(again.body).toEqual(first.body);
    const other = await api.post(`${path}/payments`, { ...payment, amount: '1.00' });
    expect(other).toBeProblem(409, 'conflict', '#/id');
    const adjustment = { id: 'a-1', amount: '-120.50', currency: 'EUR', note: 'traffic of May' };
    expect((await api.post(`${path}/adjustments`, adjustment)).body.liveAfter).toBe('-20.50');
    expect((await api.get(path)).body).toMatchObject({
      currency: 'EUR',
      credit: '50.00',
      live: '-20.50',
      available: '29.50',
    });
    const { body } = await api.get(`${path}/entries?include=total`);
    expect(body.data.map(({ id: name }: { id: string }) => name).sort()).toEqual(['a-1', 'p-1']);
    const list = await api.get(`${path}/entries?kind=payment`);
    expect(list.body.data).toEqual([first.body]);
    const renamed = await api.call('PATCH', path, { currency: 'USD' }, any);
    expect(renamed).toBeProblem(409, 'conflict', '#/currency');
    expect((await api.call('PATCH', path, { credit: '60.00' }, any)).body.available).toBe('39.50');
  });

  test('is refused in another currency, for 0, for a manager, and to the reseller itself', async () => {
    const id = await reseller('Debtor 2', { currency: 'EUR' });
    const path = `/v1/resellers/${id}`;
    expect(await api.post(`${path}/payments`, { ...payment, currency: 'USD' })).toBeProblem(
      422,
      'currency_mismatch',
      '#/currency',
    );
    expect(await api.post(`${path}/adjustments`, { ...payment, amount: '0.00' })).toBeProblem(
      400,
      'invalid',
      '#/amount',
    );
    const manager = await reseller('Max', { kind: 'manager', parentId: id });
    for (const reply of [
      await api.post(`/v1/resellers/${manager}/payments`, payment),
      await api.post(`/v1/resellers/${manager}/adjustments`, payment),
      await api.get(`/v1/resellers/${manager}/entries`),
    ]) {
      expect(reply).toBeProblem(403, 'manager_not_permitted', '#/path/id');
      expect(reply.body.detail).toContain('a manager has no balance');
    }
    const own = await reseller('Mo', { kind: 'manager', parentId: id }).then((mo) =>
      api.call('PATCH', `/v1/resellers/${mo}`, { credit: '5.00' }, any),
    );
    expect(own).toBeProblem(403, 'manager_not_permitted', '#/credit');
    const key = await api.makeKey({ resellerId: id });
    expect(await api.post(`${path}/payments`, payment, { key })).toBeProblem(403, 'own_ledger');
    expect(await api.call('PATCH', path, { credit: '9.00' }, { ...any, key })).toBeProblem(
      403,
      'own_ledger',
      '#/credit',
    );
    expect((await api.get(`${path}/entries`, { key })).body.data).toEqual([]);
  });
});

describe('a manager', () => {
  test('is judged by what there is: each name is one of an operation, a field, or a kind of job', () => {
    const unknown = (names: readonly string[], known: readonly string[]): readonly string[] =>
      names.filter((name) => !known.includes(name));
    const ids = operations.map(({ id }) => id);
    expect(unknown([...managerOperations, ...Object.keys(managerRefusals)], ids)).toEqual([]);
    const fields = Object.keys(clientFieldSpecs);
    expect(unknown([...managerFields, ...Object.keys(managerFieldRefusals)], fields)).toEqual([]);
    expect(unknown([...managerJobs, ...Object.keys(managerJobRefusals)], Object.keys(jobKinds))).toEqual([]);
    // One that is in both lists would be refused, and the other list would say otherwise.
    expect(managerOperations.filter((id) => id in managerRefusals)).toEqual([]);
  });

  test('sees only its clients, may look after them, and is refused the rest with the reason', async () => {
    const owner = await reseller('Employer');
    const manager = await reseller('Mel', { kind: 'manager', parentId: owner });
    const key = await api.makeKey({ resellerId: manager });
    const user = await made('/v1/users', { name: 'Mel', email: 'mel@operator.example', resellerId: manager });
    expect((await api.get(`/v1/users/${user}`)).body.resellerId).toBe(manager);
    const own = await made('/v1/clients', { name: 'Own', currency: 'USD', resellerId: owner, managerId: manager });
    await made('/v1/clients', { name: 'Of others', currency: 'USD', resellerId: owner });
    const seen = await api.get('/v1/clients', { key });
    expect(seen.body.data.map(({ name }: { name: string }) => name)).toEqual(['Own']);
    const path = `/v1/clients/${own}`;
    const tags = await api.call('PATCH', path, { tags: ['vip'], mainEmail: 'main@own.example' }, { ...any, key });
    expect(tags).toHaveStatus(200);
    expect(await api.call('PATCH', path, { status: 'stop' }, { ...any, key })).toHaveStatus(200);
    const job = (kind: string, parameters: object): object => ({
      ...{ kind, parameters, selection: { clientIds: [own] }, reason: 'x' },
    });
    const refusals: readonly (readonly [Promise<Reply>, RegExp])[] = [
      [
        api.post('/v1/payments', { id: 'm', clientId: own, amount: '1.00', currency: 'USD' }, { key }),
        /no transactions/,
      ],
      [api.post(`${path}/charges`, { id: 'm', amount: '1.00', currency: 'USD' }, { key }), /no transactions/],
      [api.post(`${path}/adjustments`, { id: 'm', amount: '1.00', currency: 'USD' }, { key }), /no transactions/],
      [api.post(`${path}/invoices`, { issue: true }, { key }), /no invoices/],
      [
        api.call('PUT', `${path}/credit-limit`, { creditLimit: '9.00', reason: 'x' }, { ...any, key }),
        /permanent credit limit/,
      ],
      [api.call('PATCH', path, { creditLimit: '9.00', reason: 'x' }, { ...any, key }), /permanent credit limit/],
      [api.call('PATCH', path, { status: 'deleted' }, { ...any, key }), /not their terms/],
      [api.call('PATCH', path, { autoinvoicing: true }, { ...any, key }), /not their terms/],
      [api.call('PATCH', path, { warningThresholds: ['5.00'] }, { ...any, key }), /not their terms/],
      [api.call('PATCH', path, { externalId: 'other' }, { ...any, key }), /not their terms/],
      [api.post(`${path}/restore`, {}, { ...any, key }), /not their terms/],
      // With a source, payments can be posted.
      [api.post('/v1/webhook-sources', { name: 'of-manager' }, { key }), /no transactions/],
      [api.post('/v1/webhook-endpoints', {}, { key }), /responsible for clients/],
      [api.post('/v1/jobs', job('set_client_template', { clientTemplateId: null }), { key }), /not their terms/],
      [api.post('/v1/jobs', job('assign_profile', { profileId: '1' }), { key }), /not their terms/],
      [api.post('/v1/jobs', job('set_last_invoiced', { date: '2026-01-01' }), { key }), /no invoices/],
      [api.post('/v1/resellers', { name: 'Below' }, { key }), /no sub-resellers/],
      [api.post('/v1/profiles', { name: 'p', currency: 'USD' }, { key }), /owns nothing/],
      [api.post('/v1/tax-profiles', {}, { key }), /owns nothing/],
      [api.post('/v1/mail-templates', {}, { key }), /owns nothing/],
      [
        api.post('/v1/jobs', job('set_credit_limit', { creditLimit: { amount: '9.00', currency: 'USD' } }), { key }),
        /permanent credit limit/,
      ],
    ];
    for (const [sent, reason] of refusals) {
      const reply = await sent;
      expect(reply).toBeProblem(403, 'manager_not_permitted');
      expect(reply.body.detail).toMatch(reason);
    }
    const { permissions } = (await api.get('/v1/me', { key })).body;
    expect(permissions).toContain('grantTemporaryCredit');
    expect(permissions).not.toContain('postPayment');
  });
});
