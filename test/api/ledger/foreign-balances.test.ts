import { registerBalanceSource, writeReadings } from '../../../src/storage/monitoring/balance-source.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** Balances from an external source: every view shows the source's value, and null where it is unknown. */

let api: TestApi;
let foreignKey: string;
let profileId: string;
const ids: Record<string, string> = {};
const now = Date.parse('2026-03-31T12:00:00Z');
const profile = {
  name: 'gold',
  currency: 'USD',
  clientRule: { threshold: '100.00', notifyClient: true },
};

beforeAll(async () => {
  api = await startTestApi({ BALANCE_SOURCE: 'http', BALANCE_HTTP_URL: 'https://billing.example/balances' });
  foreignKey = await api.makeKey({ resellerId: await api.reseller('Strangers') });
  await registerBalanceSource(api.sql, 'http');
  profileId = (await api.post('/v1/profiles', profile)).body.id;
  await client('Rich', '500.00', { creditLimit: '10.00' });
  await client('Poor', '20.00');
  await client('Silent', null);
  await client('Unread', undefined);
  await client('Endless', '5.00', { balanceModel: 'unlimited' });
  // Something of our own that must not show through.
  await api.post('/v1/payments', { id: 'p', clientId: ids['Unread'], amount: '900.00', currency: 'USD' });
  await api.sql`
    insert into balance_faults (client_id, source, reason, since) values (${id('Silent')}, 'http', 'HTTP 503', ${new Date(now)})`;
  await api.sql`
    insert into charge_days (client_id, day, amount)
    select c.id, d::date, 10 from clients c, generate_series('2026-03-20'::date, '2026-03-31', '1 day') d`;
  await api.sql`update clients set created_at = ${new Date(now - 86_400_000)}`;
  await api.sql`update monitors set next_check_at = ${new Date(now + 3_600_000)}, state = 'ok'`;
  api.now = now;
});
afterAll(() => api.stop());

const id = (name: string): string => ids[name] ?? '';

/** @param live what the source said; null: nothing usable; undefined: it was not asked yet */
async function client(name: string, live: string | null | undefined, fields: Record<string, unknown> = {}) {
  const body = { name, currency: 'USD', profileId, billingEmail: 'billing@acme.example', ...fields };
  const reply = await api.post('/v1/clients', body);
  expect(reply).toHaveStatus(201);
  ids[name] = reply.body.id;
  if (live !== undefined) await writeReadings(api.sql, [{ clientId: id(name), live }], now - 60_000);
}

async function names(query: string): Promise<string[]> {
  const reply = await api.get(`/v1/clients?${query}&include=total`);
  expect(reply).toHaveStatus(200);
  expect(reply.body.total).toBe(reply.body.data.length);
  return reply.body.data.map((row: { name: string }) => row.name);
}

const usd = (amount: string): unknown => ({ amount, currency: 'USD' });

test.each([
  ['Rich', usd('510.00'), usd('500.00'), { amount: '410.00', currency: 'USD', percent: 410, approximate: false }],
  ['Poor', usd('20.00'), usd('20.00'), { amount: '-80.00', currency: 'USD', percent: -80, approximate: false }],
  ['Silent', null, null, null],
  ['Unread', null, null, null],
  ['Endless', { unlimited: true, currency: 'USD' }, usd('5.00'), null],
])('%s is read as the source says', async (name, available, live, headroom) => {
  const { body } = await api.get(`/v1/clients/${id(name)}`);
  expect(body).toMatchObject({ balance: { available, live, fixed: null }, headroom });
  const { body: balances } = await api.get(`/v1/clients/${id(name)}/balances`);
  const amount = (money: unknown): string | null => (money as { amount?: string } | null)?.amount ?? null;
  expect(balances).toMatchObject({
    source: 'http',
    available: amount(available),
    live: amount(live),
    fixed: null,
    at: name === 'Unread' ? null : '2026-03-31T11:59:00Z',
    lastKnown: null,
  });
});

test('an unknown balance shows the last that was known, only with its time', async () => {
  const silent = id('Silent');
  await writeReadings(api.sql, [{ clientId: silent, live: '45.00' }], now - 50_000);
  await writeReadings(api.sql, [{ clientId: silent, live: null }], now - 30_000);
  await writeReadings(api.sql, [{ clientId: silent, live: null }], now - 10_000);
  const lastKnown = { live: '45.00', at: '2026-03-31T11:59:10Z' };
  const { body } = await api.get(`/v1/clients/${silent}`);
  expect(body).toMatchObject({ balance: { available: null, live: null, lastKnown }, headroom: null });
  expect((await api.get(`/v1/clients/${silent}/balances`)).body).toMatchObject({
    available: null,
    live: null,
    lastKnown,
  });
  expect((await api.get(`/v1/clients/${silent}/monitor`)).body.available).toBeNull();
  const file = await api.get(
    '/v1/exports/clients.csv?columns=name,available,headroom,lastKnownLive,lastKnownAt&sort=name',
  );
  expect(file.text).toContain('Silent,,,45.00,2026-03-31T11:59:10Z');
  expect(file.text).toContain('Rich,510.00,410.00,,');
  // A known balance needs no earlier one.
  expect((await api.get(`/v1/clients/${id('Rich')}`)).body.balance.lastKnown).toBeNull();
});

test('while the source fails, the explanation shows no amount', async () => {
  api.temporal.down = true;
  const { body } = await api.get(`/v1/clients/${id('Silent')}/explain`);
  expect(body).toMatchObject({ available: null, headline: null });
  api.temporal.down = false;
});

