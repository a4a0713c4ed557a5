import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { statusOf, type ProblemCode } from '../../../src/api/http/problem.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api.js';
import { insertEvent } from '../../support/events.js';
import { raiseEvent } from '../../../src/storage/events/raise-event.js';

let api: TestApi;
let clientId: string;

beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: randomBytes(32).toString('base64') });
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = null;
  await api.sql`delete from events`;
  clientId = (await created('/v1/clients', { name: fresh('Client'), currency: 'USD' })).id;
});

let serial = 0;
const fresh = (text: string): string => `${text}-${++serial}`;

async function created(path: string, body: unknown, options?: CallOptions): Promise<{ id: string; secret: string }> {
  const reply = await api.post(path, body, options);
  expect(reply).toHaveStatus(201);
  return reply.body;
}

type Event = Record<string, unknown> & { readonly data: Record<string, string> };

async function events(query = '', options?: CallOptions): Promise<Event[]> {
  const reply = await api.get(`/v1/events?sort=id${query}`, options);
  expect(reply).toHaveStatus(200);
  return reply.body.data;
}

const ids = async (query: string, options?: CallOptions): Promise<unknown[]> =>
  (await events(query, options)).map(({ id }) => id);

describe('the list', () => {
  test('has open events, newest occurrence first, and all fields', async () => {
    const first = await insertEvent(api.sql, { clientId, paymentId: 'p-1', atMs: Date.UTC(2026, 2, 1, 10) });
    await insertEvent(api.sql, { clientId, paymentId: 'p-2', atMs: Date.UTC(2026, 2, 1, 11) });
    await insertEvent(api.sql, { clientId, paymentId: 'p-1', atMs: Date.UTC(2026, 2, 1, 12) });
    const { body } = await api.get('/v1/events?include=total');
    expect([body.total, body.data[0]]).toEqual([
      2,
      {
        id: first,
        kind: 'payment.refused',
        severity: 'warning',
        title: 'Payment rejected',
        detail: expect.stringMatching(/^Payment p-1 of 5.00 EUR was not recorded: wrong currency\./),
        subject: { type: 'payment', id: 'p-1' },
        clientId,
        clientName: expect.stringMatching(/^Client-/),
        resellerId: api.operatorId,
        resellerName: 'Company Name',
        data: expect.objectContaining({ paymentId: 'p-1', amount: '5.00', currency: 'EUR' }),
        status: 'open',
        times: 2,
        firstAt: '2026-03-01T10:00:00Z',
        lastAt: '2026-03-01T12:00:00Z',
        emailedAt: null,
        resolvedAt: null,
        resolvedBy: null,
        resolvedByName: null,
        resolvedReason: null,
      },
    ]);
    expect((await api.get(`/v1/events/${first}`)).body).toEqual(body.data[0]);
  });

  test('is filtered, sorted, and paged', async () => {
    const payment = await insertEvent(api.sql, { clientId, paymentId: 'find-me%', atMs: Date.UTC(2026, 2, 1, 10) });
    const { id: rate } = await raiseEvent(api.sql, {
      kind: 'rate.missing',
      cause: 'EUR/USD',
      subjectId: 'EUR/USD',
      clientId: null,
      resellerId: null,
      data: { from: 'EUR', to: 'USD' },
      atMs: Date.UTC(2026, 2, 2, 10),
    });
    await api.post(`/v1/events/${rate}/resolve`, { reason: 'no longer needed' });
    expect(await ids('')).toEqual([payment]);
    expect(await ids('&status=resolved')).toEqual([rate]);
    expect(await ids('&status=all')).toEqual([payment, rate]);
    for (const [query, expected] of [
      ['kind=rate.missing', [rate]],
      ['kind=rate.missing,payment.refused', [payment, rate]],
      ['severity=critical', [rate]],
      ['severity=info,warning', [payment]],
      [`clientId=${clientId}`, [payment]],
      [`resellerId=${api.operatorId}`, [payment]],
      ['q=FIND-ME%25', [payment]],
      ['q=eur/usd', [rate]],
      ['q=Client-', [payment]],
      ['from=2026-03-02T00:00:00Z', [rate]],
      ['to=2026-03-02T00:00:00Z', [payment]],
      ['from=2026-03-03T00:00:00Z', []],
    ] as const) {
      expect([query, await ids(`&status=all&${query}`)]).toEqual([query, expected]);
    }
    const sorted = await api.get('/v1/events?status=all&sort=-severity&limit=1');
    expect(sorted.body.data[0].id).toBe(rate);
    const next = await api.get(`/v1/events?status=all&sort=-severity&limit=1&cursor=${sorted.body.nextCursor}`);
    expect(next.body.data.map(({ id }: { id: string }) => id)).toEqual([payment]);
  });

  test('counts what another choice would give', async () => {
    for (const paymentId of ['a', 'b']) await insertEvent(api.sql, { clientId, paymentId });
    const other = await insertEvent(api.sql, { clientId, paymentId: 'c' });
    await api.post(`/v1/events/${other}/resolve`, { reason: 'done' });
    const { body } = await api.get('/v1/events?kind=rate.missing&include=facets');
    expect([body.data, body.facets]).toEqual([
      [],
      { status: [], kind: [{ word: 'payment.refused', count: 2 }], severity: [] },
    ]);
    const open = await api.get('/v1/events?include=facets');
    expect(open.body.facets.status).toEqual([
      { word: 'open', count: 2 },
      { word: 'resolved', count: 1 },
    ]);
    expect(open.body.facets.severity).toEqual([{ word: 'warning', count: 2 }]);
  });

  test.each([
    'status=closed',
    'kind=no_rate',
    'severity=bad',
    'clientId=x',
    'sort=detail',
    'from=yesterday',
    'limit=0',
    'cursor=x',
    'client=7',
  ])('refuses %s with the field', async (query) => {
    const reply = await api.get(`/v1/events?${query}`);
    expect(reply).toBeProblem(400, 'invalid', `#/query/${query.split('=')[0]}`);
  });

  test('is a file, too', async () => {
    await insertEvent(api.sql, { clientId, paymentId: '=1+1' });
    const file = await api.get('/v1/exports/events.csv?columns=kind,subjectId,times,status');
    expect(file.text.replace('\uFEFF', '')).toBe(`Kind,Object,Times,Status\r\npayment.refused,'=1+1,1,open\r\n`);
  });
});

