import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

let count = 0;
const weekly = { mode: 'every', days: 7, graceDays: 7 };
function create(fields: object = {}, key = api.key): Promise<Reply> {
  count += 1;
  return api.post('/v1/payment-terms', { name: `Terms ${count}`, ...weekly, ...fields }, { key });
}
const change = (id: string, fields: object, version = '*', key = api.key): Promise<Reply> =>
  api.call('PATCH', `/v1/payment-terms/${id}`, fields, { key, headers: { 'If-Match': version } });
const remove = (id: string): Promise<Reply> =>
  api.call('DELETE', `/v1/payment-terms/${id}`, undefined, { headers: { 'If-Match': '*' } });
async function client(fields: object): Promise<Reply> {
  return api.post('/v1/clients', { name: `Client ${(count += 1)}`, currency: 'USD', ...fields });
}

describe('payment terms', () => {
  test('every 7 days with 7 days to pay are 7/7, on the 1st with 14 days on 1/14', async () => {
    const every = await create({ name: ' Weekly ', remindBefore: [7, 3, 3], remindAfter: [1] });
    expect(every).toHaveStatus(201);
    expect(every.body).toMatchObject({
      ...{ name: 'Weekly', label: '7/7', mode: 'every', days: 7, day: null, graceDays: 7 },
      ...{ remindBefore: [3, 7], remindAfter: [1], clients: 0, version: 1, warnings: [], resellerId: api.operatorId },
    });
    const on = await create({ mode: 'on', days: null, day: 1, graceDays: 14 });
    expect(on.body).toMatchObject({ label: 'on 1/14', days: null, day: 1 });
    const { warnings, ...read } = every.body;
    expect(warnings).toEqual([]);
    expect((await api.get(`/v1/payment-terms/${read.id}`)).body).toEqual(read);
  });

  test('on day 30 are kept as day 28, and the answer says so', async () => {
    const made = await create({ mode: 'on', days: null, day: 30 });
    expect(made.body).toMatchObject({ day: 28, label: 'on 28/7' });
    expect(made.body.warnings).toEqual([{ pointer: '#/day', detail: 'was lowered to 28, which every month has' }]);
    expect((await change(made.body.id, { day: 5 })).body).toMatchObject({ day: 5, warnings: [] });
  });

  test.each([
    [{ days: null }, '#/days'],
    [{ day: 5 }, '#/day'],
    [{ mode: 'on', days: null }, '#/day'],
    [{ mode: 'on', day: 5 }, '#/days'],
    [{ days: 0 }, '#/days'],
    [{ days: 367 }, '#/days'],
    [{ mode: 'on', days: null, day: 32 }, '#/day'],
    [{ graceDays: -1 }, '#/graceDays'],
    [{ graceDays: 366 }, '#/graceDays'],
    [{ remindBefore: [0] }, '#/remindBefore/0'],
    [{ remindAfter: [366] }, '#/remindAfter/0'],
    [{ remindAfter: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, '#/remindAfter'],
    [{ name: '' }, '#/name'],
    [{ name: 'x'.repeat(65) }, '#/name'],
  ])('with %j are refused', async (fields, pointer) => {
    expect(await create(fields)).toBeProblem(400, 'invalid', pointer);
  });

  test('have one name within a reseller', async () => {
    await create({ name: 'Twice' });
    expect(await create({ name: 'twice' })).toBeProblem(409, 'already_exists', '#/name');
    const other = await api.reseller('Another');
    const theirs = await create({ name: 'Twice', resellerId: other });
    expect(theirs).toHaveStatus(201);
    const { body } = await create();
    expect(await change(body.id, { name: 'TWICE' })).toBeProblem(409, 'already_exists', '#/name');
  });

  test('are changed by version, with an audit row', async () => {
    const { body } = await create();
    const changed = await change(body.id, { mode: 'on', day: 1, graceDays: 14, reason: 'contract' }, '"1"');
    expect(changed.body).toMatchObject({ mode: 'on', days: null, day: 1, label: 'on 1/14', version: 2 });
    expect(await change(body.id, { graceDays: 3 }, '"1"')).toBeProblem(412, 'version_stale');
    const [audit] = await api.sql`
      select action, subject_id, reason, before, after from audit where subject_type = 'payment_terms' order by id desc limit 1`;
    expect(audit).toMatchObject({
      ...{ action: 'payment_terms.update', subject_id: body.id, reason: 'contract' },
      ...{ before: { mode: 'every', days: 7 }, after: { mode: 'on', days: null, day: 1 } },
    });
  });

  test('that clients use are not deleted', async () => {
    const { body } = await create();
    const made = await client({ paymentTermsId: body.id });
    await client({ paymentTermsId: body.id });
    const refused = await remove(body.id);
    expect(refused).toBeProblem(409, 'in_use');
    expect(refused.body.detail).toContain('2 clients use this set of payment terms');
    expect((await api.get(`/v1/payment-terms/${body.id}`)).body.clients).toBe(2);
    await api.sql`update clients set status = 'deleted' where payment_terms_id = ${body.id}`;
    expect(await remove(body.id)).toHaveStatus(204);
    expect((await api.get(`/v1/clients/${made.body.id}`)).body.paymentTermsId).toBeNull();
  });
});

describe('a client', () => {
  test('shows its terms by their label', async () => {
    const { body } = await create({ name: 'Fortnight', days: 14, graceDays: 30 });
    const made = await client({ paymentTermsId: body.id });
    expect(made.body).toMatchObject({
      paymentTermsId: body.id,
      paymentTermsLabel: '14/30',
      paymentTermsName: 'Fortnight',
    });
    const found = await api.get(`/v1/clients?paymentTermsId=${body.id}&sort=-paymentTermsLabel`);
    expect(found.body.data).toMatchObject([{ id: made.body.id, paymentTermsLabel: '14/30' }]);
    const path = `/v1/exports/clients.csv?columns=paymentTerms&paymentTermsId=${body.id}`;
    const file = await fetch(api.url + path, { headers: { Authorization: `Bearer ${api.key}` } });
    expect((await file.text()).trimEnd().split('\r\n').slice(1)).toEqual(['14/30']);
  });

  test('uses terms of its reseller and of those above', async () => {
    const above = await api.reseller('Above');
    const below = await api.reseller('Below', above);
    const aside = await api.reseller('Aside');
    const { body: inherited } = await create({ resellerId: above });
    const { body: foreign } = await create({ resellerId: aside });
    const made = await client({ resellerId: below, paymentTermsId: inherited.id });
    expect(made.body.paymentTermsId).toBe(inherited.id);
    expect(await client({ resellerId: below, paymentTermsId: foreign.id })).toBeProblem(
      409,
      'conflict',
      '#/paymentTermsId',
    );
    expect(await client({ paymentTermsId: '999999' })).toBeProblem(404, 'not_found', '#/paymentTermsId');
    // The reseller below sees by what its client is invoiced, and changes nothing of it.
    const key = await api.makeKey({ resellerId: below });
    const seen = await api.get(`/v1/clients/${made.body.id}`, { key });
    expect(seen.body).toMatchObject({ paymentTermsLabel: '7/7', paymentTermsId: inherited.id });
    expect(await change(inherited.id, { graceDays: 1 }, '*', key)).toBeProblem(404, 'not_found');
  });
});
