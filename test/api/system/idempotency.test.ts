import { dedupeIdOf } from '../../../src/api/http/idempotency.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.now = null;
});

const profile = { name: 'once', currency: 'USD' };

async function named(name: string): Promise<number> {
  const rows = await api.sql`select 1 from profiles where name = ${name}`;
  return rows.length;
}

describe('Idempotency-Key', () => {
  test('the same request again gets the first answer, word for word', async () => {
    const headers = { 'Idempotency-Key': 'again-1' };
    const first = await api.post('/v1/profiles', { ...profile, name: 'again' }, { headers });
    // The order of fields and spaces do not make another request.
    const second = await api.post('/v1/profiles', undefined, {
      headers,
      rawBody: '{ "currency": "USD",  "name": "again" }',
    });
    expect(first).toHaveStatus(201);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(second).toHaveStatus(201);
    expect(second.text).toEqual(first.text);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await named('again')).toBe(1);
  });

  test('another body, another address or another operation with the same key is refused', async () => {
    const headers = { 'Idempotency-Key': 'other-1' };
    await api.post('/v1/profiles', { ...profile, name: 'other' }, { headers });
    const body = await api.post('/v1/profiles', { ...profile, name: 'different' }, { headers });
    expect(body).toBeProblem(422, 'idempotency_mismatch', '#/headers/idempotency-key');
    const address = await api.post('/v1/clients', { ...profile, name: 'other' }, { headers });
    expect(address).toBeProblem(422, 'idempotency_mismatch');
    expect(await named('different')).toBe(0);
  });

  test('of two at once one is carried out, and the other is told to wait or gets the answer', async () => {
    const headers = { 'Idempotency-Key': 'race-1' };
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => api.post('/v1/profiles', { ...profile, name: 'race' }, { headers })),
    );
    for (const reply of replies) {
      if (reply.status === 201) expect(reply.body.name).toBe('race');
      else expect(reply).toBeProblem(409, 'idempotency_in_flight');
    }
    expect(await named('race')).toBe(1);
  });

  test('a refused request may be sent again with its key, corrected or not', async () => {
    const headers = { 'Idempotency-Key': 'refused-1' };
    const missing = { ...profile, name: 'refused', resellerId: '999999' };
    expect(await api.post('/v1/profiles', missing, { headers })).toBeProblem(404, 'not_found');
    expect(await api.post('/v1/profiles', { ...profile, name: 'refused' }, { headers })).toHaveStatus(201);
  });

  test('a request whose process died frees its key after a minute', async () => {
    const headers = { 'Idempotency-Key': 'died-1' };
    const body = { ...profile, name: 'died' };
    await api.post('/v1/profiles', body, { headers });
    await api.sql`update idempotency_keys set status = null, body = null where key = 'died-1'`;
    const tooEarly = await api.post('/v1/profiles', body, { headers });
    expect(tooEarly).toBeProblem(409, 'idempotency_in_flight');
    expect(tooEarly.headers.get('retry-after')).toBe('1');
    api.now = Date.now() + 61_000;
    expect(await api.post('/v1/profiles', body, { headers })).toHaveStatus(201);
  });

  test('is forgotten after a day', async () => {
    const headers = { 'Idempotency-Key': 'day-1' };
    await api.post('/v1/profiles', { ...profile, name: 'day' }, { headers });
    api.now = Date.now() + 24 * 3_600_000 + 1000;
    const reply = await api.post('/v1/profiles', { ...profile, name: 'next day' }, { headers });
    expect(reply).toHaveStatus(201);
  });

  test('belongs to its API key: another caller’s key of the same name is another', async () => {
    const headers = { 'Idempotency-Key': 'shared-1' };
    const key = await api.makeKey();
    expect(await api.post('/v1/profiles', { ...profile, name: 'mine' }, { headers })).toHaveStatus(201);
    expect(await api.post('/v1/profiles', { ...profile, name: 'theirs' }, { headers, key })).toHaveStatus(201);
  });

  test('an answer that shows a secret is not kept', async () => {
    const headers = { 'Idempotency-Key': 'secret-1' };
    const body = { name: 'shop', scopes: ['payments:write'] };
    const first = await api.post('/v1/api-keys', body, { headers });
    const again = await api.post('/v1/api-keys', body, { headers });
    expect(first).toHaveStatus(201);
    expect(again).toBeProblem(409, 'idempotency_spent');
    const [row] = await api.sql<
      { text: string }[]
    >`select k::text as text from idempotency_keys k where key = 'secret-1'`;
    expect(row?.text).not.toContain(first.body.key.split('_')[3]);
  });

  test('must be visible ASCII', async () => {
    const reply = await api.post('/v1/profiles', profile, { headers: { 'Idempotency-Key': 'a'.repeat(201) } });
    expect(reply).toBeProblem(400, 'invalid', '#/headers/idempotency-key');
  });
});

test('the longest key names what it leaves behind within 200 characters, each caller’s apart', () => {
  const [longest, other] = ['k'.repeat(200), `${'k'.repeat(199)}x`];
  const names = [{ id: 'key:1' }, { id: 'user:1' }].flatMap((caller) => [
    dedupeIdOf(caller, longest),
    dedupeIdOf(caller, other),
  ]);
  expect(new Set(names).size).toBe(4);
  expect(names.every((name) => name.length <= 200)).toBe(true);
  expect(dedupeIdOf({ id: 'key:1' }, 'short')).toBe('key:1:short');
});
