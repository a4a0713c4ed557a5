import { DomainError } from '../../../src/domain/errors.js';
import { api, clientId, until, storedGrant, fingerprint, useCreditApi } from '../../support/credit/credit-api.js';

useCreditApi();

describe('lending', () => {
  const path = (): string => `/v1/clients/${clientId}/temporary-credits`;

  test('asks the monitor, with the granter’s own maximum', async () => {
    const key = await api.makeKey({ cap: { maxAmount: '200', currency: 'USD', maxPercent: '60', maxDays: 14 } });
    const answer = await api.post(path(), { amount: '50', validUntil: until, reason: 'bank holiday' }, { key });
    expect(answer).toHaveStatus(201);
    expect(answer.headers.get('location')).toBe('/v1/temporary-credits/77');
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      id: '77',
      clientId,
      amount: '50.00',
      percent: null,
      currency: 'USD',
      validFrom: '2026-03-01T10:00:00Z',
      validUntil: until,
      status: 'active',
      reason: 'bank holiday',
      grantedBy: 'key:1',
      version: 1,
    });
    expect(api.temporal.calls).toEqual([
      {
        method: 'grantCredit',
        id: clientId,
        input: expect.objectContaining({
          amount: '50.00',
          validUntil: '2026-03-05T18:00:00.000Z',
          reason: 'bank holiday',
          cap: { maxAmount: '200.00', maxPercent: '60.0000', maxDays: 14 },
        }),
        updateId: expect.any(String),
      },
    ]);
  });

  test('twice with the same X-Request-Id is two requests', async () => {
    const headers = { 'X-Request-Id': 'the-same' };
    for (const amount of ['50', '60']) await api.post(path(), { amount, validUntil: until, reason: 'r' }, { headers });
    const asked = api.temporal.calls.map(({ input }) => JSON.stringify(input));
    expect(new Set(asked.map((input) => JSON.parse(input).requestId)).size).toBe(2);
  });

  test('takes a share, and a later beginning', async () => {
    await api.post(path(), { percent: '20', from: '2026-03-02T00:00:00Z', validUntil: until, reason: 'r' });
    expect(api.temporal.calls[0]?.input).toMatchObject({ percent: '20', from: '2026-03-02T00:00:00.000Z' });
    expect(api.temporal.calls[0]?.input).not.toHaveProperty('amount');
  });

  test('under the same id or Idempotency-Key is one request', async () => {
    const body = { id: 'tc-1', amount: '50', validUntil: until, reason: 'r' };
    await api.post(path(), body);
    expect(api.temporal.calls[0]?.input).toMatchObject({ requestId: 'id:tc-1' });
    const stored = await storedGrant({ requestId: 'id:tc-1' });
    api.temporal.down = true;
    const again = await api.post(path(), body);
    api.temporal.down = false;
    expect(again).toHaveStatus(200);
    expect(again.body.id).toEqual(stored);
    for (const twist of [
      { amount: '51' },
      { validUntil: '2026-03-06T18:00:00Z' },
      { amount: undefined, percent: '50' },
    ]) {
      const other = await api.post(path(), { ...body, ...twist });
      expect(other).toBeProblem(409, 'conflict', '#/id');
    }
    const headers = { 'Idempotency-Key': 'abc' };
    const { id: _, ...anonymous } = body;
    const first = await api.post(path(), anonymous, { headers });
    const second = await api.post(path(), anonymous, { headers });
    expect(first).toHaveStatus(201);
    expect(second).toHaveStatus(201);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(api.temporal.calls.filter(({ method }) => method === 'grantCredit')).toHaveLength(2);
  });

  test.each([
    ['credit_exists', 409, '', undefined],
    ['client_unlimited', 409, '', undefined],
    ['credit_above_maximum', 422, '/amount', '#/amount'],
    ['credit_limit_not_positive', 422, '/percent', '#/percent'],
  ] as const)('is refused by the monitor: %s', async (code, status, pointer, shown) => {
    api.temporal.answer('grantCredit', async () => {
      throw new DomainError(code, 'because', pointer);
    });
    const answer = await api.post(path(), { amount: '50', validUntil: until, reason: 'r' });
    expect(answer).toBeProblem(status, code, shown);
  });

  test('answers 503 with Retry-After while Temporal is down, and nothing is lent', async () => {
    api.temporal.down = true;
    const before = await fingerprint();
    const answer = await api.post(path(), { amount: '50', validUntil: until, reason: 'r' });
    api.temporal.down = false;
    expect(answer).toBeProblem(503, 'temporal_unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body.retryAfterSeconds).toBe(5);
    expect(await fingerprint()).toBe(before);
  });

  const bad: [string, object, string][] = [
    ['neither amount nor percent', { amount: undefined }, '#/amount'],
    ['both', { percent: '20' }, '#/amount'],
    ['an amount of 10 digits', { amount: '1000000000' }, '#/amount'],
    ['a float', { amount: 50.5 }, '#/amount'],
    ['nothing', { amount: '0' }, '#/amount'],
    ['19 digits', { amount: '1234567890123456789' }, '#/amount'],
    ['a share that is none', { amount: undefined, percent: '-5' }, '#/percent'],
    ['a share as a number', { amount: undefined, percent: 20 }, '#/percent'],
    ['no end', { validUntil: undefined }, '#/validUntil'],
    ['an end that is none', { validUntil: 'tomorrow' }, '#/validUntil'],
    ['no reason', { reason: undefined }, '#/reason'],
    ['a reason of two lines', { reason: 'a\nb' }, '#/reason'],
    ['an unknown field', { currency: 'USD' }, '#/currency'],
  ];
  test.each(bad)('is refused before the monitor is asked: %s', async (_name, fields, pointer) => {
    const before = await fingerprint();
    const answer = await api.post(path(), { amount: '50', validUntil: until, reason: 'r', ...fields });
    expect(answer).toBeProblem(400, 'invalid', pointer);
    expect(api.temporal.calls).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });

  test('to somebody else’s client finds nobody', async () => {
    const key = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
    const answer = await api.post(path(), { amount: '50', validUntil: until, reason: 'r' }, { key });
    expect(answer).toBeProblem(404, 'not_found');
    expect(api.temporal.calls).toEqual([]);
  });
});
