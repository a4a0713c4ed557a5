import type { DeliveryStatus } from '../../../src/storage/notifications/deliveries.js';
import { insertNotification } from '../../support/data/notifications.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What the page of clients shows, filters and sorts by. */

let api: TestApi;
const ids: Record<string, string> = {};
const now = Date.parse('2026-03-31T12:00:00Z');
const hours = (n: number): Date => new Date(now + n * 3_600_000);

beforeAll(async () => {
  api = await startTestApi();
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '2', at: '2026-01-01T00:00:00Z' });
  const profile = await made('/v1/profiles', {
    name: 'gold',
    currency: 'USD',
    userRule: { threshold: '100.00', notifyOwner: true },
    clientRule: { threshold: '50.00', notifyClient: true },
  });
  const withoutRecipients = await made('/v1/profiles', {
    name: 'unheard',
    currency: 'USD',
    clientRule: { threshold: '5.00' },
  });
  const billingEmail = 'billing@acme.example';
  await client('Fine', { profileId: profile, openingBalance: '150.00', billingEmail, externalId: 'CRM-4711' });
  await client('Near', {
    profileId: profile,
    openingBalance: '104.00',
    billingEmail,
    timezone: 'Europe/Kyiv',
    tags: ['a', 'b'],
  });
  await client('Under', { profileId: profile, openingBalance: '60.00', billingEmail, tags: ['a'] });
  await client('Euro', { profileId: profile, openingBalance: '75.00', currency: 'EUR', billingEmail });
  await client('Yen', { profileId: profile, openingBalance: '75.00', currency: 'JPY', billingEmail });
  await client('Mute', { profileId: profile, openingBalance: '500.00' });
  await client('Unheard', { profileId: withoutRecipients, openingBalance: '500.00', billingEmail });
  await client('Debtor', {
    balanceModel: 'postpaid',
    creditLimit: '200.00',
    openingBalance: '-100.00',
    warningThresholds: '75%, 30',
    billingEmail,
  });
  await client('Endless', { balanceModel: 'unlimited', profileId: profile });
  await client('100% _match', { openingBalance: '1.00' });
  api.now = now;
  await api.sql`update clients set created_at = ${hours(-24 * 60)}`;
});
afterAll(() => api.stop());

async function made(path: string, body: unknown): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function client(name: string, fields: Record<string, unknown>): Promise<void> {
  ids[name] = await made('/v1/clients', { name, currency: 'USD', ...fields });
}

async function names(query: string): Promise<string[]> {
  const reply = await api.get(`/v1/clients?${query}&include=total`);
  expect(reply).toHaveStatus(200);
  const found: string[] = reply.body.data.map((row: { name: string }) => row.name);
  expect(reply.body.total).toBe(found.length);
  return found;
}

