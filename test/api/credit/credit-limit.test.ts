import type { TestApi } from '../../support/api/api.js';
import {
  api,
  clientId,
  until,
  newClient,
  storedGrant,
  fingerprint,
  useCreditApi,
} from '../../support/credit/credit-api.js';

useCreditApi();

describe('the permanent limit', () => {
  test('is read and set, with history, audit and a look of the monitor', async () => {
    const path = `/v1/clients/${clientId}/credit-limit`;
    const read = await api.get(path);
    expect(read.body).toMatchObject({
      clientId,
      creditLimit: '100.00',
      currency: 'USD',
      unlimited: false,
      temporaryCredit: '0.00',
    });
    await storedGrant({ amount: '25' });
    const headers = { 'If-Match': read.headers.get('etag') ?? '' };
    const set = await api.call('PUT', path, { creditLimit: '250.5', reason: 'new contract' }, { headers });
    expect(set).toHaveStatus(200);
    expect(set.body.creditLimit).toBe('250.50');
    expect(set.headers.get('etag')).toBe('"2"');
    const history = await api.get(`${path}/history`);
    expect(history.body.data).toEqual([
      {
        id: expect.any(String),
        at: '2026-03-01T10:00:00Z',
        kind: 'set',
        permanent: { before: '100.00', after: '250.50' },
        temporary: { before: '25.00', after: '25.00' },
        temporaryCreditId: null,
        actor: expect.stringMatching(/^key:/),
        reason: 'new contract',
      },
    ]);
    expect(await api.sql`select client_id, kind from outbox`).toEqual([
      { client_id: clientId, kind: 'balanceChanged' },
    ]);
    const [audit] = await api.sql`select action, reason, before, after, client_id from audit order by id desc limit 1`;
    expect(audit).toEqual({
      action: 'credit_limit.set',
      reason: 'new contract',
      before: { creditLimit: '100.00' },
      after: { creditLimit: '250.50' },
      client_id: clientId,
    });
  });

  test.each(['1000000000', '-1000000000', '1000000000.000001'])(
    '%s has too many digits, wherever it is set',
    async (limit) => {
      const detail = 'must have up to 9 digits before the point';
      const fresh = { name: 'Too high', currency: 'USD', creditLimit: limit };
      const headers = { 'If-Match': '*' };
      const amount = { amount: limit, currency: 'USD' };
      const job = {
        kind: 'set_credit_limit',
        parameters: { creditLimit: amount },
        selection: { ids: [clientId] },
        reason: 'contract',
      };
      const replies = [
        [await api.post('/v1/clients', fresh), '#/creditLimit'],
        [
          await api.call('PATCH', `/v1/clients/${clientId}`, { creditLimit: limit, reason: 'x' }, { headers }),
          '#/creditLimit',
        ],
        [
          await api.call(
            'PUT',
            `/v1/clients/${clientId}/credit-limit`,
            { creditLimit: limit, reason: 'x' },
            { headers },
          ),
          '#/creditLimit',
        ],
        [await api.post('/v1/jobs', job), '#/parameters/creditLimit/amount'],
      ] as const;
      for (const [reply, pointer] of replies) {
        expect(reply).toBeProblem(400, 'invalid', pointer);
        expect(reply.body.errors).toContainEqual(expect.objectContaining({ pointer, detail }));
      }
    },
  );

  test.each(['999999999.999999', '-999999999.999999'])('%s is the most that it can be', async (creditLimit) => {
    const reply = await api.post('/v1/clients', { name: `Limit ${creditLimit}`, currency: 'USD', creditLimit });
    expect(reply.body).toMatchObject({ creditLimit });
  });

  test('its changes are listed over all clients', async () => {
    const set = (creditLimit: string, reason: string): Promise<unknown> =>
      api.call(
        'PUT',
        `/v1/clients/${clientId}/credit-limit`,
        { creditLimit, reason },
        { headers: { 'If-Match': '*' } },
      );
    await set('150', 'good payer');
    await set('90', 'late twice');
    const rows = async (query: string): Promise<unknown[]> =>
      (await api.get(`/v1/credit-limit-changes?${query}`)).body.data;
    expect(await rows(`clientId=${clientId}`)).toMatchObject([
      { clientName: 'Customer B', currency: 'USD', permanent: { before: '150.00', after: '90.00' }, kind: 'set' },
      { permanent: { before: '100.00', after: '150.00' }, reason: 'good payer' },
    ]);
    expect(await rows(`clientId=${clientId}&q=twice`)).toHaveLength(1);
    expect(await rows(`clientId=${clientId}&kind=granted,reverted`)).toEqual([]);
    expect(await rows(`clientId=${clientId}&to=2026-01-01T00:00:00Z`)).toEqual([]);
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
    expect((await api.get('/v1/credit-limit-changes', { key: stranger })).body.data).toEqual([]);
  });

  test('set to what it is changes nothing', async () => {
    const before = await fingerprint();
    const same = await api.call(
      'PUT',
      `/v1/clients/${clientId}/credit-limit`,
      { creditLimit: '100', reason: 'x' },
      { headers: { 'If-Match': '"1"' } },
    );
    expect(same).toHaveStatus(200);
    expect(await fingerprint()).toBe(before);
  });

  test('is set while Temporal is down, and may be negative', async () => {
    api.temporal.down = true;
    const set = await api.call(
      'PUT',
      `/v1/clients/${clientId}/credit-limit`,
      { creditLimit: '-20', reason: 'keeps a deposit' },
      { headers: { 'If-Match': '*' } },
    );
    api.temporal.down = false;
    expect(set).toHaveStatus(200);
    expect(set.body.creditLimit).toBe('-20.00');
  });

  const cases: {
    name: string;
    body: object;
    headers?: Record<string, string>;
    status: number;
    code: string;
    pointer: string;
  }[] = [
    {
      name: 'no If-Match',
      body: {},
      headers: {},
      status: 428,
      code: 'precondition_required',
      pointer: '#/headers/if-match',
    },
    {
      name: 'a stale If-Match',
      body: {},
      headers: { 'If-Match': '"9"' },
      status: 412,
      code: 'version_stale',
      pointer: '#/headers/if-match',
    },
    { name: 'a float', body: { creditLimit: 5.5 }, status: 400, code: 'invalid', pointer: '#/creditLimit' },
    {
      name: '19 digits',
      body: { creditLimit: '1234567890123456789' },
      status: 400,
      code: 'invalid',
      pointer: '#/creditLimit',
    },
    { name: 'no reason', body: { reason: undefined }, status: 400, code: 'invalid', pointer: '#/reason' },
    { name: 'an empty reason', body: { reason: ' ' }, status: 400, code: 'invalid', pointer: '#/reason' },
    { name: 'an unknown field', body: { currency: 'USD' }, status: 400, code: 'invalid', pointer: '#/currency' },
  ];
  test.each(cases)('is refused: $name', async ({ body, headers = { 'If-Match': '"1"' }, status, code, pointer }) => {
    const before = await fingerprint();
    const answer = await api.call(
      'PUT',
      `/v1/clients/${clientId}/credit-limit`,
      { creditLimit: '1', reason: 'r', ...body },
      { headers },
    );
    expect(answer).toBeProblem(status, code, pointer);
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    if (status === 412) expect(answer.body.current).toMatchObject({ creditLimit: '100.00', version: 1 });
    expect(await fingerprint()).toBe(before);
  });

  test('is refused for a client without limit, a deleted one, an unknown one, and somebody else’s', async () => {
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
    const expected = [
      [await newClient({ model: 'unlimited' }), undefined, 409, 'client_unlimited'],
      [await newClient({ status: 'deleted' }), undefined, 409, 'client_deleted'],
      ['999999', undefined, 404, 'not_found'],
      [clientId, stranger, 404, 'not_found'],
    ] as const;
    const before = await fingerprint();
    for (const [id, key, status, code] of expected) {
      const answer = await api.call(
        'PUT',
        `/v1/clients/${id}/credit-limit`,
        { creditLimit: '1', reason: 'r' },
        { headers: { 'If-Match': '"1"' }, ...(key && { key }) },
      );
      expect(answer).toBeProblem(status, code);
    }
    expect(await fingerprint()).toBe(before);
  });
});

