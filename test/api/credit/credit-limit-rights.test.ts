import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { anyVersion, refused } from '../../support/api/refusals.js';

/** Who may raise a permanent credit limit how far, and what a change of it must say. */

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const create = (body: object = {}, options: CallOptions = {}): Promise<Reply> =>
  api.post('/v1/clients', { name: 'Acme', currency: 'USD', balanceModel: 'postpaid', ...body }, options);
const newClient = async (body: object = {}): Promise<string> => (await create(body)).body.id;
const versioned = (options: CallOptions): CallOptions => ({
  ...options,
  headers: { ...options.headers, ...anyVersion.headers },
});
const patch = (id: string, body: object, options: CallOptions = {}): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, body, versioned(options));
const put = (id: string, creditLimit: string, options: CallOptions = {}): Promise<Reply> =>
  api.call('PUT', `/v1/clients/${id}/credit-limit`, { creditLimit, reason: 'contract' }, versioned(options));

async function limitedKey(amount: string, currency = 'USD'): Promise<{ key: string }> {
  const body = { name: 'limits', scopes: ['*'], maximumCreditLimit: { amount, currency } };
  const made = await api.post('/v1/api-keys', body);
  expect(made.body.maximumCreditLimit).toEqual({ amount, currency });
  return { key: made.body.key };
}

describe('a change of the credit limit says why', () => {
  const missing = {
    status: 400,
    code: 'invalid',
    pointer: '#/reason',
    detail: /must say why the credit limit changes/,
  };

  test('in an edit of the client', async () => {
    const id = await newClient({ creditLimit: '10.00' });
    await refused(api, () => patch(id, { creditLimit: '20.00' }), missing);
    await refused(api, () => patch(id, { creditLimit: '5.00', name: 'Other' }), missing);
    expect(await patch(id, { creditLimit: '20.00', reason: 'contract' })).toHaveStatus(200);
    const history = await api.get(`/v1/clients/${id}/credit-limit/history`);
    expect(history.body.data[0]).toMatchObject({ reason: 'contract', permanent: { before: '10.00', after: '20.00' } });
  });

  test('but not at creation, nor where the limit stays as it is', async () => {
    const made = await create({ creditLimit: '10.00' });
    expect(made).toHaveStatus(201);
    expect(await patch(made.body.id, { creditLimit: '10', name: 'Other' })).toHaveStatus(200);
  });
});

