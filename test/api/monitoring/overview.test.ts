import { api, id, totalOf, useOverviewApi } from '../../support/monitoring/overview-api.js';

useOverviewApi();

let foreignKey: string;

beforeAll(async () => {
  foreignKey = await api.makeKey({ resellerId: await api.reseller('Strangers') });
});

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
      notificationsSince: '2026-03-30T12:30:00Z',
      notificationsAccepted: 2,
      notificationsFailed: 1,
      notificationsUncertain: 1,
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
    const sent = `/v1/notifications?kind=all&from=${body.notificationsSince}`;
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
      body.notificationsAccepted,
      body.notificationsFailed,
      body.notificationsUncertain,
      body.creditsActive,
      body.creditsExpiring,
      body.openEvents,
    ]);
  });

  test('counts nothing of others', async () => {
    const { body } = await api.get('/v1/overview/summary', { key: foreignKey });
    const { clients, notificationsSince: _since, serverTime: _time, overdueSince, ...numbers } = body;
    expect(overdueSince).toBeNull();
    expect(new Set([...Object.values(clients), ...Object.values(numbers)])).toEqual(new Set([0]));
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
    // -105, and Low with its temporary credit of 5: 65 - 100. The stopped client is in no list that a bar leads to.
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
