import { signalForEffectiveRates } from '../../../src/storage/rates/exchange-rates.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = null;
  await api.sql`delete from outbox`;
});

async function made(path: string, body: unknown): Promise<Reply> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply;
}

async function signals(): Promise<string[]> {
  const rows = await api.sql<{ what: string }[]>`select client_id || ' ' || kind as what from outbox order by 1`;
  return rows.map(({ what }) => what);
}

describe('exchange rates', () => {
  const rate = { from: 'GBP', to: 'USD', rate: '1.25', at: '2026-01-01T00:00:00Z' };

  test('are added once, never altered, and in force from their instant', async () => {
    const first = await made('/v1/exchange-rates', rate);
    expect(first.body).toMatchObject({ ...rate, createdBy: 'key:1' });
    const again = await api.post('/v1/exchange-rates', { ...rate, rate: '1.250' });
    expect(again).toHaveStatus(200);
    expect(again.body).toEqual(first.body);
    const other = await api.post('/v1/exchange-rates', { ...rate, rate: '1.26' });
    expect(other).toBeProblem(409, 'conflict', '#/at');
    await made('/v1/exchange-rates', { ...rate, rate: '1.3', at: '2026-02-01T00:00:00Z' });
    const at = async (instant: string): Promise<string[]> => {
      const reply = await api.get(`/v1/exchange-rates/current?from=GBP&at=${instant}`);
      return reply.body.data.map((row: { rate: string }) => row.rate);
    };
    expect(await at('2025-12-31T23:59:59Z')).toEqual([]);
    expect(await at('2026-01-15T00:00:00Z')).toEqual(['1.25']);
    expect(await at('2026-02-01T00:00:00Z')).toEqual(['1.30']);
    const list = await api.get('/v1/exchange-rates?from=GBP&to=USD');
    expect(list.body.data.map((row: { at: string }) => row.at)).toEqual([
      '2026-02-01T00:00:00Z',
      '2026-01-01T00:00:00Z',
    ]);
  });

  test('make the monitors look whose balance they convert, once they are in force', async () => {
    const profile = await made('/v1/profiles', { name: 'p', currency: 'PLN' });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'CZK', profileId: profile.body.id });
    await made('/v1/clients', { name: 'Plain', currency: 'PLN', profileId: profile.body.id });
    await api.sql`delete from outbox`;
    await made('/v1/exchange-rates', { from: 'CZK', to: 'PLN', rate: '0.17', at: '2999-01-01T00:00:00Z' });
    await made('/v1/exchange-rates', { from: 'PLN', to: 'CZK', rate: '5.9' });
    expect(await signals()).toEqual([]);
    await made('/v1/exchange-rates', { from: 'CZK', to: 'PLN', rate: '0.17' });
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
  });

  test('that clients need are told, those that nobody gave first', async () => {
    const resellerId = await api.reseller('Abroad');
    const key = await api.makeKey({ resellerId });
    const profile = await made('/v1/profiles', { name: 'p', currency: 'SEK', resellerId });
    const client = { currency: 'NOK', resellerId, profileId: profile.body.id };
    await made('/v1/clients', { ...client, name: 'Fjord' });
    await made('/v1/clients', { ...client, name: 'Fjell' });
    await made('/v1/clients', { ...client, name: 'Aarhus', currency: 'DKK' });
    await made('/v1/clients', { ...client, name: 'Same', currency: 'SEK' });
    await made('/v1/clients', { ...client, name: 'Endless', currency: 'ISK', balanceModel: 'unlimited' });
    await made('/v1/exchange-rates', { from: 'NOK', to: 'SEK', rate: '1.02', at: '2026-01-01T00:00:00Z' });
    await made('/v1/exchange-rates', { from: 'DKK', to: 'SEK', rate: '1.5', at: '2999-01-01T00:00:00Z' });
    const side = { enabled: true, threshold: '0.00', alarmEmails: ['finance@carrier.example'] };
    await made('/v1/companies', {
      ...{ name: 'Carrier', currency: 'SEK', theirCurrency: 'DKK', ourCurrency: 'SEK', resellerId },
      ...{ their: { ...side, currency: 'EUR' }, mutual: side, our: { ...side, enabled: false, currency: 'RON' } },
    });
    const reply = await api.get('/v1/exchange-rates/needed', { key });
    expect(reply.body.data).toEqual([
      { from: 'DKK', to: 'SEK', clients: 1, profiles: 1, companies: 1, rate: null, at: null },
      { from: 'DKK', to: 'EUR', clients: 0, profiles: 0, companies: 1, rate: null, at: null },
      { from: 'NOK', to: 'SEK', clients: 2, profiles: 1, companies: 0, rate: '1.02', at: '2026-01-01T00:00:00Z' },
    ]);
  });

  test('that begin later make them look when they have begun, once', async () => {
    const profile = await made('/v1/profiles', { name: 'p', currency: 'HUF' });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'SEK', profileId: profile.body.id });
    const ahead = { from: 'SEK', to: 'HUF', rate: '36' };
    await made('/v1/exchange-rates', { ...ahead, at: new Date(Date.now() + 60_000).toISOString() });
    await made('/v1/exchange-rates', { ...ahead, at: '2999-01-01T00:00:00Z' });
    await api.sql`delete from outbox`;
    await signalForEffectiveRates(api.sql);
    expect(await signals()).toEqual([]);
    await api.sql`update exchange_rates set at = now() - interval '3 s' where from_currency = 'SEK' and at < '2999-01-01'`;
    await Promise.all([signalForEffectiveRates(api.sql), signalForEffectiveRates(api.sql)]);
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
    await api.sql`delete from outbox`;
    await signalForEffectiveRates(api.sql);
    expect(await signals()).toEqual([]);
  });

  test('are the operator’s alone', async () => {
    const key = await api.makeKey({ resellerId: await api.reseller('Branch') });
    const reply = await api.post('/v1/exchange-rates', rate, { key });
    expect(reply).toBeProblem(403, 'operator_only');
    expect(await api.get('/v1/exchange-rates', { key })).toHaveStatus(200);
  });
});