describe('resolving', () => {
  test('says who, when, and why, and is in the audit log', async () => {
    const id = await insertEvent(api.sql, { clientId });
    api.now = Date.now() + 1000;
    const reply = await api.post(`/v1/events/${id}/resolve`, { reason: 'sent again in USD' });
    expect(reply).toHaveStatus(200);
    expect(reply.body).toEqual(
      expect.objectContaining({
        status: 'resolved',
        resolvedBy: expect.stringMatching(/^key:/),
        resolvedByName: 'tests',
        resolvedReason: 'sent again in USD',
      }),
    );
    const audit = await api.get(`/v1/audit?subjectType=event&subjectId=${id}`);
    expect(audit.body.data).toEqual([
      expect.objectContaining({ action: 'event.resolve', clientId, reason: 'sent again in USD' }),
    ]);
    const again = await api.post(`/v1/events/${id}/resolve`, { reason: 'twice' });
    expect(again).toBeProblem(409, 'conflict');
    expect(await ids('')).toEqual([]);
    const next = await insertEvent(api.sql, { clientId });
    expect(await ids('')).toEqual([next]);
  });

  test.each<[string, unknown, string]>([
    ['no reason', {}, '#/reason'],
    ['an empty reason', { reason: ' ' }, '#/reason'],
    ['another field', { reason: 'x', status: 'open' }, '#/status'],
  ])('with %s is refused', async (_name, body, pointer) => {
    const id = await insertEvent(api.sql, { clientId });
    const reply = await api.post(`/v1/events/${id}/resolve`, body);
    expect(reply).toBeProblem(400, 'invalid', pointer);
    expect(await ids('')).toEqual([id]);
  });

  test('needs events:write, reading events:read', async () => {
    const id = await insertEvent(api.sql, { clientId });
    const reader = { key: await api.makeKey({ scopes: ['events:read'] }) };
    const writer = { key: await api.makeKey({ scopes: ['events:write'] }) };
    const statuses = async (options: CallOptions): Promise<number[]> => [
      (await api.get('/v1/events', options)).status,
      (await api.get(`/v1/events/${id}`, options)).status,
      (await api.get('/v1/exports/events.csv', options)).status,
      (await api.post(`/v1/events/${id}/resolve`, { reason: 'x' }, options)).status,
    ];
    expect(await statuses(reader)).toEqual([200, 200, 200, 403]);
    expect(await statuses(writer)).toEqual([403, 403, 403, 200]);
  });

  test('of an unknown event finds none', async () => {
    for (const id of ['999999', '0', 'x']) {
      expect(await api.get(`/v1/events/${id}`)).toBeProblem(404, 'not_found');
      expect(await api.post(`/v1/events/${id}/resolve`, { reason: 'x' })).toBeProblem(404, 'not_found');
    }
  });
});

