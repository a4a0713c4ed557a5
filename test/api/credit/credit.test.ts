import type { GrantView } from '../../../src/contract/temporary-credit.js';
import { DomainError } from '../../../src/domain/errors.js';
import { startTestApi, type TestApi } from '../../support/api.js';

let api: TestApi;
let clientId: string;

const now = Date.parse('2026-03-01T10:00:00Z');
const until = '2026-03-05T18:00:00Z';

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = now;
  api.temporal.calls.length = 0;
  await api.sql`delete from outbox`;
  clientId = await newClient();
  api.temporal.answer('grantCredit', async (id, input) =>
    viewOf(id, { amount: input.amount ?? '20.00', validUntil: input.validUntil, reason: input.reason }),
  );
});

async function newClient(
  fields: { creditLimit?: string; model?: string; currency?: string; status?: string; resellerId?: string } = {},
): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, credit_limit, status)
    values (${fields.resellerId ?? api.operatorId}, 'Customer B', ${fields.currency ?? 'USD'}, ${fields.model ?? 'postpaid'},
      ${fields.creditLimit ?? '100'}, ${fields.status ?? 'active'}) returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

function viewOf(client: string, fields: Partial<GrantView>): GrantView {
  return {
    id: '77',
    clientId: client,
    amount: '50.00',
    percent: null,
    currency: 'USD',
    validFrom: '2026-03-01T10:00:00.000Z',
    validUntil: '2026-03-05T18:00:00.000Z',
    status: 'active',
    reason: 'bank holiday',
    grantedBy: 'key:1',
    version: 1,
    ...fields,
  };
}

/** A grant as the monitor's own activity would have written it. */
async function storedGrant(
  fields: { amount?: string; status?: string; from?: string; until?: string; requestId?: string; client?: string } = {},
): Promise<string> {
  const status = fields.status ?? 'active';
  const [row] = await api.sql<{ id: string }[]>`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by, ended_at)
    select ${fields.client ?? clientId}, coalesce(max(seq), 0) + 1, ${fields.requestId ?? `r${Math.random()}`}, ${fields.amount ?? '50'}, 'USD',
      ${fields.from ?? '2026-03-01T09:00:00Z'}, ${fields.until ?? until}, ${status}, 'bank holiday', 'key:1',
      ${status === 'reverted' || status === 'cancelled' ? '2026-03-01T09:30:00Z' : null}
    from temporary_credits where client_id = ${fields.client ?? clientId}
    returning id`;
  return row?.id ?? '';
}

