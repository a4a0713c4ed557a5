import { insertEvent } from '../../support/data/events.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { raiseEvent } from '../../../src/storage/events/raise-event.js';
import { raiseRefusedPayments } from '../../../src/storage/events/refused-payments.js';
import { DomainError, type FailureCode } from '../../../src/domain/errors.js';

/** Events by cause, and how a person resolves many of them in one request. */

let api: TestApi;
let clientId: string;

beforeAll(async () => {
  api = await startTestApi();
  clientId = (await api.post('/v1/clients', { name: 'Paying', currency: 'USD' })).body.id;
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.sql`delete from events`;
});

const hour = (of: number): number => Date.UTC(2026, 2, 1, of);

function rejected(paymentId: string, code: FailureCode, atMs = hour(10), client = '404'): Promise<void> {
  return raiseRefusedPayments(
    api.sql,
    [
      {
        ...{ paymentId, amount: '5.00', currency: 'EUR', client: { id: client }, source: 'key:1' },
        error: new DomainError(code, 'no reason is like another', '/clientId'),
      },
    ],
    { withinReseller: api.operatorId, atMs },
  );
}

const missingRate = (from: string, atMs = hour(9)) =>
  raiseEvent(api.sql, {
    ...{ kind: 'rate.missing', cause: `${from}/USD`, subjectId: `${from}/USD`, clientId: null, resellerId: null },
    ...{ data: { from, to: 'USD' }, atMs },
  });

async function groups(query = '', options?: CallOptions): Promise<Record<string, unknown>[]> {
  const reply = await api.get(`/v1/event-groups${query}`, options);
  expect(reply).toHaveStatus(200);
  expect(reply.body.total).toBe(
    reply.body.data.reduce((sum: number, { events }: { events: number }) => sum + events, 0),
  );
  return reply.body.data;
}

const openIds = async (): Promise<string[]> =>
  (await api.get('/v1/events?sort=id')).body.data.map(({ id }: { id: string }) => id);

const resolve = (body: unknown, options?: CallOptions): Promise<Reply> => api.post('/v1/events/resolve', body, options);

describe('groups', () => {
  test('are by kind, and rejected payments by reason: the most severe first, then the newest', async () => {
    await rejected('p-1', 'not_found', hour(10));
    await rejected('p-1', 'not_found', hour(12));
    await rejected('p-2', 'not_found', hour(11));
    await rejected('p-3', 'currency_mismatch', hour(13), clientId);
    await missingRate('EUR', hour(8));
    await missingRate('SEK', hour(9));
    const all = await groups();
    expect(
      all.map(({ group, events, times, clients, clientName }) => [group, events, times, clients, clientName]),
    ).toEqual([
      ['rate.missing', 2, 2, 0, null],
      ['payment.refused:currency_mismatch', 1, 1, 1, 'Paying'],
      ['payment.refused:not_found', 2, 3, 0, null],
    ]);
    expect(all[2]).toEqual({
      group: 'payment.refused:not_found',
      kind: 'payment.refused',
      reason: 'not_found',
      severity: 'warning',
      title: 'Payment rejected',
      events: 2,
      times: 3,
      clients: 0,
      clientId: null,
      clientName: null,
      subjectId: 'p-1',
      firstAt: '2026-03-01T10:00:00Z',
      lastAt: '2026-03-01T12:00:00Z',
    });
    expect(all[0]).toMatchObject({ reason: null, severity: 'critical', subjectId: 'SEK/USD' });
  });

  test('follow the filters of the list, and name its rows', async () => {
    await rejected('p-1', 'not_found');
    await rejected('p-2', 'conflict', hour(10), clientId);
    await missingRate('EUR');
    for (const [query, expected] of [
      ['?severity=critical', ['rate.missing']],
      ['?q=p-2', ['payment.refused:conflict']],
      [`?clientId=${clientId}`, ['payment.refused:conflict']],
      ['?subjectId=p-1', ['payment.refused:not_found']],
      ['?kind=payment.refused', ['payment.refused:conflict', 'payment.refused:not_found']],
      ['?status=resolved', []],
      ['?from=2026-03-01T10:00:00Z&group=rate.missing', []],
    ] as const) {
      expect([query, (await groups(query)).map(({ group }) => group)]).toEqual([query, expected]);
    }
    for (const { group, events } of await groups()) {
      const { body } = await api.get(`/v1/events?include=total&group=${String(group)}`);
      expect([group, body.total, body.data[0].group]).toEqual([group, events, group]);
    }
  });

  test('count for a reseller what it sees', async () => {
    const own = await api.reseller('Own');
    await insertEvent(api.sql, { resellerId: own });
    await insertEvent(api.sql, { clientId });
    await missingRate('EUR');
    const seen = await groups('', { key: await api.makeKey({ resellerId: own, scopes: ['events:read'] }) });
    expect(seen.map(({ group, events }) => [group, events])).toEqual([['payment.refused:currency_mismatch', 1]]);
  });

  test.each(['severity=bad', 'status=closed', 'limit=5', 'clientId=x'])('refuse %s with the field', async (query) => {
    const reply = await api.get(`/v1/event-groups?${query}`);
    expect(reply).toBeProblem(400, 'invalid', `#/query/${query.split('=')[0]}`);
  });
});