describe('the maximum possible increase', () => {
  const limits = (key: string, id = clientId): ReturnType<TestApi['get']> =>
    api.get(`/v1/clients/${id}/temporary-credits/limits`, { key });

  test('has no bounds for a key without', async () => {
    const { body } = await api.get(`/v1/clients/${clientId}/temporary-credits/limits`);
    expect(body).toMatchObject({
      maxAmount: null,
      maxUntil: null,
      maxPercent: null,
      maxDays: null,
      creditLimit: '100.00',
      refusal: null,
    });
  });

  test('is the lower of amount and share, and counts days from the beginning', async () => {
    const key = await api.makeKey({ cap: { maxAmount: '30', currency: 'USD', maxPercent: '20', maxDays: 30 } });
    expect((await limits(key)).body).toMatchObject({
      maxAmount: '20.00',
      maxPercent: '20',
      maxDays: 30,
      maxUntil: '2026-03-31T10:00:00Z',
    });
    expect((await limits(key, await newClient({ creditLimit: '1000' }))).body.maxAmount).toBe('30.00');
    const later = await api.get(`/v1/clients/${clientId}/temporary-credits/limits?from=2026-04-01T00:00:00Z`, { key });
    expect(later.body.maxUntil).toBe('2026-05-01T00:00:00Z');
  });

  test('is converted with the rate in force, and unknown without one', async () => {
    const key = await api.makeKey({ cap: { maxAmount: '30', currency: 'USD', maxPercent: null, maxDays: null } });
    const euro = await newClient({ currency: 'EUR' });
    const missing = await limits(key, euro);
    expect(missing).toBeProblem(422, 'no_rate');
    await api.sql`
      insert into exchange_rates (from_currency, to_currency, at, rate, created_by) values
        ('USD', 'EUR', '2026-02-01T00:00:00Z', 0.9, 'key:1'), ('USD', 'EUR', '2026-04-01T00:00:00Z', 0.5, 'key:1')`;
    expect((await limits(key, euro)).body).toMatchObject({ maxAmount: '27.00', currency: 'EUR' });
  });

  test('says why nothing can be lent', async () => {
    const unlimited = await newClient({ model: 'unlimited' });
    expect((await limits(api.key, unlimited)).body.refusal.code).toBe('client_unlimited');
    await storedGrant();
    expect((await limits(api.key)).body.refusal).toEqual({
      code: 'credit_exists',
      detail: expect.stringContaining(until),
    });
  });
});
