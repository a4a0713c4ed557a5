import type { CallOptions } from '../../support/api/api.js';
import { insertEvent } from '../../support/data/events.js';
import { raiseEvent } from '../../../src/storage/events/raise-event.js';
import { api, clientId, created, events, useEventsApi } from '../../support/events/events-api.js';

useEventsApi();

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
        group: 'payment.refused:currency_mismatch',
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
      ['group=payment.refused:currency_mismatch', [payment]],
      ['group=payment.refused:not_found', []],
      ['group=rate.missing', [rate]],
      ['subjectId=EUR/USD', [rate]],
      ['subjectId=find-me', []],
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