describe('a row', () => {
  test.each([
    ['Fine', '100.00', '50.00', 50],
    ['Under', '100.00', '-40.00', -40],
    ['Euro', '50.00', '25.00', 50],
    // 75 % of 200 is a debt of 150, reached with 50 available; a debt of 30 with 170.
    ['Debtor', '170.00', '-70.00', -41.18],
  ])('%s: nearest threshold %s, headroom %s', async (name, threshold, headroom, percent) => {
    const { body } = await api.get(`/v1/clients/${ids[name] ?? ''}`);
    const approximate = name === 'Euro';
    expect(body.nearestThreshold).toEqual({ amount: threshold, currency: body.currency, approximate });
    expect(body.headroom).toEqual({ amount: headroom, currency: body.currency, percent, approximate });
  });

  test.each(['Yen', 'Endless', '100% _match'])('%s has no threshold that applies', async (name) => {
    const { body } = await api.get(`/v1/clients/${ids[name] ?? ''}`);
    expect([body.nearestThreshold, body.headroom]).toEqual([null, null]);
  });

  test('shows the temporary credit that is in force, and counts it', async () => {
    await api.sql`
      insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
      values (${ids['Under'] ?? ''}, 1, 'r', 5, 'USD', ${hours(-1)}, ${hours(1)}, 'active', 'test', 'key:1')`;
    const { body } = await api.get(`/v1/clients/${ids['Under'] ?? ''}`);
    expect(body.temporaryCredit).toEqual({ amount: '5.00', currency: 'USD', until: '2026-03-31T13:00:00Z' });
    expect(body.headroom.amount).toBe('-35.00');
    expect(await names('temporaryCredit=active')).toEqual(['Under']);
    expect(await names('temporaryCredit=none')).not.toContain('Under');
    await api.sql`delete from temporary_credits`;
  });

  test('is filtered by the end of what is invoiced', async () => {
    await api.sql`update balances set invoiced_until = '2026-03-01T00:00:00Z' where client_id = ${ids['Near'] ?? ''}`;
    expect(await names('lastInvoicedFrom=2026-03-01T00:00:00Z')).toEqual(['Near']);
    expect(await names('lastInvoicedTo=2026-03-01T00:00:01Z')).toEqual(['Near']);
    expect(await names('lastInvoicedFrom=2026-03-01T00:00:01Z')).toEqual([]);
    expect(await names('lastInvoicedTo=2026-03-01T00:00:00Z')).toEqual([]);
    await api.sql`update balances set invoiced_until = null`;
  });

  test('says whether a delivery of the newest notification was not accepted, in whatever order the outcomes come in', async () => {
    const mail = async (number: number, statuses: readonly DeliveryStatus[], at: Date): Promise<void> => {
      const clientId = ids['Near'] ?? '';
      const to = statuses.map((_, index) => `${index}@a.example`);
      const { deliveries } = await insertNotification(api.sql, { clientId, number, at, to, status: 'sending' });
      for (const [index, delivery] of deliveries.entries()) {
        const status = statuses[index] ?? 'accepted';
        await api.sql`
          update deliveries set status = ${status}, ended_at = ${at},
            accepted_at = case when ${status} = 'accepted' then ${at}::timestamptz end
          where id = ${delivery}`;
      }
    };
    await mail(1, ['accepted', 'accepted'], hours(-5));
    expect((await api.get(`/v1/clients/${ids['Near'] ?? ''}`)).body).toMatchObject({
      lastNoticeAt: '2026-03-31T07:00:00Z',
      mailFailing: false,
    });
    await mail(2, ['uncertain', 'failed'], hours(-3));
    await mail(3, ['accepted'], hours(-4));
    expect((await api.get(`/v1/clients/${ids['Near'] ?? ''}`)).body).toMatchObject({
      lastNoticeAt: '2026-03-31T08:00:00Z',
      mailFailing: true,
    });
    expect(await names('mailFailing=true')).toEqual(['Near']);
    expect(await names('lastNoticeAfter=2026-03-31T08:00:00Z')).toEqual(['Near']);
    expect(await names('lastNoticeBefore=2026-03-31T08:00:00Z')).toEqual([]);
    const resent = (index: number): Promise<unknown> => api.sql`
      update deliveries set status = 'accepted', accepted_at = now()
      where recipient = ${`${index}@a.example`} and status <> 'accepted'`;
    await resent(0);
    expect(await names('mailFailing=true')).toEqual(['Near']);
    await resent(1);
    expect(await names('mailFailing=true')).toEqual([]);
  });
});

describe('filters', () => {
  test.each([
    ['q=crm-47', ['Fine']],
    ['q=EAR', ['Near', 'Unheard']],
    [
      'q=billing@acme.example&sort=-name',
      ['Unheard', 'Under', 'Near', 'Fine', 'Yen', 'Euro', 'Debtor'].sort().reverse(),
    ],
    ['q=100%25%20_', ['100% _match']],
    ['q=%25%25', []],
    ['name=ne', ['Near']],
    ['tags=a,b', ['Near']],
    ['tags=a', ['Near', 'Under']],
    ['timezone=Europe/Kyiv', ['Near']],
    ['profileId=none', ['100% _match', 'Debtor']],
    ['currency=USD&availableFrom=60&availableTo=104', ['Debtor', 'Near', 'Under']],
    ['currency=USD&creditLimitFrom=0.01', ['Debtor']],
    ['headroomFrom=0&headroomTo=5', ['Near']],
    ['headroomFrom=0&headroomTo=4', []],
    ['headroomFrom=-50&headroomTo=0', ['Debtor', 'Under']],
    ['recipientMissing=true', ['Mute', 'Unheard']],
    ['inactiveDays=60&name=f', ['Fine']],
    ['inactiveDays=61', []],
  ])('%s', async (query, wanted) => {
    expect(await names(query)).toEqual(wanted);
  });

  test('an overdue check, a minute late', async () => {
    await api.sql`update monitors set next_check_at = ${new Date(now - 60_000)} where client_id = ${ids['Fine'] ?? ''}`;
    await api.sql`update monitors set next_check_at = ${new Date(now - 59_000)} where client_id = ${ids['Near'] ?? ''}`;
    expect(await names('overdue=true')).toEqual(['Fine']);
  });

  test.each([
    ['availableFrom=1', '#/query/availableFrom'],
    ['availableTo=1e3&currency=USD', '#/query/availableTo'],
    ['headroomTo=1.5', '#/query/headroomTo'],
    ['ruleReason=max_reached,tired', '#/query/ruleReason'],
    ['inactiveDays=1.5', '#/query/inactiveDays'],
    ['overdue=yes', '#/query/overdue'],
    ['include=all', '#/query/include'],
    ['sort=recipients', '#/query/sort'],
    ['temporaryCredit=maybe', '#/query/temporaryCredit'],
    ['q=%00', '#/query/q'],
    ['lastNoticeAfter=yesterday', '#/query/lastNoticeAfter'],
    ['lastInvoicedFrom=yesterday', '#/query/lastInvoicedFrom'],
  ])('%s is refused', async (query, pointer) => {
    const reply = await api.get(`/v1/clients?${query}`);
    expect(reply).toBeProblem(400, 'invalid', pointer);
  });
});