describe('resolving many', () => {
  test('of a group: all that match and nothing else, each with its audit row', async () => {
    await rejected('p-1', 'not_found');
    await rejected('p-2', 'not_found', hour(10), clientId);
    await rejected('p-3', 'conflict');
    const before = await openIds();
    const reply = await resolve({
      selection: { query: 'group=payment.refused:not_found' },
      reason: 'tests of the gateway',
    });
    expect([reply.status, reply.body]).toEqual([200, { resolved: 2, remaining: 0 }]);
    expect(await openIds()).toEqual([before[2]]);
    const { body } = await api.get('/v1/events?status=resolved&sort=id');
    expect(body.data).toEqual(
      before.slice(0, 2).map((id) =>
        expect.objectContaining({
          ...{ id, status: 'resolved', resolvedReason: 'tests of the gateway', resolvedByName: 'tests' },
        }),
      ),
    );
    for (const [index, id] of before.slice(0, 2).entries()) {
      const audit = await api.get(`/v1/audit?subjectType=event&subjectId=${id}`);
      expect(audit.body.data).toEqual([
        expect.objectContaining({
          ...{ action: 'event.resolve', reason: 'tests of the gateway', clientId: index === 1 ? clientId : null },
          after: expect.objectContaining({ kind: 'payment.refused', status: 'resolved' }),
        }),
      ]);
    }
  });

  test('by id, without those that are resolved already', async () => {
    await rejected('p-1', 'not_found');
    await rejected('p-2', 'not_found');
    const ids = await openIds();
    await api.post(`/v1/events/${ids[0] ?? ''}/resolve`, { reason: 'first' });
    const reply = await resolve({ selection: { ids: [...ids, '999999'] }, reason: 'second' });
    expect(reply.body).toEqual({ resolved: 1, remaining: 0 });
    expect((await api.get(`/v1/events/${ids[0] ?? ''}`)).body.resolvedReason).toBe('first');
    expect((await resolve({ selection: { ids }, reason: 'third' })).body).toEqual({ resolved: 0, remaining: 0 });
  });

  test('an event that occurs after the filter’s time stays open', async () => {
    await rejected('p-1', 'not_found', hour(10));
    await rejected('p-2', 'not_found', hour(12));
    const query = 'group=payment.refused:not_found&to=2026-03-01T11:00:00Z';
    expect((await resolve({ selection: { query }, reason: 'seen' })).body).toEqual({ resolved: 1, remaining: 0 });
    expect(await openIds()).toHaveLength(1);
  });

  test('is never before the event', async () => {
    await rejected('p-1', 'not_found', Date.now() + 3_600_000);
    const [id = ''] = await openIds();
    await resolve({ selection: { ids: [id] }, reason: 'clocks differ' });
    const { body } = await api.get(`/v1/events/${id}`);
    expect(body.resolvedAt).toBe(body.firstAt);
  });

  test('reaches no event of another reseller, whatever is asked for', async () => {
    const own = await api.reseller('Resolving');
    const other = await api.reseller('Another');
    const [mine, foreign] = [
      await insertEvent(api.sql, { resellerId: own }),
      await insertEvent(api.sql, { resellerId: other }),
    ];
    await missingRate('EUR');
    const key = { key: await api.makeKey({ resellerId: own, scopes: ['events:write', 'events:read'] }) };
    for (const selection of [{ ids: [foreign] }, { query: `resellerId=${other}` }]) {
      expect((await resolve({ selection, reason: 'x' }, key)).body).toEqual({ resolved: 0, remaining: 0 });
    }
    expect((await resolve({ selection: { query: 'status=open' }, reason: 'x' }, key)).body.resolved).toBe(1);
    const { body } = await api.get('/v1/events?status=resolved');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([mine]);
  });

  test('needs events:write', async () => {
    await rejected('p-1', 'not_found');
    const key = { key: await api.makeKey({ scopes: ['events:read'] }) };
    const reply = await resolve({ selection: { query: 'status=open' }, reason: 'x' }, key);
    expect(reply).toBeProblem(403, 'scope_missing');
    expect(await openIds()).toHaveLength(1);
  });

  test.each<[string, unknown, string]>([
    ['no selection', { reason: 'x' }, '#/selection'],
    ['an empty selection', { selection: {}, reason: 'x' }, '#/selection/ids'],
    ['an empty query, which would be everything', { selection: { query: '' }, reason: 'x' }, '#/selection/query'],
    ['no ids', { selection: { ids: [] }, reason: 'x' }, '#/selection/ids'],
    ['both', { selection: { ids: ['1'], query: 'status=open' }, reason: 'x' }, '#/selection/ids'],
    ['an id that is none', { selection: { ids: ['x'] }, reason: 'x' }, '#/selection/ids/0'],
    ['no reason', { selection: { query: 'status=open' } }, '#/reason'],
    ['a filter that the list lacks', { selection: { query: 'colour=red' }, reason: 'x' }, '#/selection/query/colour'],
    ['a filter twice', { selection: { query: 'q=a&q=b' }, reason: 'x' }, '#/selection/query/q'],
    ['a wrong filter', { selection: { query: 'from=monday' }, reason: 'x' }, '#/selection/query/from'],
  ])('with %s is refused', async (_name, body, pointer) => {
    await rejected('p-1', 'not_found');
    expect(await resolve(body)).toBeProblem(400, 'invalid', pointer);
    expect(await openIds()).toHaveLength(1);
  });
});
