import type { DeliveryStatus } from '../../../src/storage/notifications/deliveries.js';
import { insertNotification } from '../../support/notifications.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { insertEvent } from '../../support/events.js';

/** The numbers of the first page: what they say, and that the lists which they lead to agree. */

let api: TestApi;
let foreignKey: string;
const ids: Record<string, string> = {};
const now = Date.parse('2026-03-31T12:30:00Z');
const hours = (n: number): Date => new Date(now + n * 3_600_000);

beforeAll(async () => {
  api = await startTestApi();
  foreignKey = await api.makeKey({ resellerId: await api.reseller('Strangers') });
  const profile = await api.post('/v1/profiles', {
    name: 'gold',
    currency: 'USD',
    clientRule: { threshold: '100.00', notifyClient: true },
  });
  const profileId: string = profile.body.id;
  const billingEmail = 'billing@acme.example';
  await client('Ok', 'ok', { profileId, openingBalance: '150.00', billingEmail });
  await client('Low', 'low', { profileId, openingBalance: '60.00', billingEmail });
  await client('Mute', 'low', { profileId, openingBalance: '-5.00' });
  await client('Stopped', 'paused', { profileId, openingBalance: '1000.00', billingEmail, status: 'stop' });
  await client('Deleted', 'critical', { profileId });
  await client('Euro', 'ok', { currency: 'EUR', openingBalance: '7.00' });
  await api.sql`update clients set status = 'deleted' where id = ${id('Deleted')}`;
  await api.sql`update monitors set next_check_at = ${hours(-1)} where client_id = ${id('Ok')}`;
  await api.sql`update monitors set next_check_at = ${hours(1.5)} where client_id = ${id('Low')}`;
  await api.sql`update monitors set silences = ${api.sql.json({ '*': hours(2).getTime(), user: hours(-2).getTime() })}
    where client_id = ${id('Mute')}`;
  await mail('Low', 'accepted', hours(-1));
  await mail('Low', 'accepted', hours(-2.25));
  await mail('Mute', 'failed', hours(-2.5));
  await mail('Mute', 'uncertain', hours(-23));
  await mail('Mute', 'failed', hours(-25));
  await mail('Ok', 'retrying', hours(-1));
  await grant('Low', 'active', hours(-24), hours(24));
  await grant('Ok', 'scheduled', hours(3), hours(24 * 8));
  await insertEvent(api.sql, { clientId: id('Low') });
  const resolved = await insertEvent(api.sql, { clientId: id('Ok') });
  await api.post(`/v1/events/${resolved}/resolve`, { reason: 'seen' });
  api.now = now;
});
afterAll(() => api.stop());

const id = (name: string): string => ids[name] ?? '';

async function client(name: string, state: string, fields: Record<string, unknown>): Promise<void> {
  const reply = await api.post('/v1/clients', { name, currency: 'USD', ...fields });
  expect(reply).toHaveStatus(201);
  const { body } = reply;
  ids[name] = body.id;
  await api.sql`update clients set created_at = ${hours(-24 * 40)} where id = ${body.id}`;
  await api.sql`update monitors set state = ${state}, state_since = ${hours(-24 * 40)} where client_id = ${body.id}`;
}

let mails = 0;
async function mail(name: string, status: DeliveryStatus, at: Date): Promise<void> {
  const rule = `advanced:${++mails}`;
  await insertNotification(api.sql, {
    clientId: id(name),
    rule,
    status,
    at,
    to: ['a@a.example'],
    nextAttemptAt: hours(0.25),
  });
}

async function grant(name: string, status: string, from: Date, until: Date): Promise<void> {
  await api.sql`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, warn_at, status, reason, granted_by)
    values (${id(name)}, 1, 'r', 5, 'USD', ${from}, ${until}, ${new Date(until.getTime() - 3_600_000)}, ${status}, 'test', 'key:1')`;
}

async function totalOf(path: string): Promise<number> {
  const reply = await api.get(`${path}${path.includes('?') ? '&' : '?'}include=total`);
  expect(reply).toHaveStatus(200);
  return reply.body.total;
}