test('sorted by any column, every client is on exactly one page', async () => {
  const { body: document } = await api.get('/openapi.json');
  const sorts: string[] = document.paths['/v1/clients'].get.parameters.find(
    (parameter: { name: string }) => parameter.name === 'sort',
  ).schema.items.enum;
  expect(sorts.length).toBeGreaterThan(30);
  for (const sort of sorts) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const reply = await api.get(`/v1/clients?sort=${sort}&limit=3${cursor}`);
      expect(reply).toHaveStatus(200);
      const { body } = reply;
      seen.push(...body.data.map((row: { id: string }) => row.id));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 10, 10]);
  }
});

test('headroom sorts the lowest first and those without a threshold last', async () => {
  expect(await names('sort=headroomPercent')).toEqual([
    'Debtor',
    'Under',
    'Near',
    'Fine',
    'Euro',
    'Mute',
    'Unheard',
    'Yen',
    'Endless',
    '100% _match',
  ]);
});

test('runway is there when asked for, from charges by day, late ones included', async () => {
  const charge = (day: number): Promise<unknown> =>
    api.post(`/v1/clients/${ids['Mute'] ?? ''}/charges`, {
      id: `day-${day}`,
      amount: '10.00',
      currency: 'USD',
      at: hours(-24 * day).toISOString(),
    });
  for (const day of [3, 0, 7, 1, 2, 6, 5, 4]) await charge(day);
  const { body } = await api.get('/v1/clients?name=mute&include=runway,total');
  expect(body.total).toBe(1);
  expect(body.data[0].runway).toEqual({
    status: 'estimated',
    spendPerDay: '10.67',
    spendPerDay7: '10.67',
    spendPerDay30: '10.67',
    daysLeft: 39.4,
    emptyAt: expect.stringMatching(/^2026-05-0/),
    confidence: 'medium',
  });
  expect((await api.get('/v1/clients?name=mute')).body.data[0]).not.toHaveProperty('runway');
  const all = await api.get('/v1/clients?include=runway&sort=name');
  const statuses = Object.fromEntries(
    all.body.data.map((row: { name: string; runway: { status: string } }) => [row.name, row.runway.status]),
  );
  expect(statuses).toMatchObject({ Fine: 'no_charges', Endless: 'unlimited', Mute: 'estimated' });
});

test('is sorted by runway, the soonest empty first, and what is not estimated last either way, on pages too', async () => {
  for (const [name, amount] of [
    ['Near', '4.00'],
    ['Fine', '2.00'],
  ] as const) {
    for (const day of [1, 4, 9]) {
      await api.post(`/v1/clients/${ids[name] ?? ''}/charges`, {
        ...{ id: `runway-${day}`, amount, currency: 'USD', at: hours(-24 * day).toISOString() },
      });
    }
  }
  const rankOf = (row: { runway: { status: string; daysLeft: number | null } | null }): number | null =>
    row.runway?.status === 'empty' ? 0 : (row.runway?.daysLeft ?? null);
  for (const [sort, sign] of [
    ['runway', 1],
    ['-runway', -1],
  ] as const) {
    const { data } = (await api.get(`/v1/clients?include=runway&sort=${sort}`)).body;
    const ranks: (number | null)[] = data.map(rankOf);
    const known = ranks.filter((rank) => rank !== null);
    expect(known.filter((rank) => rank > 0).length).toBeGreaterThanOrEqual(2);
    expect(ranks).toEqual([
      ...[...known].sort((one, other) => sign * (one - other)),
      ...Array<null>(ranks.length - known.length).fill(null),
    ]);
    const paged: string[] = [];
    for (let path = `/v1/clients?limit=2&sort=${sort}`; path !== '';) {
      const page = (await api.get(path)).body;
      paged.push(...page.data.map(({ id }: { id: string }) => id));
      path = page.nextCursor ? `/v1/clients?limit=2&sort=${sort}&cursor=${page.nextCursor}` : '';
    }
    expect(paged).toEqual(data.map(({ id }: { id: string }) => id));
  }
});

test('is sorted by how many rules are low', async () => {
  for (const [name, reasons] of Object.entries({ Near: ['sent', 'sent'], Fine: ['sent', 'above_threshold'] })) {
    const verdicts = reasons.map((reason, n) => ({ rule: n === 0 ? 'user' : 'client', reason }));
    await api.sql`update monitors set verdicts = ${api.sql.json(verdicts)} where client_id = ${ids[name] ?? ''}`;
  }
  const { data } = (await api.get('/v1/clients?sort=-lowRule')).body;
  expect(data.slice(0, 2).map(({ name }: { name: string }) => name)).toEqual(['Near', 'Fine']);
});
