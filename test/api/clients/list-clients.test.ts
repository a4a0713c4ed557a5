import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const whole = { name: 'Acme', currency: 'USD', balanceModel: 'prepaid', billingEmail: 'billing@acme.example' };

async function made(body: Record<string, unknown> = {}): Promise<Reply> {
  const reply = await api.post('/v1/clients', { ...whole, ...body });
  expect(reply).toHaveStatus(201);
  return reply;
}

describe('the list', () => {
  let owner: string;
  beforeAll(async () => {
    owner = await api.reseller('Lister');
    const below = await api.reseller('Below Lister', owner);
    const profile = await api.post('/v1/profiles', { name: 'default', currency: 'USD', resellerId: owner });
    const terms = await api.post('/v1/payment-terms', {
      ...{ name: 'Weekly', mode: 'every', days: 7, graceDays: 7, resellerId: owner },
    });
    const rows: Record<string, unknown>[] = [
      { name: 'Customer A', creditLimit: '32.00', profileId: profile.body.id },
      { name: 'Customer B', openingBalance: '-419.78', tags: ['big'] },
      { name: 'customer C', balanceModel: 'unlimited', resellerId: below },
      { name: 'Vendor_A', currency: 'EUR', openingBalance: '78.27' },
      { name: 'VendorXA', billingEmail: 'finance@vendor.example', status: 'stop' },
      {
        name: 'Voxbone',
        openingBalance: '-2.97',
        creditLimit: '10.00',
        balanceModel: 'postpaid',
        paymentTermsId: terms.body.id,
      },
    ];
    for (const row of rows) await made({ resellerId: owner, ...row });
    await api.sql`update monitors set state = 'low' where client_id = (select id from clients where name = 'Voxbone')`;
  });

  const names = async (query: string): Promise<string[]> => {
    const reply = await api.get(`/v1/clients?resellerId=${owner}&${query}`);
    expect(reply).toHaveStatus(200);
    return reply.body.data.map(({ name }: { name: string }) => name);
  };

  test.each([
    ['active ones, by name', '', ['Customer A', 'Customer B', 'customer C', 'Vendor_A', 'Voxbone']],
    ['the beginning of the name, without case', 'name=CUST', ['Customer A', 'Customer B', 'customer C']],
    ['a name with what SQL would take for a wildcard', 'name=vendor_', ['Vendor_A']],
    ['stopped ones', 'status=stop', ['VendorXA']],
    ['all', 'status=all&name=v', ['Vendor_A', 'VendorXA', 'Voxbone']],
    ['two statuses', 'status=active,stop&name=v', ['Vendor_A', 'VendorXA', 'Voxbone']],
    ['e-mail with an asterisk', 'status=all&billingEmail=*@VENDOR.example', ['VendorXA']],
    ['e-mail as it is', 'status=all&billingEmail=finance@vendor', []],
    ['currency', 'currency=EUR', ['Vendor_A']],
    ['balance model', 'balanceModel=unlimited', ['customer C']],
    ['tag', 'tag=big', ['Customer B']],
    ['state', 'state=low,critical', ['Voxbone']],
    ['without a profile', 'profileId=none&name=customer', ['Customer B', 'customer C']],
    [
      'by available, unlimited last',
      'sort=available',
      ['Customer B', 'Voxbone', 'Customer A', 'Vendor_A', 'customer C'],
    ],
    ['by live, then name', 'sort=-live,name&limit=3', ['Vendor_A', 'Customer A', 'customer C']],
  ])('%s', async (_name, query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('a client whose check is overdue is unhealthy in lists, whatever its monitor said last', async () => {
    const due = async (at: Date | null): Promise<void> => {
      await api.sql`
        update monitors set next_check_at = ${at} where client_id = (select id from clients where name = 'Voxbone')`;
    };
    await due(new Date(Date.now() - 3_600_000));
    expect(await names('state=low')).toEqual([]);
    expect(await names('state=unhealthy')).toEqual(['Voxbone']);
    expect(await names('state=unhealthy,unknown&name=v')).toEqual(['Vendor_A', 'Voxbone']);
    const { body } = await api.get(`/v1/clients?resellerId=${owner}&name=vox&include=total&state=unhealthy`);
    expect(body).toMatchObject({ total: 1, data: [{ state: 'unhealthy' }] });
    await due(new Date(Date.now() + 3_600_000));
    expect(await names('state=unhealthy')).toEqual([]);
    expect(await names('state=low')).toEqual(['Voxbone']);
    await due(null);
  });

  test('pages do not lose or repeat a row, in any order', async () => {
    for (const sort of ['name', '-available', 'nextCheckAt', '-createdAt,name']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const reply = await api.get(`/v1/clients?resellerId=${owner}&limit=2&sort=${sort}${cursor}`);
        seen.push(...reply.body.data.map(({ id }: { id: string }) => id));
        cursor = reply.body.nextCursor === null ? '' : `&cursor=${reply.body.nextCursor}`;
      } while (cursor !== '');
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 5, 5]);
    }
  });

  test('shows a row as the manual does', async () => {
    const reply = await api.get(`/v1/clients?resellerId=${owner}&name=vox&include=total`);
    expect(reply.body).toMatchObject({ total: 1, rowFrom: 1, rowTo: 1, hasMore: false });
    expect(reply.body.data[0]).toMatchObject({
      name: 'Voxbone',
      balance: {
        available: { amount: '7.03', currency: 'USD' },
        live: { amount: '-2.97', currency: 'USD' },
        fixed: { amount: '0.00', currency: 'USD' },
        lastKnown: null,
      },
      paymentTermsLabel: '7/7',
      paymentTermsName: 'Weekly',
      resellerName: 'Lister',
      state: 'low',
    });
    expect(Date.parse(reply.body.serverTime)).not.toBeNaN();
  });

  test('an empty page counts nothing', async () => {
    const reply = await api.get(`/v1/clients?resellerId=${owner}&name=zzz&include=total`);
    expect(reply.body).toMatchObject({ data: [], hasMore: false, nextCursor: null, total: 0, rowFrom: 0, rowTo: 0 });
  });
});