describe('the summary', () => {
  test('counts what is there', async () => {
    const { body } = await api.get('/v1/overview/summary');
    expect(body).toEqual({
      clients: {
        ...{ ok: 1, low: 2, critical: 0, exhausted: 0, silenced: 0, paused: 1 },
        // The check of Ok is overdue.
        ...{ unlimited: 0, unknown: 0, unhealthy: 1 },
      },
      monitored: 5,
      overdueChecks: 1,
      overdueSince: '2026-03-31T11:30:00Z',
      recipientMissing: 1,
      mailsSince: '2026-03-30T12:30:00Z',
      mailsAccepted: 2,
      mailsFailed: 1,
      mailsUncertain: 1,
      creditsActive: 1,
      creditsExpiring: 1,
      openEvents: 1,
      serverTime: '2026-03-31T12:30:00Z',
    });
  });

  test('agrees with the lists that its numbers lead to', async () => {
    const { body } = await api.get('/v1/overview/summary');
    const clients = '/v1/clients?status=active,stop';
    for (const [state, count] of Object.entries(body.clients)) {
      expect([state, await totalOf(`${clients}&state=${state}`)]).toEqual([state, count]);
    }
    const sent = `/v1/notifications?kind=all&from=${body.mailsSince}`;
    expect([
      await totalOf(clients),
      await totalOf(`${clients}&overdue=true`),
      await totalOf(`${clients}&recipientMissing=true`),
      await totalOf(`${sent}&status=accepted`),
      await totalOf(`${sent}&status=failed`),
      await totalOf(`${sent}&status=uncertain`),
      await totalOf('/v1/temporary-credits?status=active'),
      await totalOf('/v1/temporary-credits?expiringWithinDays=7'),
      await totalOf('/v1/events'),
    ]).toEqual([
      body.monitored,
      body.overdueChecks,
      body.recipientMissing,
      body.mailsAccepted,
      body.mailsFailed,
      body.mailsUncertain,
      body.creditsActive,
      body.creditsExpiring,
      body.openEvents,
    ]);
  });

  test('counts nothing of others', async () => {
    const { body } = await api.get('/v1/overview/summary', { key: foreignKey });
    const { clients, mailsSince: _since, serverTime: _time, overdueSince, ...numbers } = body;
    expect(overdueSince).toBeNull();
    expect(new Set([...Object.values(clients), ...Object.values(numbers)])).toEqual(new Set([0]));
  });
});

describe('mails over time', () => {
  test('fall into full hours, and no hour is left out', async () => {
    const { body } = await api.get('/v1/overview/series?metric=notifications&from=2026-03-31T09:59:00Z');
    expect(body.buckets.map((bucket: { from: string }) => bucket.from)).toEqual(
      ['09', '10', '11', '12'].map((hour) => `2026-03-31T${hour}:00:00Z`),
    );
    const nothing = { sending: 0, retrying: 0, accepted: 0, failed: 0, uncertain: 0 };
    expect(body.buckets.map((bucket: { counts: unknown }) => bucket.counts)).toEqual([
      nothing,
      { ...nothing, accepted: 1, failed: 1 },
      { ...nothing, accepted: 1, retrying: 1 },
      nothing,
    ]);
  });

  test.each([
    ['metric=money', '#/query/metric'],
    ['step=week', '#/query/step'],
    ['from=2026-04-01T00:00:00Z', '#/query/from'],
    ['from=2020-01-01T00:00:00Z', '#/query/from'],
    ['from=today', '#/query/from'],
    ['metric=states&status=failed', '#/query/status'],
  ])('%s is refused', async (query, pointer) => {
    const reply = await api.get(`/v1/overview/series?${query}`);
    expect(reply).toBeProblem(400, 'invalid', pointer);
  });
});