describe('a maximum credit limit', () => {
  const above = (detail: RegExp, pointer = '#/creditLimit'): Parameters<typeof refused>[2] => ({
    ...{ status: 422, code: 'credit_above_maximum', pointer, detail },
  });
  const remedy =
    /up to your maximum credit limit, 100\.00 USD: request approval, or let a user with a higher maximum set it/;

  test('bounds what is set, edited, and given to a new client', async () => {
    const key = await limitedKey('100.00');
    const id = await newClient();
    await refused(api, () => put(id, '100.000001', key), above(remedy));
    await refused(api, () => patch(id, { creditLimit: '101', reason: 'x' }, key), above(remedy));
    await refused(api, () => create({ creditLimit: '101' }, key), above(remedy));
    expect((await put(id, '100', key)).body).toMatchObject({
      creditLimit: '100.00',
      maximum: { amount: '100.00', currency: 'USD' },
    });
    expect(await create({ creditLimit: '100.00' }, key)).toHaveStatus(201);
  });

  test('is judged on raises only', async () => {
    const key = await limitedKey('100.00');
    const id = await newClient({ creditLimit: '500.00' });
    expect(await put(id, '400', key)).toHaveStatus(200);
    expect(await patch(id, { name: 'Other' }, key)).toHaveStatus(200);
    await refused(api, () => put(id, '400.01', key), above(remedy));
    expect(await put(id, '-5', key)).toHaveStatus(200);
  });

  test('of 0 takes credit away and gives none', async () => {
    const key = await limitedKey('0.00');
    const id = await newClient({ creditLimit: '5.00' });
    expect(await put(id, '0', key)).toHaveStatus(200);
    await refused(api, () => put(id, '0.01', key), above(/up to your maximum credit limit, 0\.00 USD/));
  });

  test('is below "No Limit"', async () => {
    const key = await limitedKey('100.00');
    const id = await newClient();
    const expected = above(/"No Limit" is above your maximum credit limit, 100\.00 USD/, '#/balanceModel');
    await refused(api, () => patch(id, { balanceModel: 'unlimited' }, key), expected);
    await refused(api, () => create({ balanceModel: 'unlimited' }, key), expected);
  });

  test('in another currency is converted with the rate in force, and without one nothing is raised', async () => {
    const key = await limitedKey('100.00');
    const id = await newClient({ currency: 'CHF' });
    const none = { status: 422, code: 'no_rate', pointer: '#/creditLimit', detail: /no exchange rate from USD to CHF/ };
    await refused(api, () => put(id, '1', key), none);
    expect((await api.get(`/v1/clients/${id}/credit-limit`, key)).body.maximum).toEqual({
      amount: '100.00',
      currency: 'USD',
    });
    await api.post('/v1/exchange-rates', { from: 'USD', to: 'CHF', rate: '0.9' });
    await refused(api, () => put(id, '90.01', key), above(/your maximum credit limit, 90\.00 CHF/));
    expect((await put(id, '90', key)).body.maximum).toEqual({ amount: '90.00', currency: 'CHF' });
  });

  test('is not got round by naming the limit in another currency', async () => {
    await api.post('/v1/exchange-rates', { from: 'USD', to: 'JPY', rate: '150' });
    const key = await limitedKey('100.00');
    const made = await create({ currency: 'JPY', creditLimit: '15000' }, key);
    expect(made).toHaveStatus(201);
    await refused(api, () => patch(made.body.id, { currency: 'USD' }, key), above(remedy));
    const operator = await asUser(api, (await makePerson(api, 'operator')).id);
    expect(await patch(made.body.id, { currency: 'USD' }, operator)).toBeProblem(403, 'scope_missing', '#/currency');
  });

  test('is handed on: by default as one’s own, and never higher', async () => {
    const key = await limitedKey('100.00');
    const make = (maximumCreditLimit?: unknown): Promise<Reply> =>
      api.post('/v1/api-keys', { name: 'child', scopes: ['clients:read'], maximumCreditLimit }, key);
    const own = { amount: '100.00', currency: 'USD' };
    expect((await make()).body.maximumCreditLimit).toEqual(own);
    expect((await make(null)).body.maximumCreditLimit).toEqual(own);
    expect((await make({ amount: '5', currency: 'USD' })).body.maximumCreditLimit.amount).toBe('5.00');
    const higher = above(/up to your own maximum credit limit, 100\.00 USD/, '#/maximumCreditLimit');
    await refused(api, () => make({ amount: '100.01', currency: 'USD' }), higher);
    await refused(api, () => make({ amount: '1', currency: 'EUR' }), higher);
    const user = {
      name: 'New',
      email: 'limits@people.example',
      maximumCreditLimit: { amount: '101', currency: 'USD' },
    };
    await refused(api, () => api.post('/v1/users', user, key), higher);
  });

  test('of a user bounds the user’s keys too, and is shown', async () => {
    const { id } = await makePerson(api, 'credit_controller');
    const options = await asUser(api, id);
    const made = await api.post('/v1/api-keys', { name: 'own', scopes: ['credit:write'], ownerId: id });
    const maximumCreditLimit = { amount: '50.00', currency: 'USD' };
    const changed = await api.call('PATCH', `/v1/users/${id}`, { maximumCreditLimit }, anyVersion);
    expect(changed.body).toMatchObject({ maximumCreditLimit, version: 2 });
    expect((await api.get('/v1/me', options)).body.maximumCreditLimit).toEqual(maximumCreditLimit);
    const client = await newClient();
    const expected = above(/maximum credit limit, 50\.00 USD/);
    await refused(api, () => put(client, '51', options), expected);
    await refused(api, () => put(client, '51', { key: made.body.key }), expected);
    expect(await put(client, '50', { key: made.body.key })).toHaveStatus(200);
  });
});

describe('an unlimited client has no credit limit', () => {
  const expected = {
    ...{ status: 409, code: 'client_unlimited', pointer: '#/creditLimit' },
    detail: /must be 0 for a client with "No Limit": set it to 0 in the same request/,
  };

  test('whichever half is set', async () => {
    await refused(api, () => create({ balanceModel: 'unlimited', creditLimit: '5' }), expected);
    const unlimited = await newClient({ balanceModel: 'unlimited' });
    await refused(api, () => patch(unlimited, { creditLimit: '5', reason: 'x' }), expected);
    const limited = await newClient({ creditLimit: '5' });
    await refused(api, () => patch(limited, { balanceModel: 'unlimited', reason: 'x' }), expected);
    const both = await patch(limited, { balanceModel: 'unlimited', creditLimit: '0', reason: 'contract' });
    expect(both.body).toMatchObject({ balanceModel: 'unlimited', creditLimit: '0.00' });
    const back = await patch(limited, { balanceModel: 'postpaid', creditLimit: '7', reason: 'contract' });
    expect(back.body).toMatchObject({ balanceModel: 'postpaid', creditLimit: '7.00' });
  });
});

test('a manager of another company is refused, also where only the reseller changes', async () => {
  const [one, other] = [await api.reseller('One'), await api.reseller('Other')];
  const made = await api.post('/v1/resellers', { name: 'Manager', kind: 'manager', parentId: one });
  const managerId = made.body.id;
  const expected = {
    status: 409,
    code: 'conflict',
    pointer: '#/managerId',
    detail: /must work for the client's reseller/,
  };
  await refused(api, () => create({ resellerId: other, managerId }), expected);
  const foreign = await newClient({ resellerId: other });
  await refused(api, () => patch(foreign, { managerId }), expected);
  const own = await newClient({ resellerId: one, managerId });
  await refused(api, () => patch(own, { resellerId: other }), expected);
  expect(await patch(own, { resellerId: other, managerId: null })).toHaveStatus(200);
});
