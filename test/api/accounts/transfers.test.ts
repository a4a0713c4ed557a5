import { startTestApi, type TestApi } from '../../support/api/api.js';
import { makeAccount, sendTransfer } from '../../support/data/accounts.js';
import { newLedgerClient } from '../../support/data/ledger-client.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

async function pair(): Promise<{ client: string; a: string; b: string }> {
  const client = await newLedgerClient(api);
  const { id: a } = await makeAccount(api, client, { balance: '25' });
  const { id: b } = await makeAccount(api, client, { kind: 'credit', creditLimit: '50' });
  return { client, a, b };
}

describe('transfers', () => {
  test('move an amount once, and are in the lists, the ledger, and the audit log', async () => {
    const { client, a, b } = await pair();
    const body = { fromAccountId: a, toAccountId: b, amount: '10', note: 'for Anna' };
    const first = await sendTransfer(api, body, { idempotencyKey: `once-${a}` });
    expect(first).toHaveStatus(201);
    expect(first.body).toMatchObject({
      ...{ amount: '10.00', currency: 'USD', note: 'for Anna', undoes: null, undoneBy: null },
      from: { accountId: a, clientId: client, clientName: 'Customer A', balanceAfter: '15.00' },
      to: { accountId: b, clientId: client, balanceAfter: '10.00' },
    });
    const again = await sendTransfer(api, body, { idempotencyKey: `once-${a}` });
    expect(again.body).toEqual(first.body);
    // Also after the answer is no longer kept.
    await api.sql`delete from idempotency_keys`;
    expect((await sendTransfer(api, body, { idempotencyKey: `once-${a}` })).body).toEqual(first.body);
    await api.sql`delete from idempotency_keys`;
    const other = await sendTransfer(api, { ...body, amount: '11' }, { idempotencyKey: `once-${a}` });
    expect(other).toBeProblem(409, 'conflict', '#/headers/idempotency-key');
    expect((await api.get(`/v1/transfers/${first.body.id}`)).body).toEqual(first.body);
    const listed = await api.get(`/v1/transfers?accountId=${b}&currency=USD&amountFrom=10&amountTo=10`);
    expect(listed.body.data).toEqual([first.body]);
    expect((await api.get(`/v1/transfers?clientId=${client}&to=2020-01-01T00:00:00Z`)).body.data).toEqual([]);
    expect((await api.get(`/v1/exports/transfers.csv?clientId=${client}`)).text).toContain('for Anna');
    const entries = await api.get(`/v1/clients/${client}/entries`);
    expect(entries.body.data.slice(0, 2)).toMatchObject([
      { kind: 'transfer_in', accountId: b, transferId: first.body.id, amount: '10.00', liveAfter: '25.00' },
      { kind: 'transfer_out', accountId: a, transferId: first.body.id, amount: '-10.00', liveAfter: '25.00' },
    ]);
    const audit = await api.get(`/v1/audit?clientId=${client}&subjectType=transfer`);
    expect(audit.body.data).toMatchObject([{ action: 'transfer.create', after: { amount: '10.00' } }]);
  });

  test('need an Idempotency-Key', async () => {
    const { a, b } = await pair();
    const body = { fromAccountId: a, toAccountId: b, amount: '1', currency: 'USD' };
    expect(await api.post('/v1/transfers', body)).toBeProblem(400, 'invalid', '#/headers/idempotency-key');
  });

  test('are undone by a transfer back', async () => {
    const { client, a, b } = await pair();
    const { body } = await sendTransfer(api, { fromAccountId: a, toAccountId: b, amount: '10' });
    const undo = (key: string) =>
      api.post(`/v1/transfers/${body.id}/undo`, { note: 'wrong number' }, { headers: { 'Idempotency-Key': key } });
    const back = await undo(`undo-${a}`);
    expect(back).toHaveStatus(201);
    expect(back.body).toMatchObject({ undoes: body.id, from: { accountId: b }, to: { accountId: a }, amount: '10.00' });
    expect(await undo(`undo-again-${a}`)).toBeProblem(409, 'transfer_undone', '#/path/id');
    expect((await api.get(`/v1/transfers/${body.id}`)).body.undoneBy).toBe(back.body.id);
    const audit = await api.get(`/v1/audit?clientId=${client}&action=transfer.undo`);
    expect(audit.body.data).toMatchObject([{ reason: 'wrong number' }]);
  });

  test('say what is wrong, and where', async () => {
    const { client, a, b } = await pair();
    const other = await makeAccount(api, await newLedgerClient(api));
    const { id: subordinate } = await makeAccount(api, client, { kind: 'subordinate' });
    const { id: blocked } = await makeAccount(api, client, { status: 'blocked' });
    const good = { fromAccountId: a, toAccountId: b, amount: '1' };
    const cases: [object, number, string, string][] = [
      [{ fromAccountId: '999999' }, 404, 'not_found', '#/fromAccountId'],
      [{ toAccountId: '999999' }, 404, 'not_found', '#/toAccountId'],
      [{ toAccountId: a }, 422, 'transfer_same_account', '#/toAccountId'],
      [{ toAccountId: subordinate }, 409, 'transfer_kind', '#/toAccountId'],
      [{ toAccountId: blocked }, 409, 'transfer_inactive', '#/toAccountId'],
      [{ toAccountId: other.id }, 409, 'transfer_other_client', '#/toAccountId'],
      [{ currency: 'EUR' }, 422, 'currency_mismatch', '#/currency'],
      [{ amount: '0' }, 422, 'transfer_amount', '#/amount'],
      [{ amount: '0.001' }, 422, 'transfer_amount', '#/amount'],
      [{ amount: '25.01' }, 409, 'insufficient_funds', '#/amount'],
      [{ amount: 'much' }, 400, 'invalid', '#/amount'],
    ];
    for (const [wrong, status, code, pointer] of cases) {
      expect(await sendTransfer(api, { ...good, ...wrong })).toBeProblem(status, code, pointer);
    }
    expect((await api.get(`/v1/transfers?clientId=${client}`)).body.data).toEqual([]);
    expect((await api.get('/v1/transfers?amountFrom=1')).status).toBe(400);
  });

  test('leave the balance history of the client alone', async () => {
    const { client, a, b } = await pair();
    await sendTransfer(api, { fromAccountId: a, toAccountId: b, amount: '25' });
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const to = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await api.get(`/v1/clients/${client}/balance-history?from=${from}&to=${to}`);
    expect(body.points.map((point: { min: string }) => point.min)).toEqual(['25.00']);
  });
});
