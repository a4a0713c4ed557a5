import { startTestApi, type Reply, type TestApi } from '../../../support/api/api.js';
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
  [{ other: 1 }, '#/other'],
])('%j is refused at its field', async (body, pointer) => {
  expect(await patch(body)).toBeProblem(400, 'invalid', pointer);
});

test('a version that was read before the change is stale', async () => {
  const { headers } = await api.get('/v1/settings');
  const stale = { headers: { 'if-match': headers.get('etag') ?? '' } };
  expect(await api.call('PATCH', '/v1/settings', { transfersAcrossClients: true }, stale)).toHaveStatus(200);
  const second = await api.call('PATCH', '/v1/settings', { transfersAcrossClients: false }, stale);
  expect(second).toBeProblem(412, 'version_stale');
});