describe('mails over time under the filters of the list', () => {
  test.each([
    ['status=failed,accepted', 3],
    ['status=failed&q=mute', 1],
    ['rule=advanced', 5],
    ['rule=user', 0],
    ['kind=credit_granted', 0],
    ['recipient=A.EXAMPLE', 5],
  ])('%s: %i', async (query, mails) => {
    const { body } = await api.get(`/v1/overview/series?${query}`);
    const counts = body.buckets.flatMap((bucket: { counts: Record<string, number> }) => Object.values(bucket.counts));
    expect(counts.reduce((sum: number, one: number) => sum + one, 0)).toBe(mails);
    expect(await totalOf(`/v1/notifications?${query}&from=${body.from}&to=${body.to}`)).toBe(mails);
  });
});

describe('states over time', () => {
  const check = (name: string, state: string, at: Date): Promise<unknown> =>
    api.sql`insert into checks (client_id, at, kind, state, verdicts) values (${id(name)}, ${at}, 'scheduled', ${state}, '[]')`;

  test('are worked back from the present', async () => {
    // Low was ok until two days ago, then low; Mute was paused yesterday for a while, which no check said.
    await check('Low', 'ok', hours(-24 * 35));
    await check('Low', 'low', hours(-48));
    await api.sql`update monitors set state_since = ${hours(-48)} where client_id = ${id('Low')}`;
    await check('Mute', 'ok', hours(-24 * 39));
    await api.sql`update monitors set state_since = ${hours(-24)} where client_id = ${id('Mute')}`;
    await api.sql`update clients set created_at = ${hours(-49)} where id = ${id('Euro')}`;
    await api.sql`update monitors set state_since = ${hours(-47)} where client_id = ${id('Euro')}`;
    const { body } = await api.get('/v1/overview/series?metric=states&step=day&from=2026-03-28T00:00:00Z');
    const days = body.buckets.map(({ counts }: { counts: Record<string, number> }) =>
      Object.fromEntries(Object.entries(counts).filter(([, clients]) => clients > 0)),
    );
    expect(days).toEqual([
      { ok: 3, paused: 1 },
      // The 29th: low since 12:30; Euro was made at 11:30 and found ok at 13:30.
      { ok: 3, low: 1, paused: 1 },
      // The 30th: Mute became low at 12:30.
      { ok: 2, low: 2, paused: 1 },
      { ok: 2, low: 2, paused: 1 },
    ]);
    expect(body.buckets.map((bucket: { from: string }) => bucket.from.slice(8, 10))).toEqual(['28', '29', '30', '31']);
    const hourly = await api.get('/v1/overview/series?metric=states&from=2026-03-29T10:00:00Z&to=2026-03-29T14:00:00Z');
    expect(hourly.body.buckets.map(({ counts }: { counts: Record<string, number> }) => counts['unknown'])).toEqual([
      0, 1, 1, 0,
    ]);
  });
});

describe('headroom', () => {
  test('is a histogram for each currency, each bar the list that it leads to', async () => {
    const { body } = await api.get('/v1/overview/headroom');
    expect(body.data.map(({ currency }: { currency: string }) => currency)).toEqual(['EUR', 'USD']);
    const [euro, dollar] = body.data;
    expect(euro).toMatchObject({ withoutThreshold: 1 });
    expect(euro.bars.every((bar: { clients: number }) => bar.clients === 0)).toBe(true);
    const filled = dollar.bars.filter((bar: { clients: number }) => bar.clients > 0);
    // -105 and its 5 lent to Low: 65 - 100; the stopped client is in no list that a bar leads to.
    expect(filled).toEqual([
      { fromPercent: null, toPercent: -50, clients: 1 },
      { fromPercent: -50, toPercent: 0, clients: 1 },
      { fromPercent: 50, toPercent: 100, clients: 1 },
    ]);
    for (const { fromPercent, toPercent, clients } of dollar.bars) {
      const from = fromPercent === null ? '' : `&headroomFrom=${fromPercent}`;
      const to = toPercent === null ? '' : `&headroomTo=${toPercent}`;
      expect(await totalOf(`/v1/clients?currency=USD${from}${to}`)).toBe(clients);
    }
    expect((await api.get('/v1/overview/headroom?currency=EUR')).body.data).toHaveLength(1);
    expect((await api.get('/v1/overview/headroom', { key: foreignKey })).body.data).toEqual([]);
  });
});