async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select sum(credit_limit) from clients), (select sum(version) from clients), (select count(*) from outbox),
      (select count(*) from credit_limit_history), (select count(*) from audit), (select count(*) from temporary_credits)) as text`;
  return row?.text ?? '';
}

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
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
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

describe('what was lent', () => {
  test('is listed by client, status and time', async () => {
    const other = await newClient();
    await storedGrant({ status: 'reverted', from: '2026-01-01T00:00:00Z', until: '2026-01-05T00:00:00Z' });
    const open = await storedGrant();
    const others = await storedGrant({
      client: other,
      status: 'scheduled',
      from: '2026-05-01T00:00:00Z',
      until: '2026-05-05T00:00:00Z',
    });
    const ids = async (query: string): Promise<string[]> =>
      (await api.get(`/v1/temporary-credits?${query}`)).body.data.map((row: { id: string }) => row.id);
    expect(await ids(`clientId=${clientId}&status=active,scheduled`)).toEqual([open]);
    expect(await ids(`clientId=${clientId}`)).toHaveLength(2);
    expect(await ids('from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z')).toEqual([others]);
    const { body } = await api.get(`/v1/temporary-credits/${open}`);
    expect(body).toMatchObject({
      id: open,
      clientName: 'Customer B',
      creditLimit: '100.00',
      amount: '50.00',
      validUntil: until,
      warnedAt: null,
      endedAt: null,
    });
    const bad = await api.get('/v1/temporary-credits?status=late');
    expect(bad).toBeProblem(400, 'invalid', '#/query/status');
  });

  test('stands beside the limit of its time once it has ended', async () => {
    const ended = await storedGrant({ status: 'reverted' });
    await api.sql`
      insert into credit_limit_history
        (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, grant_id, actor)
      values (${clientId}, now(), 'reverted', 80, 80, 50, 0, ${ended}, 'system')`;
    expect((await api.get(`/v1/temporary-credits/${ended}`)).body.creditLimit).toBe('80.00');
  });

  test('names who lent it, but not to a customer whose operator it was', async () => {
    const branch = await api.reseller('Sub-Reseller B');
    const grant = await storedGrant({ client: await newClient({ resellerId: branch }) });
    const own = await api.get(`/v1/temporary-credits/${grant}`);
    const [key] = await api.sql<{ name: string }[]>`select name from api_keys where id = 1`;
    expect(own.body.grantedByName).toBe(key?.name);
    const customer = await api.makeKey({ resellerId: branch });
    const seen = await api.get(`/v1/temporary-credits/${grant}`, { key: customer });
    expect(seen).toHaveStatus(200);
    expect(seen.body.grantedBy).toBe('key:1');
    expect(seen.body.grantedByName).toBeNull();
  });

  test('is changed and cancelled by the monitor, at the version that was read', async () => {
    const id = await storedGrant();
    api.temporal.answer('changeGrant', async (client, input) =>
      viewOf(client, { id: input.grantId, amount: input.amount ?? '1', version: 2 }),
    );
    api.temporal.answer('cancelGrant', async (client, input) =>
      viewOf(client, { id: input.grantId, status: 'cancelled', version: 3 }),
    );
    const changed = await api.call(
      'PATCH',
      `/v1/temporary-credits/${id}`,
      { amount: '60', reason: 'late' },
      { headers: { 'If-Match': '"1"' } },
    );
    expect(changed).toHaveStatus(200);
    expect(changed.body.amount).toBe('60.00');
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(api.temporal.calls[0]).toMatchObject({
      method: 'changeGrant',
      id: clientId,
      input: { grantId: id, amount: '60.00', ifVersion: 1, reason: 'late' },
    });
    const cancelled = await api.post(`/v1/temporary-credits/${id}/cancel`, { reason: 'paid' });
    expect(cancelled).toHaveStatus(200);
    expect(cancelled.body.status).toBe('cancelled');
    expect(api.temporal.calls[1]?.input).not.toHaveProperty('ifVersion');
  });

  test('is not changed blindly, by halves, or by strangers', async () => {
    const id = await storedGrant();
    const path = `/v1/temporary-credits/${id}`;
    const change = (body: object, headers: Record<string, string>, key = api.key): ReturnType<TestApi['call']> =>
      api.call('PATCH', path, body, { headers, key });
    expect(await change({ amount: '60', reason: 'r' }, {})).toBeProblem(428, 'precondition_required');
    const stale = await change({ amount: '60', reason: 'r' }, { 'If-Match': '"4"' });
    expect(stale).toBeProblem(412, 'version_stale');
    expect(stale.body.current.id).toEqual(id);
    const empty = await change({ reason: 'r' }, { 'If-Match': '"1"' });
    expect(empty).toBeProblem(400, 'invalid', '#');
    const both = await change({ amount: '60', percent: '5', reason: 'r' }, { 'If-Match': '"1"' });
    expect(both).toBeProblem(400, 'invalid', '#/amount');
    const stranger = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller D') });
    expect(await change({ amount: '60', reason: 'r' }, { 'If-Match': '"1"' }, stranger)).toBeProblem(404, 'not_found');
    expect(await api.post(`${path}/cancel`, { reason: 'r' }, { key: stranger })).toBeProblem(404, 'not_found');
    expect(await api.get(path, { key: stranger })).toBeProblem(404, 'not_found');
    expect((await api.get('/v1/temporary-credits', { key: stranger })).body.data).toEqual([]);
    expect(api.temporal.calls).toEqual([]);
  });
});
