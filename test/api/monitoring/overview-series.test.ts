import { api, hours, id, now, totalOf, useOverviewApi } from '../../support/monitoring/overview-api.js';

useOverviewApi();

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
    ['step=minute&from=2026-03-30T12:00:00Z', '#/query/from'],
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

describe('the ranges of charts', () => {
  test.each([
    ['minute', 1, 61],
    ['five_minutes', 1, 13],
    ['quarter_hour', 24, 97],
    ['six_hours', 24 * 7, 29],
    ['day', 24 * 90, 91],
  ])('%s over %i hours: %i intervals, from the first to now', async (step, range, intervals) => {
    api.now = now + 10_000;
    const from = hours(-range).toISOString();
    for (const metric of ['notifications', 'states']) {
      const { body } = await api.get(`/v1/overview/series?metric=${metric}&step=${step}&from=${from}`);
      expect(body.buckets).toHaveLength(intervals);
      expect(Date.parse(body.buckets[0].from)).toBeLessThanOrEqual(Date.parse(from));
      expect(Date.parse(body.buckets.at(-1).to)).toBeGreaterThanOrEqual(now);
    }
    api.now = now;
  });

  test('say since when there are data', async () => {
    const { body } = await api.get('/v1/overview/series');
    const [row] = await api.sql`select min(created_at) as first from clients`;
    expect(Date.parse(body.dataSince)).toBe(row?.['first'].getTime());
    const empty = await api.makeKey({ resellerId: await api.reseller('Without clients') });
    const { body: none } = await api.get('/v1/overview/series', { key: empty });
    expect(none.dataSince).toBeNull();
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
