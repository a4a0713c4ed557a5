import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const whole = {
  name: 'default',
  currency: 'USD',
  maxNotifications: 3,
  periodHours: 24,
  userRule: { threshold: '100.00', notifyOwner: true, emails: ['noc@operator.example'] },
  clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
  advancedRules: [{ key: 'idle', threshold: '10.00', notifyClient: true, inactivityDays: 30, emails: [] }],
};

async function made(body: unknown = whole): Promise<Reply> {
  const reply = await api.post('/v1/profiles', body);
  expect(reply).toHaveStatus(201);
  return reply;
}

describe('the list', () => {
  test('shows the columns of the manual, in its order, in pages that count their rows', async () => {
    const owner = await api.reseller('List Owner');
    const query = `resellerId=${owner}&limit=2`;
    for (const [name, sortOrder] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
      ['a', 1],
      ['d', 4],
    ] as const) {
      await made({ ...whole, name, sortOrder, resellerId: owner });
    }
    const first = await api.get(`/v1/profiles?${query}&include=total`);
    expect(first.body).toMatchObject({ hasMore: true, prevCursor: null, total: 5, rowFrom: 1, rowTo: 2 });
    expect(first.body.data[0]).toMatchObject({
      name: 'a',
      currency: 'USD',
      sortOrder: 1,
      resellerName: 'List Owner',
      userNotification: { threshold: '100.00', notify: true },
      clientNotification: { threshold: '50.00', notify: true },
      advancedRuleCount: 1,
      clients: 0,
    });
    const names = (reply: Reply): string[] => reply.body.data.map(({ name }: { name: string }) => name);
    const second = await api.get(`/v1/profiles?${query}&include=total&cursor=${first.body.nextCursor}`);
    expect([names(second), second.body.rowFrom, second.body.rowTo]).toEqual([['b', 'c'], 3, 4]);
    const link = /<([^>]+)>; rel="next"/.exec(second.headers.get('link') ?? '')?.[1] ?? '';
    const third = await api.get(link);
    expect([names(third), third.body.hasMore, third.body.nextCursor]).toEqual([['d'], false, null]);
    const back = await api.get(`/v1/profiles?${query}&include=total&cursor=${third.body.prevCursor}`);
    expect([names(back), back.body.rowFrom, back.body.rowTo]).toEqual([['b', 'c'], 3, 4]);
    const start = await api.get(`/v1/profiles?${query}&cursor=${back.body.prevCursor}`);
    expect([names(start), start.body.prevCursor]).toEqual([['a', 'a'], null]);
    expect(names(await api.get(`/v1/profiles?resellerId=${owner}&sort=-name,id&limit=3`))).toEqual(['d', 'c', 'b']);
  });

  test('filters by the beginning of the name and by currency', async () => {
    await made({ name: 'Prepaid gold', currency: 'CHF' });
    await made({ name: 'Prepaid silver', currency: 'SEK' });
    const reply = await api.get('/v1/profiles?name=prepaid&currency=CHF');
    expect(reply.body.data.map(({ name }: { name: string }) => name)).toEqual(['Prepaid gold']);
  });
});
