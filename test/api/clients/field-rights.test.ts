import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api.js';
import { asUser, makePerson } from '../../support/people.js';
import { anyVersion, refused } from '../../support/refusals.js';

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

const missing = (field: string, whose = 'the key'): Parameters<typeof refused>[2] => ({
  status: 403,
  code: 'scope_missing',
  pointer: `#/${field}`,
  detail: new RegExp(`^this needs the scope credit:write, which ${whose} does not have$`),
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
      '#/creditLimit',
      '#/balanceModel',
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
  const changed = await change(made.body.id, { creditLimit: '20.00', balanceModel: 'prepaid' }, options);
  expect(changed.body).toMatchObject({ creditLimit: '20.00', balanceModel: 'prepaid' });
});
