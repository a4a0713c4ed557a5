import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { anyVersion, refused } from '../../support/api/refusals.js';

let api: TestApi;
let key: string;

beforeAll(async () => {
  api = await startTestApi();
  key = await api.makeKey({ scopes: ['clients:read', 'clients:write'] });
});
afterAll(() => api.stop());

const whole = { name: 'Acme', currency: 'USD' };
const create = (body: object, options: CallOptions = { key }): Promise<Reply> =>
  api.post('/v1/clients', { ...whole, ...body }, options);
const change = (id: string, body: object, options: CallOptions = { key }): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, body, { ...options, headers: { ...options.headers, ...anyVersion.headers } });

const missing = (field: string, whose = 'the key', scope = 'credit:write'): Parameters<typeof refused>[2] => ({
  status: 403,
  code: 'scope_missing',
  pointer: `#/${field}`,
  detail: new RegExp(`^must not be changed: this requires the scope ${scope}, which ${whose} does not have$`),
});

describe('credit limit and balance model without credit:write', () => {
  test.each([
    ['creditLimit', { creditLimit: '10.00' }],
    ['creditLimit', { creditLimit: '-0.000001' }],
    ['balanceModel', { balanceModel: 'postpaid' }],
    ['balanceModel', { balanceModel: 'unlimited' }],
  ])('cannot be given to a new client: %s of %j', async (field, body) => {
    await refused(api, () => create(body), missing(field));
  });

  test.each([
    ['creditLimit', { creditLimit: '0.00' }],
    ['creditLimit', { creditLimit: '25.50', name: 'Acme 2' }],
    ['balanceModel', { balanceModel: 'prepaid' }],
    ['balanceModel', { balanceModel: 'unlimited' }],
  ])('cannot be changed: %s by %j', async (field, body) => {
    const { id } = (await create({ creditLimit: '25.00', balanceModel: 'postpaid' }, {})).body;
    await refused(api, () => change(id, body), missing(field));
  });

  test('are both named where both would change', async () => {
    const reply = await create({ creditLimit: '10.00', balanceModel: 'postpaid' });
    expect(reply.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/balanceModel',
      '#/creditLimit',
    ]);
  });

  test('may be sent as they are, in any spelling, with a change of something else', async () => {
    const made = await create({ creditLimit: '0', balanceModel: 'prepaid' });
    expect(made.body).toMatchObject({ creditLimit: '0.00', balanceModel: 'prepaid' });
    const { id } = (await create({ creditLimit: '25.00', balanceModel: 'postpaid' }, {})).body;
    const changed = await change(id, { creditLimit: '25', balanceModel: 'postpaid', name: 'Acme 2' });
    expect(changed.body).toMatchObject({ name: 'Acme 2', creditLimit: '25.00', balanceModel: 'postpaid' });
  });

  test('are refused to a billing operator in the words of a role', async () => {
    const options = await asUser(api, (await makePerson(api, 'operator')).id);
    await refused(api, () => create({ creditLimit: '10.00' }, options), missing('creditLimit', 'your role'));
    expect((await create({ name: 'By an operator' }, options)).status).toBe(201);
  });
});

test('with credit:write beside clients:write, credit limit and balance model are set and changed', async () => {
  const options = { key: await api.makeKey({ scopes: ['clients:write', 'credit:write'] }) };
  const made = await create({ creditLimit: '10.00', balanceModel: 'postpaid' }, options);
  expect(made.body).toMatchObject({ creditLimit: '10.00', balanceModel: 'postpaid' });
  const wish = { creditLimit: '20.00', balanceModel: 'prepaid', reason: 'contract' };
  const changed = await change(made.body.id, wish, options);
  expect(changed.body).toMatchObject({ creditLimit: '20.00', balanceModel: 'prepaid' });
});

describe('an opening balance', () => {
  test('needs payments:write, like any other entry of the ledger', async () => {
    await refused(
      api,
      () => create({ openingBalance: '10.00' }),
      missing('openingBalance', 'the key', 'payments:write'),
    );
    const withCredit = { key: await api.makeKey({ scopes: ['clients:write', 'credit:write'] }) };
    const asked = (): Promise<Reply> => create({ openingBalance: '-0.01', creditLimit: '5.00' }, withCredit);
    await refused(api, asked, missing('openingBalance', 'the key', 'payments:write'));
  });

  test('of 0 is that of every client, in any spelling', async () => {
    expect((await create({ openingBalance: '0' })).body).toMatchObject({ openingBalance: '0.00' });
  });

  test('is recorded for a billing operator, who may record payments but set no credit limit', async () => {
    const options = await asUser(api, (await makePerson(api, 'operator')).id);
    const reply = await create({ openingBalance: '10.00' }, options);
    expect(reply.body).toMatchObject({ openingBalance: '10.00', balance: { live: { amount: '10.00' } } });
  });

  test('is named with the credit limit where the caller may set neither', async () => {
    const reply = await create({ openingBalance: '10.00', creditLimit: '10.00' });
    expect(reply.body.errors).toMatchObject([
      {
        pointer: '#/creditLimit',
        detail: 'must not be changed: this requires the scope credit:write, which the key does not have',
      },
      {
        pointer: '#/openingBalance',
        detail: 'must not be changed: this requires the scope payments:write, which the key does not have',
      },
    ]);
  });
});