describe('events of others', () => {
  test('are seen by the owner and the resellers above, those of the installation by the operator alone', async () => {
    const parent = await api.reseller('Parent');
    const child = await api.reseller('Child', parent);
    const sibling = await api.reseller('Sibling');
    const client = (await created('/v1/clients', { name: 'Of child', currency: 'USD', resellerId: child })).id;
    const ofClient = await insertEvent(api.sql, { clientId: client });
    const ofChild = await insertEvent(api.sql, { resellerId: child });
    const ofAll = await insertEvent(api.sql);
    const seenBy = async (resellerId: string): Promise<unknown[]> =>
      ids('', { key: await api.makeKey({ resellerId, scopes: ['events:read'] }) });
    expect(await seenBy(api.operatorId)).toEqual([ofClient, ofChild, ofAll]);
    expect(await seenBy(parent)).toEqual([ofClient, ofChild]);
    expect(await seenBy(child)).toEqual([ofClient, ofChild]);
    expect(await seenBy(sibling)).toEqual([]);
    const stranger = { key: await api.makeKey({ resellerId: sibling }) };
    for (const id of [ofClient, ofChild, ofAll]) {
      expect(await api.get(`/v1/events/${id}`, stranger)).toBeProblem(404, 'not_found');
      expect(await api.post(`/v1/events/${id}/resolve`, { reason: 'x' }, stranger)).toBeProblem(404, 'not_found');
    }
  });
});

