import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { makeAccount } from '../../support/data/accounts.js';
import { newLedgerClient } from '../../support/data/ledger-client.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const patch = (id: string, body: object, etag = '*'): Promise<Reply> =>
  api.call('PATCH', `/v1/accounts/${id}`, body, { headers: { 'If-Match': etag } });
const read = async (id: string): Promise<Reply['body']> => (await api.get(`/v1/accounts/${id}`)).body;

test('the credit limit of an account follows the rules of a client’s', async () => {
  const client = await newLedgerClient(api);
  const path = `/v1/clients/${client}/accounts`;
  const credit = (creditLimit: string): object => ({ externalId: `c-${creditLimit}`, kind: 'credit', creditLimit });
  expect(await api.post(path, credit('1000000000'))).toBeProblem(400, 'invalid', '#/creditLimit');
  const clerk = { key: await api.makeKey({ scopes: ['clients:read', 'clients:write'] }) };
  expect(await api.post(path, credit('1'), clerk)).toBeProblem(403, 'scope_missing', '#/creditLimit');
  const made = await api.post(path, credit('0'), clerk);
  expect(made).toHaveStatus(201);
  const change = (body: object, options: object): Promise<Reply> =>
    api.call('PATCH', `/v1/accounts/${made.body.id}`, body, { headers: { 'If-Match': '*' }, ...options });
  expect(await change({ creditLimit: '1' }, clerk)).toBeProblem(403, 'scope_missing', '#/creditLimit');
  expect(await change({ status: 'blocked' }, clerk)).toHaveStatus(200);
  const maximumCreditLimit = { amount: '100.00', currency: 'USD' };
  const { body } = await api.post('/v1/api-keys', { name: 'limited', scopes: ['*'], maximumCreditLimit });
  const limited = { key: body.key };
  expect(await api.post(path, credit('100.01'), limited)).toBeProblem(422, 'credit_above_maximum', '#/creditLimit');
  expect(await change({ creditLimit: '100.01' }, limited)).toBeProblem(422, 'credit_above_maximum', '#/creditLimit');
  expect(await change({ creditLimit: '100' }, limited)).toHaveStatus(200);
});

