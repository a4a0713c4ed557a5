import { startTestApi, type Reply, type TestApi } from '../../../support/api/api.js';
import { noCap } from '../../../../src/storage/credit/credit-cap.js';
import { asUser, makePerson } from '../../../support/data/people.js';
import { anyVersion } from '../../../support/api/refusals.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const patch = (body: object): Promise<Reply> => api.call('PATCH', '/v1/settings', body, anyVersion);

test('an installation begins with the defaults', async () => {
  const { body } = await api.get('/v1/settings');
  expect(body).toEqual({
    temporaryCredit: 'finite',
    creditRequestHours: 72,
    maximumIncreases: {},
    transfersAcrossClients: false,
    panelChangesThresholds: false,
    panelCardPayments: true,
    issueEmptyInvoices: false,
    version: 1,
  });
});

test('a change is recorded with what it changed, and the same again changes nothing', async () => {
  const changed = await patch({ temporaryCredit: 'postpaid_only', creditRequestHours: 24, reason: 'policy' });
  expect(changed).toHaveStatus(200);
  expect(changed.body).toMatchObject({ temporaryCredit: 'postpaid_only', creditRequestHours: 24, version: 2 });
  expect((await patch({ temporaryCredit: 'postpaid_only' })).body.version).toBe(2);
  const { body } = await api.get('/v1/audit?action=installation_settings.update');
  expect(body.data).toHaveLength(1);
  expect(body.data[0]).toMatchObject({
    subjectType: 'installation_settings',
    subjectId: 'installation',
    reason: 'policy',
    before: { temporaryCredit: 'finite', creditRequestHours: 72 },
    after: { temporaryCredit: 'postpaid_only', creditRequestHours: 24 },
  });
});

test.each([
  [{ creditRequestHours: 23 }, '#/creditRequestHours'],
  [{ creditRequestHours: 721 }, '#/creditRequestHours'],
  [{ temporaryCredit: 'prepaid_only' }, '#/temporaryCredit'],
  [{ transfersAcrossClients: 'yes' }, '#/transfersAcrossClients'],
  [{ maximumIncreases: { admin: { days: 0 } } }, '#/maximumIncreases/admin/days'],
  [{ maximumIncreases: { viewer: { days: 1 } } }, '#/maximumIncreases/viewer'],
  [{ maximumIncreases: { installation: { percent: '-1' } } }, '#/maximumIncreases/installation/percent'],
  [{ other: 1 }, '#/other'],
])('%j is refused at its field', async (body, pointer) => {
  expect(await patch(body)).toBeProblem(400, 'invalid', pointer);
});

describe('the maximum possible increase', () => {
  const usd = (amount: string) => ({ amount: { amount, currency: 'USD' } });
  const maximumOf = async (id: string): Promise<unknown> =>
    (await api.get('/v1/me', await asUser(api, id))).body.maximumIncrease;

  afterAll(() => patch({ maximumIncreases: {} }));

  test('is that of the user, else of the role, else of the installation', async () => {
    const own = await makePerson(api, 'credit_controller', { cap: { ...noCap, maxPercent: '25' } });
    const [controller, admin] = [await makePerson(api, 'credit_controller'), await makePerson(api, 'admin')];
    const none = { amount: null, percent: null, days: null };
    expect(await maximumOf(controller.id)).toEqual(none);
    const maximumIncreases = { installation: { ...usd('50'), days: 7 }, credit_controller: { percent: '10' } };
    expect(await patch({ maximumIncreases })).toHaveStatus(200);
    expect(await maximumOf(own.id)).toEqual({ ...none, percent: '25' });
    expect(await maximumOf(controller.id)).toEqual({ ...none, percent: '10' });
    expect(await maximumOf(admin.id)).toEqual({ ...usd('50.00'), percent: null, days: 7 });
    const client = await api.post('/v1/clients', { name: 'Acme', currency: 'USD', creditLimit: '200' });
    const limits = `/v1/clients/${client.body.id}/temporary-credits/limits`;
    expect((await api.get(limits, await asUser(api, controller.id))).body.maxAmount).toBe('20.00');
    expect((await api.get(limits, await asUser(api, admin.id))).body).toMatchObject({ maxAmount: '50.00', maxDays: 7 });
  });

  test('is not raised above that of who sets it', async () => {
    await patch({ maximumIncreases: {} });
    const admin = await asUser(api, (await makePerson(api, 'admin', { cap: { ...noCap, maxDays: 30 } })).id);
    const set = (maximumIncreases: object): Promise<Reply> =>
      api.call(
        'PATCH',
        '/v1/settings',
        { maximumIncreases },
        { ...admin, headers: { ...admin.headers, ...anyVersion.headers } },
      );
    expect(await set({ admin: { days: 31 } })).toBeProblem(
      422,
      'credit_above_maximum',
      '#/maximumIncreases/admin/days',
    );
    expect(await set({ admin: { days: 30 } })).toHaveStatus(200);
  });
});

test('a version that was read before the change is stale', async () => {
  const { headers } = await api.get('/v1/settings');
  const stale = { headers: { 'if-match': headers.get('etag') ?? '' } };
  expect(await api.call('PATCH', '/v1/settings', { transfersAcrossClients: true }, stale)).toHaveStatus(200);
  const second = await api.call('PATCH', '/v1/settings', { transfersAcrossClients: false }, stale);
  expect(second).toBeProblem(412, 'version_stale');
});