test('a limit that was raised since the reading is counted at once', async () => {
  const path = `/v1/clients/${id('Poor')}`;
  await api.call('PATCH', path, { creditLimit: '15.00', reason: 'trusted' }, { headers: { 'If-Match': '*' } });
  expect((await api.get(path)).body.balance).toMatchObject({ available: usd('35.00'), live: usd('20.00') });
  expect((await api.get(`${path}/balances`)).body).toMatchObject({ available: '35.00', live: '20.00' });
  await api.call('PATCH', path, { creditLimit: '0.00', reason: 'no longer' }, { headers: { 'If-Match': '*' } });
});

test('who is unknown comes last, whichever way a list is sorted', async () => {
  for (const sort of ['available', 'headroom']) {
    expect(await names(`sort=${sort}`)).toEqual(['Poor', 'Rich', 'Endless', 'Silent', 'Unread']);
    expect(await names(`sort=-${sort}`)).toEqual(['Endless', 'Rich', 'Poor', 'Unread', 'Silent']);
  }
  expect(await names('sort=live')).toEqual(['Endless', 'Poor', 'Rich', 'Silent', 'Unread']);
  expect(await names('sort=-live')).toEqual(['Rich', 'Poor', 'Endless', 'Unread', 'Silent']);
});

test.each(['available', '-available', 'headroomPercent', '-live', '-fixed', 'fixed'])(
  'sorted by %s, every client is on exactly one page, both ways',
  async (sort) => {
    const all = await names(`sort=${sort}`);
    const seen: string[] = [];
    let next: string | null = null;
    let last: string | null = null;
    do {
      const { body } = await api.get(`/v1/clients?sort=${sort}&limit=2${next === null ? '' : `&cursor=${next}`}`);
      seen.push(...body.data.map((row: { name: string }) => row.name));
      next = body.nextCursor;
      last = body.prevCursor;
    } while (next !== null);
    expect(seen).toEqual(all);
    const { body } = await api.get(`/v1/clients?sort=${sort}&limit=2&cursor=${last}`);
    expect(body.data.map((row: { name: string }) => row.name)).toEqual(all.slice(2, 4));
  },
);

test('filters never match who is unknown', async () => {
  expect(await names('availableFrom=0&currency=USD')).toEqual(['Poor', 'Rich']);
  expect(await names('availableTo=100&currency=USD')).toEqual(['Poor']);
  expect(await names('headroomTo=1000&sort=name')).toEqual(['Poor', 'Rich']);
  expect(await names('headroomFrom=0&headroomTo=10000')).toEqual(['Rich']);
});

test('no runway is told, for the charges are not in this ledger', async () => {
  const { body } = await api.get('/v1/clients?include=runway');
  expect(body.data.map((row: { runway: unknown }) => row.runway)).toEqual([null, null, null, null, null]);
  expect((await api.get('/v1/overview/runway')).body.data).toEqual([]);
  const timeline = await api.get(`/v1/clients/${id('Rich')}/timeline`);
  expect(timeline.body).toMatchObject({ available: null, runway: null });
});

test('the histogram counts those whose balance is known', async () => {
  const { body } = await api.get('/v1/overview/headroom');
  const [{ bars, withoutThreshold }] = body.data;
  const counted = bars.filter((bar: { clients: number }) => bar.clients > 0);
  expect(counted).toEqual([
    { fromPercent: null, toPercent: -50, clients: 1 },
    { fromPercent: 200, toPercent: 500, clients: 1 },
  ]);
  expect(withoutThreshold).toBe(0);
});

test('the preview of a profile decides by what the source said', async () => {
  const draft = { ...profile, clientRule: { threshold: '600.00', notifyClient: true } };
  const { body } = await api.post('/v1/profiles/preview', { profileId, profile: draft });
  expect(body).toMatchObject({
    clients: 5,
    notified: { before: 1, after: 2 },
    newlyNotified: { count: 1, data: [{ clientId: id('Rich'), available: '510.00' }] },
    undecided: { balanceUnknown: 2, unlimited: 1 },
  });
});

test('the file has an empty cell for what is unknown', async () => {
  const { text } = await api.get('/v1/exports/clients.csv?columns=name,available,unlimited,live,fixed&sort=name');
  expect(
    text
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/)
      .slice(1),
  ).toEqual([
    'Endless,,true,5.00,',
    'Poor,20.00,false,20.00,',
    'Rich,510.00,false,500.00,',
    'Silent,,false,,',
    'Unread,,false,,',
  ]);
});

test('others see nothing of it', async () => {
  const key = { key: foreignKey };
  expect((await api.get('/v1/clients?availableFrom=0&currency=USD', key)).body.data).toEqual([]);
  expect(await api.get(`/v1/clients/${id('Rich')}/balances`, key)).toBeProblem(404, 'not_found');
  expect((await api.get('/v1/overview/headroom', key)).body.data).toEqual([]);
});

test('back on the own ledger, everything is as the ledger says', async () => {
  await registerBalanceSource(api.sql, 'ledger');
  expect(await names('availableFrom=0&currency=USD&sort=-available')).toEqual(['Unread', 'Rich', 'Silent', 'Poor']);
  expect((await api.get(`/v1/clients/${id('Unread')}`)).body.balance).toEqual({
    available: usd('900.00'),
    live: usd('900.00'),
    fixed: usd('900.00'),
    lastKnown: null,
  });
});