describe('accounts under a client', () => {
  test('are added, read, changed, and listed with what the client has', async () => {
    const client = await newLedgerClient(api);
    const made = await api.post(`/v1/clients/${client}/accounts`, {
      ...{ externalId: '380501234567', kind: 'credit', creditLimit: '50', expiresOn: '2099-12-31' },
      ...{ dailyTransferLimit: '20', reason: 'ordered' },
    });
    expect(made).toHaveStatus(201);
    const { id } = made.body;
    expect(made.headers.get('location')).toBe(`/v1/accounts/${id}`);
    expect(made.body).toMatchObject({
      ...{ clientId: client, externalId: '380501234567', kind: 'credit', status: 'active', currency: 'USD' },
      ...{ creditLimit: '50.00', dailyTransferLimit: '20.00', expiresOn: '2099-12-31', expired: false },
      ...{ balance: '0.00', available: '50.00', owed: '0.00' },
    });
    await api.post(`/v1/clients/${client}/charges`, { id: 'c1', amount: '30', currency: 'USD', accountId: id });
    await api.post(`/v1/clients/${client}/payments`, { id: 'p1', amount: '100', currency: 'USD' });
    expect(await read(id)).toMatchObject({ balance: '-30.00', available: '20.00', owed: '30.00', version: 1 });
    const changed = await patch(id, { creditLimit: '60.00', expiresOn: '2020-01-01' }, made.headers.get('etag') ?? '');
    expect(changed).toHaveStatus(200);
    expect(changed.body).toMatchObject({ available: '30.00', expired: true, version: 2 });
    expect(await patch(id, { creditLimit: '70' }, '"1"')).toBeProblem(412, 'version_stale');
    const subordinate = await makeAccount(api, client, { kind: 'subordinate' });
    expect(await read(subordinate.id)).toMatchObject({ balance: null, available: null, owed: null });
    const list = await api.get(`/v1/accounts?clientId=${client}&include=parts,total`);
    expect(list.body).toMatchObject({ total: 2, parts: { common: '100.00', accounts: '-30.00' } });
    expect((await api.get(`/v1/accounts?kind=credit&q=38050&clientId=${client}`)).body.data).toHaveLength(1);
    const file = await api.get(`/v1/exports/accounts.csv?clientId=${client}`);
    expect(file.text).toContain('380501234567');
    const audit = await api.get(`/v1/audit?clientId=${client}&subjectType=account`);
    expect(audit.body.data.map((row: { action: string }) => row.action)).toEqual([
      'account.create',
      'account.update',
      'account.create',
    ]);
    expect(audit.body.data[1].after).toMatchObject({ creditLimit: '60.00', expiresOn: '2020-01-01' });
  });

  test('are closed instead of deleted, without a balance, and for good', async () => {
    const client = await newLedgerClient(api);
    const { id } = await makeAccount(api, client, { externalId: 'same', balance: '12.50' });
    const early = await patch(id, { status: 'closed' });
    expect(early).toBeProblem(409, 'account_not_empty', '#/status');
    expect(early.body.detail).toContain('12.50 USD');
    const again = await api.post(`/v1/clients/${client}/accounts`, { externalId: 'same', kind: 'debit' });
    expect(again).toBeProblem(409, 'already_exists', '#/externalId');
    await api.post(`/v1/clients/${client}/adjustments`, { id: 'a', amount: '-12.5', currency: 'USD', accountId: id });
    expect((await patch(id, { status: 'closed' })).body).toMatchObject({ status: 'closed', balance: '0.00' });
    expect(await patch(id, { status: 'active' })).toBeProblem(409, 'account_closed');
    expect(await patch(id, { status: 'closed' })).toHaveStatus(200);
    const late = await api.post('/v1/payments', {
      ...{ id: 'late', clientId: client, amount: '1', currency: 'USD', accountId: id },
    });
    expect(late).toBeProblem(409, 'account_closed', '#/accountId');
    // Its external id is free again.
    await makeAccount(api, client, { externalId: 'same' });
  });

  test.each([
    [{ kind: 'debit', creditLimit: '5' }, '#/creditLimit'],
    [{ kind: 'subordinate', dailyTransferLimit: '5' }, '#/dailyTransferLimit'],
    [{ kind: 'credit', creditLimit: '-5' }, '#/creditLimit'],
    [{ kind: 'prepaid' }, '#/kind'],
    [{ kind: 'debit', expiresOn: '2026-02-30' }, '#/expiresOn'],
    [{ kind: 'debit', externalId: '' }, '#/externalId'],
  ])('with %j are refused', async (fields, pointer) => {
    const client = await newLedgerClient(api);
    const refused = await api.post(`/v1/clients/${client}/accounts`, { externalId: 'x', ...fields });
    expect(refused).toBeProblem(400, 'invalid', pointer);
    expect((await api.get(`/v1/accounts?clientId=${client}`)).body.data).toEqual([]);
  });

  test('of a deleted client are neither added nor changed', async () => {
    const client = await newLedgerClient(api);
    const { id } = await makeAccount(api, client);
    await api.sql`update clients set status = 'deleted' where id = ${client}`;
    const body = { externalId: 'late', kind: 'debit' };
    expect(await api.post(`/v1/clients/${client}/accounts`, body)).toBeProblem(409, 'client_deleted', '#/path/id');
    expect(await patch(id, { status: 'blocked' })).toBeProblem(409, 'client_deleted');
  });

  test('take entries of a batch, and a refused one harms no other', async () => {
    const client = await newLedgerClient(api);
    const { id } = await makeAccount(api, client);
    const item = { clientId: client, amount: '2.00', currency: 'USD' };
    const { body } = await api.post('/v1/charges/batch', {
      items: [
        { ...item, id: 'b1', accountId: id },
        { ...item, id: 'b2' },
        { ...item, id: 'b3', accountId: '999999' },
      ],
    });
    expect(body).toMatchObject({ posted: 2, refused: 1 });
    expect(body.results[0].entry).toMatchObject({ accountId: id, transferId: null });
    expect(body.results[2].errors[0]).toMatchObject({ pointer: '#/items/2/accountId', code: 'not_found' });
    expect((await read(id)).balance).toBe('-2.00');
  });
});