describe('the shortest runways', () => {
  test('are those that are empty soonest; what has no history, no money or no charges is left out', async () => {
    const spend = async (name: string, days: number, amount: string): Promise<void> => {
      await api.sql`
        insert into charge_days (client_id, day, amount)
        select ${id(name)}::bigint, date '2026-03-31' - d, ${amount} from generate_series(0, ${days}::int) d`;
    };
    await spend('Ok', 30, '10');
    await spend('Euro', 5, '0.10');
    await spend('Low', 1, '50');
    await spend('Mute', 30, '10');
    const { body } = await api.get('/v1/overview/runway');
    expect(body.data.map((row: { name: string }) => row.name)).toEqual(['Ok', 'Euro']);
    expect(body.data[0]).toEqual({
      clientId: id('Ok'),
      name: 'Ok',
      state: 'unhealthy',
      available: { amount: '150.00', currency: 'USD' },
      runway: {
        status: 'estimated',
        spendPerDay: '10.64',
        spendPerDay7: '10.64',
        spendPerDay30: '10.16',
        daysLeft: 14.1,
        emptyAt: expect.stringMatching(/^2026-04-14T/),
        confidence: 'high',
      },
    });
    expect((await api.get('/v1/overview/runway?limit=1')).body.data).toHaveLength(1);
    expect((await api.get('/v1/overview/runway?currency=EUR')).body.data).toHaveLength(1);
    expect((await api.get('/v1/overview/runway', { key: foreignKey })).body.data).toEqual([]);
    expect(await api.get('/v1/overview/runway?limit=0')).toBeProblem(400, 'invalid');
  });
});

describe('what comes next', () => {
  test('is told in order, and counted by the hour', async () => {
    const { body } = await api.get('/v1/overview/upcoming?hours=24');
    expect(
      body.next.map((event: Record<string, unknown>) => [
        event['at'],
        event['kind'],
        event['clientName'],
        event['rule'],
      ]),
    ).toEqual([
      ['2026-03-31T12:45:00Z', 'mail_retry', 'Ok', 'advanced:6'],
      ['2026-03-31T14:00:00Z', 'check', 'Low', null],
      ['2026-03-31T14:30:00Z', 'silence_end', 'Mute', '*'],
      ['2026-03-31T15:30:00Z', 'credit_start', 'Ok', null],
      ['2026-04-01T11:30:00Z', 'credit_warning', 'Low', null],
    ]);
    expect(body.hours).toHaveLength(24);
    expect(body.hours[1]).toMatchObject({ from: '2026-03-31T13:30:00Z', counts: { check: 1, mail_retry: 0 } });
    expect(body.total).toEqual({
      ...{ check: 1, credit_start: 1, credit_warning: 1, credit_revert: 0, mail_retry: 1, silence_end: 1 },
    });
    const longer = await api.get('/v1/overview/upcoming?hours=168&limit=1');
    expect([longer.body.next.length, longer.body.total.credit_revert, longer.body.hours.length]).toEqual([1, 1, 168]);
  });

  test('is of the kinds that are asked for; all are counted', async () => {
    const { body } = await api.get('/v1/overview/upcoming?kind=check,silence_end&limit=1');
    expect(body.next.map(({ kind }: { kind: string }) => kind)).toEqual(['check']);
    expect(body.total).toMatchObject({ check: 1, mail_retry: 1 });
    expect(await api.get('/v1/overview/upcoming?kind=payment')).toBeProblem(400, 'invalid');
  });

  test('is nothing for others', async () => {
    const { body } = await api.get('/v1/overview/upcoming', { key: foreignKey });
    expect(body.next).toEqual([]);
    expect(await api.get('/v1/overview/upcoming?hours=169')).toBeProblem(400, 'invalid');
  });
});
