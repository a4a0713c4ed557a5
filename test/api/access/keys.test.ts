import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = null;
  await api.sql`delete from outbox`;
});

async function made(path: string, body: unknown): Promise<Reply> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply;
}

describe('API keys', () => {
  test('are shown once, listed without their secret, and revoked', async () => {
    const reply = await made('/v1/api-keys', {
      name: 'shop',
      scopes: ['payments:write', 'payments:write'],
      environment: 'test',
      expiresAt: '2999-01-01T00:00:00Z',
      maximumIncrease: { amount: { amount: '200', currency: 'USD' }, percent: '12.5', days: 30 },
    });
    const { key, ...shown } = reply.body;
    expect(key).toMatch(new RegExp(`^lw_test_${shown.prefix}_[0-9a-f]{48}$`));
    expect(shown).toMatchObject({
      name: 'shop',
      scopes: ['payments:write'],
      status: 'usable',
      expiresAt: '2999-01-01T00:00:00Z',
      lastUsedAt: null,
      maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, percent: '12.5', days: 30 },
    });
    expect((await api.get(`/v1/api-keys/${shown.id}`)).body).toEqual(shown);
    expect((await api.get('/v1/meta', { key })).body.caller.scopes).toEqual(['payments:write']);
    const list = await api.get('/v1/api-keys?sort=-id&limit=1');
    expect(list.body.data[0]).toMatchObject({ id: shown.id, status: 'usable' });
    expect(list.text).not.toContain(key.split('_')[3]);
    for (let times = 0; times < 2; times++) {
      expect(await api.call('DELETE', `/v1/api-keys/${shown.id}?reason=leaked`)).toHaveStatus(204);
    }
    expect(await api.get('/v1/meta', { key })).toBeProblem(401, 'key_revoked');
    expect((await api.get(`/v1/api-keys/${shown.id}`)).body.status).toBe('revoked');
    const revocations = await api.get(`/v1/audit?action=api_key.revoke&subjectId=${shown.id}`);
    expect(revocations.body.data).toHaveLength(1);
    expect(JSON.stringify((await api.get('/v1/audit')).body)).not.toContain(key.split('_')[3]);
  });

  test('can have no scope that the maker does not have', async () => {
    const key = await api.makeKey({ scopes: ['keys:write', 'clients:read'] });
    expect(await api.post('/v1/api-keys', { name: 'k', scopes: ['clients:read'] }, { key })).toHaveStatus(201);
    for (const scope of ['clients:write', '*']) {
      const reply = await api.post('/v1/api-keys', { name: 'k', scopes: ['clients:read', scope] }, { key });
      expect(reply).toBeProblem(403, 'scope_missing', '#/scopes/1');
    }
  });

  test('can have no higher maximum increase than the maker, and else get the maker’s', async () => {
    const cap = { maxAmount: '100', currency: 'USD', maxPercent: '10', maxDays: 7 };
    const key = await api.makeKey({ cap });
    const make = (maximumIncrease?: unknown): Promise<Reply> =>
      api.post(
        '/v1/api-keys',
        { name: 'k', scopes: ['credit:write'], ...(maximumIncrease ? { maximumIncrease } : {}) },
        { key },
      );
    expect((await make()).body.maximumIncrease).toEqual({
      amount: { amount: '100.00', currency: 'USD' },
      percent: '10',
      days: 7,
    });
    expect((await make({ days: 3 })).body.maximumIncrease).toMatchObject({ percent: '10', days: 3 });
    for (const [pointer, above] of [
      ['#/maximumIncrease/amount', { amount: { amount: '100.01', currency: 'USD' } }],
      ['#/maximumIncrease/amount', { amount: { amount: '1.00', currency: 'EUR' } }],
      ['#/maximumIncrease/percent', { percent: '10.0001' }],
      ['#/maximumIncrease/days', { days: 8 }],
    ] as const) {
      const reply = await make(above);
      expect(reply).toBeProblem(422, 'credit_above_maximum', pointer);
    }
  });
});