describe('a payment that is refused for its meaning', () => {
  const payment = (more: object = {}): Record<string, unknown> => ({
    id: fresh('pay'),
    clientId,
    amount: '5',
    currency: 'USD',
    ...more,
  });

  async function refused(reply: Reply | Promise<Reply>, code: ProblemCode): Promise<void> {
    expect(await reply).toBeProblem(statusOf(code), code);
  }

  test('is an event with amount, currency, id, and reason; a repeat raises its count', async () => {
    const body = payment({ currency: 'EUR' });
    await refused(api.post('/v1/payments', body), 'currency_mismatch');
    await refused(api.post('/v1/payments', body), 'currency_mismatch');
    await refused(api.post('/v1/payments', payment({ currency: 'EUR' })), 'currency_mismatch');
    const [first, second, ...more] = await events();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ times: 2, clientId, subject: { type: 'payment', id: body['id'] } });
    expect(first?.data).toEqual({
      paymentId: body['id'],
      amount: '5.00',
      currency: 'EUR',
      client: clientId,
      source: expect.stringMatching(/^key:/),
      reason: 'currency_mismatch',
      detail: expect.stringContaining('billed in USD'),
    });
    expect(second).toMatchObject({ times: 1 });
  });

  test('may name an unknown client, also in the path: the event is the caller’s', async () => {
    const reseller = await api.reseller(fresh('Reseller'));
    const options = { key: await api.makeKey({ resellerId: reseller }) };
    // There is such a client, but not for this caller.
    await refused(api.post('/v1/payments', payment(), options), 'not_found');
    const { clientId: _, ...inPath } = payment();
    await refused(api.post(`/v1/clients/${clientId}/payments`, inPath, options), 'not_found');
    await refused(api.post('/v1/payments', payment({ clientId: '999999999' }), options), 'not_found');
    const seen = await events('', options);
    expect(seen.map((event) => [event['clientId'], event['resellerId'], event.data['client']])).toEqual([
      [null, reseller, clientId],
      [null, reseller, clientId],
      [null, reseller, '999999999'],
    ]);
    const other = await api.makeKey({ resellerId: await api.reseller(fresh('Other')) });
    expect(await events('', { key: other })).toEqual([]);
  });

  test('may be for a deleted client, or have the id of another payment', async () => {
    const taken = payment();
    await created('/v1/payments', taken);
    await refused(api.post('/v1/payments', { ...taken, amount: '6' }), 'conflict');
    await api.call('DELETE', `/v1/clients/${clientId}`, undefined, { headers: { 'If-Match': '*' } });
    await refused(api.post('/v1/payments', payment()), 'client_deleted');
    expect((await events()).map((event) => [event['clientId'], event.data['reason'], event.data['amount']])).toEqual([
      [clientId, 'conflict', '6.00'],
      [clientId, 'client_deleted', '5.00'],
    ]);
  });

  test('in a batch is an event of its own', async () => {
    const same = payment({ currency: 'EUR' });
    const items = [payment(), same, same, payment({ clientId: '999999999' }), payment({ amount: '-1' }), { id: 'x' }];
    const reply = await api.post('/v1/payments/batch', { items });
    expect([reply.body.posted, reply.body.refused]).toEqual([1, 5]);
    expect((await events()).map((event) => [event.data['reason'], event['times']]).sort()).toEqual([
      ['currency_mismatch', 2],
      ['not_found', 1],
    ]);
  });

  test('is none where its form is refused, or it is no payment, or it was recorded', async () => {
    const noScope = { key: await api.makeKey({ scopes: ['clients:read'] }) };
    expect(await api.post('/v1/payments', payment({ amount: '-5' }))).toBeProblem(400, 'invalid');
    expect(await api.post('/v1/payments', payment({ currency: 'XXQ' }))).toBeProblem(400, 'invalid');
    expect(await api.post('/v1/payments', payment({ currency: 'EUR' }), noScope)).toBeProblem(403, 'scope_missing');
    expect(await api.post('/v1/payments', payment(), { key: 'lw_live_nobody' })).toBeProblem(401, 'key_invalid');
    const charge = { id: fresh('c'), amount: '1', currency: 'EUR' };
    await refused(api.post(`/v1/clients/${clientId}/charges`, charge), 'currency_mismatch');
    const recorded = payment();
    await created('/v1/payments', recorded);
    expect(await api.post('/v1/payments', recorded)).toHaveStatus(200);
    expect(await events('&status=all')).toEqual([]);
  });

  test('by a webhook is an event of the source’s reseller', async () => {
    const reseller = await api.reseller(fresh('Acquirer'));
    const name = fresh('bank').toLowerCase();
    const own = { key: await api.makeKey({ resellerId: reseller }) };
    const { secret } = await created('/v1/webhook-sources', { name }, own);
    const send = (data: object, id = fresh('m'), signWith = secret): Promise<Reply> => {
      const rawBody = JSON.stringify({ type: 'payment.received', data: { amount: '7.5', currency: 'USD', ...data } });
      const at = new Date();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(signWith).sign(id, at, rawBody),
      };
      return api.post(`/v1/webhooks/in/${name}`, undefined, { key: null, rawBody, headers });
    };
    const client = (await created('/v1/clients', { name: 'Theirs', currency: 'USD', externalId: fresh('ext') }, own))
      .id;
    await refused(send({ id: 'w-1', externalClientId: 'nobody' }, 'm-1'), 'not_found');
    await refused(send({ id: 'w-1', externalClientId: 'nobody' }, 'm-1'), 'not_found');
    await refused(send({ id: 'w-2', clientId: client, currency: 'EUR' }), 'currency_mismatch');
    await refused(send({ id: 'w-3', clientId }), 'not_found');
    expect(await send({ id: 'w-4', clientId: client }, 'm-4')).toHaveStatus(202);
    await refused(send({ id: 'w-5', clientId: client }, 'm-4'), 'conflict');
    const wrong = `whsec_${randomBytes(24).toString('base64')}`;
    await refused(send({ id: 'w-6', clientId: client }, fresh('m'), wrong), 'signature_invalid');
    expect(await send({ id: 'w-7' })).toBeProblem(400, 'invalid');
    const seen = await events('', own);
    const source = `webhook:${name}`;
    expect(
      seen.map(({ data, times, ...event }) => [data['paymentId'], data['reason'], event['clientId'], times]),
    ).toEqual([
      ['w-1', 'not_found', null, 2],
      ['w-2', 'currency_mismatch', client, 1],
      ['w-3', 'not_found', null, 1],
      ['w-5', 'conflict', client, 1],
    ]);
    expect(seen.every(({ data, ...event }) => data['source'] === source && event['resellerId'] === reseller)).toBe(
      true,
    );
    expect(seen[0]?.data).toMatchObject({ amount: '7.50', client: 'nobody' });
  });

  test('is answered as an internal failure when its event cannot be written', async () => {
    await api.sql`alter table events rename to events_away`;
    const reply = await api.post('/v1/payments', payment({ currency: 'EUR' }));
    await api.sql`alter table events_away rename to events`;
    expect(reply).toBeProblem(500, 'internal');
  });
});

test('a rate that is added resolves the missing rate', async () => {
  await raiseEvent(api.sql, {
    kind: 'rate.missing',
    cause: 'CHF/USD',
    subjectId: 'CHF/USD',
    clientId: null,
    resellerId: null,
    data: { from: 'CHF', to: 'USD' },
    atMs: Date.now(),
  });
  await created('/v1/exchange-rates', { from: 'CHF', to: 'USD', rate: '1.1' });
  expect(await events('&status=all')).toEqual([
    expect.objectContaining({ status: 'resolved', resolvedBy: 'system', resolvedByName: null }),
  ]);
});
