import { startTestApi, type TestApi } from '../../support/api/api.js';
import { newLedgerClient, type LedgerClientWish } from '../../support/data/ledger-client.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from outbox`);

const newClient = (wish?: LedgerClientWish): Promise<string> => newLedgerClient(api, wish);

let serial = 0;
const fresh = (): string => `e-${++serial}`;

/** Everything that a refused request must leave as it was. */
async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from ledger_entries), (select sum(live) from balances),
      (select sum(refill_seq) from balances), (select count(*) from outbox), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

describe('batches', () => {
  test('post what can be posted and say of each other why not', async () => {
    const id = await newClient();
    const deleted = await newClient({ status: 'deleted' });
    const known = { id: fresh(), clientId: id, amount: '5.00', currency: 'USD' };
    await api.post('/v1/payments', known);
    const items = [
      known,
      { id: fresh(), clientId: id, amount: '7.00', currency: 'USD' },
      { ...known, amount: '6.00' },
      { id: fresh(), clientId: id, amount: 7, currency: 'USD' },
      { id: fresh(), clientId: '999999', amount: '1', currency: 'USD' },
      { id: fresh(), clientId: deleted, amount: '1', currency: 'USD' },
      { id: fresh(), clientId: id, amount: '1', currency: 'EUR' },
      { id: fresh(), clientId: id, amount: '1', currency: 'USD', colour: 'red' },
      'not an object',
    ];
    const reply = await api.post('/v1/payments/batch', { items });
    expect(reply).toHaveStatus(200);
    const { body } = reply;
    expect([body.posted, body.replayed, body.refused]).toEqual([1, 1, 7]);
    const outcomes = body.results.map((result: { outcome: string; errors?: { pointer: string; code: string }[] }) =>
      result.errors ? `${result.errors[0]?.code} ${result.errors[0]?.pointer}` : result.outcome,
    );
    expect(outcomes).toEqual([
      'replayed',
      'posted',
      'conflict #/items/2/id',
      'wrong_type #/items/3/amount',
      'not_found #/items/4/clientId',
      'client_deleted #/items/5/clientId',
      'currency_mismatch #/items/6/currency',
      'unknown_field #/items/7/colour',
      'wrong_type #/items/8',
    ]);
    expect((await api.get(`/v1/clients/${id}/balances`)).body.live).toBe('12.00');
  });

  test('of a thousand charges are one answer, and may be sent again', async () => {
    const id = await newClient();
    const items = Array.from({ length: 1000 }, () => ({ id: fresh(), clientId: id, amount: '0.01', currency: 'USD' }));
    expect((await api.post('/v1/charges/batch', { items })).body).toMatchObject({ posted: 1000, refused: 0 });
    expect((await api.post('/v1/charges/batch', { items })).body).toMatchObject({ posted: 0, replayed: 1000 });
    expect((await api.get(`/v1/clients/${id}/balances`)).body.live).toBe('-10.00');
  });

  test('of more than a thousand, or of none, are refused whole', async () => {
    const item = { id: 'x', clientId: '1', amount: '1', currency: 'USD' };
    for (const items of [[], Array.from({ length: 1001 }, () => item)]) {
      const before = await fingerprint();
      const answer = await api.post('/v1/adjustments/batch', { items });
      expect(answer).toBeProblem(400, 'invalid', '#/items');
      expect(await fingerprint()).toBe(before);
    }
  });
});
