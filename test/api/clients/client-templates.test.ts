import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

/** Values that clients have from a template: own, else the template's, else the default. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const anyVersion = { headers: { 'If-Match': '*' } };
const call = (method: 'PATCH' | 'DELETE' | 'POST', path: string, body?: object, key = api.key): Promise<Reply> =>
  api.call(method, path, body, { ...anyVersion, key });

let count = 0;
async function made(path: string, body: object): Promise<string> {
  count += 1;
  const reply = await api.post(path, { name: `Name ${count}`, ...body });
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}
const template = (values: object, more: object = {}): Promise<string> =>
  made('/v1/client-templates', { currency: 'USD', values, ...more });
const client = (fields: object = {}): Promise<string> => made('/v1/clients', { currency: 'USD', ...fields });
const read = async (id: string): Promise<Reply['body']> => (await api.get(`/v1/clients/${id}`)).body;
const edit = (id: string, values: object, more: object = {}): Promise<Reply> =>
  call('PATCH', `/v1/client-templates/${id}`, { values, ...more });

describe('a new client', () => {
  test('has what its template sets, its own values, and defaults, and says which is which', async () => {
    const id = await template({ creditLimit: '50', originationCapacity: 30, terminationCapacity: 'unlimited' });
    const { body } = await api.post('/v1/clients', {
      ...{ name: 'Acme', currency: 'USD', clientTemplateId: id, originationCapacity: 10 },
    });
    expect(body).toMatchObject({
      ...{ clientTemplateId: id, creditLimit: '50.00', originationCapacity: 10, terminationCapacity: null },
      inheritance: {
        creditLimit: { from: 'template', own: null, template: '50.00', effective: '50.00' },
        originationCapacity: { from: 'own', own: 10, template: 30, effective: 10 },
        terminationCapacity: { from: 'template', template: 'unlimited', effective: 'unlimited' },
        autoinvoicing: { from: 'default', own: null, template: null, effective: false },
      },
    });
  });

  test('has the rate tables of its template, or its own, or none', async () => {
    const [first, second, own] = [
      await made('/v1/rate-tables', { currency: 'USD' }),
      await made('/v1/rate-tables', { currency: 'USD' }),
      await made('/v1/rate-tables', { currency: 'USD' }),
    ];
    const id = await template({ originationRateTableId: first, terminationRateTableId: first });
    const acme = await client({ clientTemplateId: id, terminationRateTableId: own });
    expect(await read(acme)).toMatchObject({
      ...{ originationRateTableId: first, terminationRateTableId: own },
      inheritance: {
        originationRateTableId: { from: 'template', own: null, template: first, effective: first },
        terminationRateTableId: { from: 'own', own, template: first, effective: own },
      },
    });
    expect((await api.get(`/v1/rate-tables/${first}`)).body.clients).toBe(1);
    await edit(id, { originationRateTableId: second });
    expect((await read(acme)).originationRateTableId).toBe(second);
    const used = await call('DELETE', `/v1/rate-tables/${first}`);
    expect(used).toBeProblem(409, 'in_use');
    expect(used.body.detail).toContain('1 client template uses this rate table');
    await edit(id, { originationRateTableId: null, terminationRateTableId: null });
    expect(await read(acme)).toMatchObject({ originationRateTableId: null, terminationRateTableId: own });
    expect(await call('DELETE', `/v1/rate-tables/${first}`)).toHaveStatus(204);
    const unknown = await edit(id, { originationRateTableId: '999999' });
    expect(unknown).toBeProblem(404, 'not_found', '#/values/originationRateTableId');
  });

  test('gets the tags of the template once', async () => {
    const id = await template({}, { tags: ['wholesale', 'VIP'] });
    const acme = await client({ clientTemplateId: id, tags: ['vip'] });
    expect((await read(acme)).tags).toEqual(['vip', 'wholesale']);
    await call('PATCH', `/v1/client-templates/${id}`, { tags: ['other'] });
    expect((await read(acme)).tags).toEqual(['vip', 'wholesale']);
  });

  test('can’t have a template in another currency, or one that does not exist', async () => {
    const id = await template({ creditLimit: '5.00' });
    const other = await api.post('/v1/clients', { name: 'Euro', currency: 'EUR', clientTemplateId: id });
    expect(other).toBeProblem(422, 'currency_mismatch', '#/clientTemplateId');
    const none = await api.post('/v1/clients', { name: 'None', currency: 'EUR', clientTemplateId: '999999' });
    expect(none).toBeProblem(404, 'not_found', '#/clientTemplateId');
  });

  test('needs credit:write where the template raises its credit limit', async () => {
    const id = await template({ creditLimit: '5.00' });
    const key = await api.makeKey({ scopes: ['clients:read', 'clients:write', 'profiles:write'] });
    const fields = { name: 'Acme', currency: 'USD', clientTemplateId: id };
    expect(await api.post('/v1/clients', fields, { key })).toBeProblem(403, 'scope_missing', '#/creditLimit');
    expect(await api.post('/v1/clients', { ...fields, creditLimit: '0.00' }, { key })).toHaveStatus(201);
    const asked = { name: 'Credit', currency: 'USD', values: { creditLimit: '1.00' } };
    const refused = await api.post('/v1/client-templates', asked, { key });
    expect(refused).toBeProblem(403, 'scope_missing', '#/values/creditLimit');
  });
});

describe('an edit of a template', () => {
  test('changes its clients at once, except for their own values', async () => {
    const id = await template({ creditLimit: '50.00', originationCapacity: 30 });
    const [inheriting, own] = [
      await client({ clientTemplateId: id }),
      await client({ clientTemplateId: id, creditLimit: '5.00', reason: 'contract' }),
    ];
    const { version } = await read(inheriting);
    const reply = await edit(id, { creditLimit: '70.00' }, { reason: 'agreed' });
    expect(reply.body).toMatchObject({ values: { creditLimit: '70.00' }, effect: { clientsUpdated: 1 }, clients: 2 });
    expect(await read(inheriting)).toMatchObject({ creditLimit: '70.00', version: version + 1 });
    expect((await read(own)).creditLimit).toBe('5.00');
    const found = await api.get(`/v1/clients?clientTemplateId=${id}&creditLimitFrom=70&currency=USD`);
    expect(found.body.data.map((row: { id: string }) => row.id)).toEqual([inheriting]);
    const [signal] = await api.sql`
      select kind, origin from outbox where client_id = ${inheriting} and origin = 'fleet'`;
    expect(signal).toEqual({ kind: 'configurationChanged', origin: 'fleet' });
    const history = await api.get(`/v1/clients/${inheriting}/credit-limit/history`);
    expect(history.body.data[0]).toMatchObject({ permanent: { before: '50.00', after: '70.00' }, reason: 'agreed' });
    const audit = await api.get(`/v1/audit?clientId=${inheriting}&action=client.update`);
    expect(audit.body.data[0]).toMatchObject({
      ...{ before: { creditLimit: '50.00' }, after: { creditLimit: '70.00' }, reason: 'agreed' },
    });
  });

  test('that no longer sets a value gives the default back', async () => {
    const id = await template({ creditLimit: '50.00', originationCapacity: 30, locale: 'uk' });
    const acme = await client({ clientTemplateId: id });
    await edit(id, { originationCapacity: null, locale: null });
    expect(await read(acme)).toMatchObject({ originationCapacity: null, creditLimit: '50.00', locale: 'en' });
  });

  test('is refused where a client could not have a value next to its own, and the preview says so', async () => {
    const id = await template({ lowBalanceThreshold: '5.00' });
    const acme = await client({ clientTemplateId: id, notifyClient: true });
    const draft = { values: { lowBalanceThreshold: null } };
    const preview = await api.post(`/v1/client-templates/${id}/preview`, draft);
    expect(preview.body).toMatchObject({
      ...{ clients: 1, changed: 1, fields: [{ field: 'lowBalanceThreshold', clients: 1 }] },
      refused: {
        count: 1,
        data: [{ clientId: acme, detail: expect.stringContaining('is required with notifyClient') }],
      },
    });
    expect(await edit(id, draft.values)).toBeProblem(409, 'conflict', '#/values');
    expect((await read(acme)).lowBalanceThreshold).toBe('5.00');
  });

  test('is refused where it takes the threshold of automatic payments, as an edit of the client is', async () => {
    const id = await template({ lowBalanceThreshold: '5.00' });
    const on = { autoPayment: true, autoPaymentExtraAmount: '20.00' };
    const acme = await client({ clientTemplateId: id, ...on });
    const own = await client({ clientTemplateId: id, ...on, autoPaymentThreshold: '3.00' });
    const draft = { values: { lowBalanceThreshold: null } };
    const preview = await api.post(`/v1/client-templates/${id}/preview`, draft);
    expect(preview.body.refused).toMatchObject({
      count: 1,
      data: [{ clientId: acme, detail: expect.stringContaining('no threshold says when to charge') }],
    });
    expect(await edit(id, draft.values)).toBeProblem(409, 'conflict', '#/values');
    expect((await read(own)).lowBalanceThreshold).toBe('5.00');
    await call('PATCH', `/v1/clients/${acme}`, { autoPaymentThreshold: '2.00' });
    expect(await edit(id, draft.values)).toHaveStatus(200);
    expect([await read(acme), await read(own)]).toMatchObject([
      { lowBalanceThreshold: null, autoPaymentThreshold: '2.00' },
      { lowBalanceThreshold: null, autoPaymentThreshold: '3.00' },
    ]);
  });

  test('previews who becomes low', async () => {
    const profileId = await made('/v1/profiles', {
      ...{ currency: 'USD', userRule: { threshold: '10.00', notifyOwner: true } },
    });
    const id = await template({ creditLimit: '50.00', profileId });
    const [inheriting] = [
      await client({ clientTemplateId: id, ownerEmail: 'owner@acme.example' }),
      await client({ clientTemplateId: id, creditLimit: '50.00', reason: 'own', ownerEmail: 'owner@acme.example' }),
    ];
    const preview = await api.post(`/v1/client-templates/${id}/preview`, { values: { creditLimit: '5.00' } });
    expect(preview.body).toMatchObject({
      clients: 2,
      changed: 1,
      impact: {
        clients: 2,
        low: { before: 0, after: 1 },
        newlyNotified: { count: 1, data: [{ clientId: inheriting }] },
      },
    });
    expect((await read(inheriting ?? '')).creditLimit).toBe('50.00');
  });

  test('may make its capacity at low balance the higher one: the lower one of both holds', async () => {
    const id = await template({ lowBalanceThreshold: '5.00', lowBalanceCapacity: 2 });
    const one = await client({ clientTemplateId: id, originationCapacity: 5 });
    expect(await edit(id, { lowBalanceThreshold: '5.00', lowBalanceCapacity: 7 })).toHaveStatus(200);
    expect(await read(one)).toMatchObject({ originationCapacity: 5, lowBalanceCapacity: 7 });
    expect(await call('PATCH', `/v1/clients/${one}`, { name: 'Renamed' })).toHaveStatus(200);
    const set = await call('PATCH', `/v1/clients/${one}`, { originationCapacity: 6 });
    expect(set).toBeProblem(400, 'invalid', '#/lowBalanceCapacity');
    expect(await call('DELETE', `/v1/client-templates/${id}`)).toBeProblem(409, 'in_use', '#/path/id');
  });

  test('and a change of a client at the same time leave what both say', async () => {
    const id = await template({ originationCapacity: 30, routingPlan: 'A' });
    const ids = await Promise.all(Array.from({ length: 6 }, () => client({ clientTemplateId: id })));
    for (const round of [1, 2, 3]) {
      const replies = await Promise.all([
        edit(id, { originationCapacity: 30 + round, routingPlan: `B${round}` }),
        ...ids.map((one) => call('PATCH', `/v1/clients/${one}`, { originationCapacity: round })),
        client({ clientTemplateId: id }).then((one) => void ids.push(one)),
      ]);
      expect(replies.filter(Boolean).map((reply) => reply?.status)).not.toContain(500);
      for (const one of ids.slice(0, 6)) {
        expect(await read(one)).toMatchObject({ originationCapacity: round, routingPlan: `B${round}` });
      }
      for (const one of ids.slice(6)) expect((await read(one)).routingPlan).toBe(`B${round}`);
      await Promise.all(ids.slice(6).map((one) => call('PATCH', `/v1/clients/${one}`, { originationCapacity: null })));
      expect((await read(ids[6] ?? '')).originationCapacity).toBe(30 + round);
    }
  });

  test.each([
    ['a wrong amount', { values: { creditLimit: 'much' } }, 400, '#/values/creditLimit'],
    ['ten digits', { values: { creditLimit: '1000000000' } }, 400, '#/values/creditLimit'],
    ['an unknown field', { values: { name: 'x' } }, 400, '#/values/name'],
    ['no profile', { values: { profileId: '999999' } }, 404, '#/values/profileId'],
    ['amounts without a currency', { currency: null }, 400, '#/currency'],
  ])('with %s changes nothing', async (_what, body, status, pointer) => {
    const id = await template({ creditLimit: '5.00' });
    const reply = await call('PATCH', `/v1/client-templates/${id}`, body);
    expect(reply).toBeProblem(status, status === 404 ? 'not_found' : 'invalid', pointer);
    expect((await api.get(`/v1/client-templates/${id}`)).body).toMatchObject({ version: 1 });
  });
});

describe('a client', () => {
  test('overrides a value and returns it to the template', async () => {
    const id = await template({ creditLimit: '50.00', profileId: await made('/v1/profiles', { currency: 'USD' }) });
    const acme = await client({ clientTemplateId: id });
    const own = await call('PATCH', `/v1/clients/${acme}`, {
      creditLimit: '5.00',
      profileId: 'none',
      reason: 'contract',
    });
    expect(own.body).toMatchObject({ creditLimit: '5.00', profileId: null });
    expect(own.body.inheritance.profileId).toMatchObject({ from: 'own', own: 'none', effective: 'none' });
    const back = await call('PATCH', `/v1/clients/${acme}`, { creditLimit: null, profileId: null, reason: 'standard' });
    expect(back.body.inheritance.creditLimit).toMatchObject({ from: 'template', effective: '50.00' });
    expect(back.body.inheritance.profileId.from).toBe('template');
  });

  test('keeps a limit of its own that another request has set', async () => {
    const id = await template({ creditLimit: '50.00' });
    const acme = await client({ clientTemplateId: id });
    const set = { creditLimit: '80.00', reason: 'agreed' };
    expect(await api.call('PUT', `/v1/clients/${acme}/credit-limit`, set, anyVersion)).toHaveStatus(200);
    expect((await read(acme)).inheritance.creditLimit).toMatchObject({ from: 'own', effective: '80.00' });
  });

  test('is given a template after a preview of each field', async () => {
    const id = await template({ creditLimit: '50.00', originationCapacity: 30 }, { tags: ['new'] });
    const acme = await client({ creditLimit: '5.00', reason: 'contract' });
    const path = `/v1/clients/${acme}/client-template`;
    const preview = async (ownValues: string): Promise<object[]> => {
      const reply = await api.post(`${path}/preview`, { clientTemplateId: id, ownValues });
      expect(reply.body).toMatchObject({ newTags: ['new'], impact: { clients: 1 } });
      return reply.body.fields.filter(({ field }: { field: string }) =>
        ['creditLimit', 'originationCapacity'].includes(field),
      );
    };
    expect(await preview('keep')).toEqual([
      {
        field: 'creditLimit',
        from: 'own',
        own: '5.00',
        template: '50.00',
        effective: '5.00',
        before: '5.00',
        changes: false,
      },
      {
        field: 'originationCapacity',
        from: 'template',
        own: null,
        template: 30,
        effective: 30,
        before: 'unlimited',
        changes: true,
      },
    ]);
    expect((await preview('clear'))[0]).toMatchObject({ from: 'template', effective: '50.00', changes: true });
    const applied = await call('POST', path, { clientTemplateId: id, ownValues: 'clear' });
    expect(applied.body).toMatchObject({ creditLimit: '50.00', originationCapacity: 30, tags: ['new'] });
    const detached = await call('POST', `${path}/detach`, {});
    expect(detached.body).toMatchObject({ clientTemplateId: null, creditLimit: '50.00' });
    expect(detached.body.inheritance.originationCapacity).toMatchObject({ from: 'own', own: 30 });
    expect(await call('POST', `${path}/detach`, {})).toBeProblem(409, 'conflict');
  });

  test('falls back to defaults without its template', async () => {
    const id = await template({ creditLimit: '50.00', originationCapacity: 30 });
    const acme = await client({ clientTemplateId: id });
    const path = `/v1/clients/${acme}/client-template`;
    const gone = await call('POST', path, { clientTemplateId: null });
    expect(gone.body).toMatchObject({ clientTemplateId: null, creditLimit: '0.00', originationCapacity: null });
  });
});

describe('a template in use', () => {
  test('is deleted only after its clients are detached, which keep its values', async () => {
    const id = await template({ creditLimit: '50.00' });
    const [acme, other] = [await client({ clientTemplateId: id }), await client({ clientTemplateId: id })];
    const refused = await call('DELETE', `/v1/client-templates/${id}`);
    expect(refused).toBeProblem(409, 'in_use');
    expect(refused.body.detail).toContain('2 clients use this client template');
    expect((await call('POST', `/v1/client-templates/${id}/detach`, { reason: 'ended' })).body).toEqual({ clients: 2 });
    expect(await read(acme)).toMatchObject({ clientTemplateId: null, creditLimit: '50.00' });
    expect((await read(other)).inheritance.creditLimit.from).toBe('own');
    expect(await call('DELETE', `/v1/client-templates/${id}`)).toHaveStatus(204);
  });

  test('keeps what it refers to from being deleted', async () => {
    const profileId = await made('/v1/profiles', { currency: 'USD' });
    const terms = await made('/v1/payment-terms', { mode: 'every', days: 7, graceDays: 7 });
    const id = await template({ profileId, paymentTermsId: terms });
    for (const path of [`/v1/profiles/${profileId}`, `/v1/payment-terms/${terms}`]) {
      const refused = await call('DELETE', path);
      expect(refused).toBeProblem(409, 'in_use');
      expect(refused.body.detail).toContain('1 client template uses this');
    }
    expect(await call('DELETE', `/v1/client-templates/${id}`)).toHaveStatus(204);
    expect(await call('DELETE', `/v1/profiles/${profileId}`)).toHaveStatus(204);
  });

  test('is in the file of templates, and by name in that of clients', async () => {
    const id = await template({ creditLimit: '50.00', originationCapacity: 'unlimited' }, { name: 'Exported' });
    await client({ clientTemplateId: id, name: 'Exported client' });
    const file = async (path: string): Promise<string> =>
      (await fetch(api.url + path, { headers: { Authorization: `Bearer ${api.key}` } })).text();
    const templates = await file(
      '/v1/exports/client-templates.csv?q=Exported&columns=name,creditLimit,originationCapacity',
    );
    expect(templates.trim().split('\r\n').at(-1)).toBe('Exported,50.00,unlimited');
    const clients = await file(`/v1/exports/clients.csv?clientTemplateId=${id}&columns=name,clientTemplate`);
    expect(clients.trim().split('\r\n').at(-1)).toBe('Exported client,Exported');
  });
});
