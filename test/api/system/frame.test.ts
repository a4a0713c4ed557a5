import { openDatabase } from '../../../src/storage/system/database.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { fingerprint } from '../../support/database/fingerprint.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.now = null;
  api.temporal.down = false;
});

const profile = { name: 'default', currency: 'USD', userRule: { threshold: '100.00', notifyOwner: true } };

/** What a request gets while no server listens at the database's address. */
async function withoutDatabase(): Promise<Reply> {
  const lonely = await startTestApi();
  const { sql } = lonely;
  const dead = openDatabase('postgres://nobody@127.0.0.1:1/nothing', { max: 1 });
  Object.defineProperty(lonely.context, 'sql', { value: dead });
  try {
    return await lonely.get('/v1/profiles');
  } finally {
    Object.defineProperty(lonely.context, 'sql', { value: sql });
    await dead.end();
    await lonely.stop();
  }
}

describe('health', () => {
  test('alive asks nobody', async () => {
    api.temporal.calls.length = 0;
    const reply = await api.get('/livez', { key: null });
    expect(reply).toHaveStatus(200);
    expect(reply.text).toBe('ok\n');
    expect(api.temporal.calls).toEqual([]);
  });

  test('ready tells of each part', async () => {
    const reply = await api.get('/readyz?verbose', { key: null });
    expect(reply).toHaveStatus(200);
    expect(reply.body).toEqual({
      ready: true,
      checks: [
        { name: 'database', ok: true },
        { name: 'migrations', ok: true },
        { name: 'temporal', ok: true },
      ],
    });
    expect((await api.get('/readyz', { key: null })).body).toEqual({ ready: true });
  });

  test('stays ready without Temporal, for reads and payments go on', async () => {
    api.temporal.down = true;
    const reply = await api.get('/readyz?verbose', { key: null });
    expect(reply).toHaveStatus(200);
    expect(reply.body.checks).toContainEqual({ name: 'temporal', ok: false, detail: 'not reachable' });
  });

  test('metrics count requests by pattern, never by address', async () => {
    await api.get('/v1/profiles/987654');
    const { text } = await api.get('/metrics', { key: null });
    expect(text).toContain(
      'lowwater_http_request_duration_seconds_count{operation="/v1/profiles/{id}",method="GET",status="404"}',
    );
    expect(text).not.toContain('987654');
  });
});

describe('requests', () => {
  test('carry an id: the caller’s own where it is sane, else a new one', async () => {
    const own = await api.get('/v1/meta', { headers: { 'X-Request-Id': 'shop-42' } });
    expect(own.headers.get('x-request-id')).toBe('shop-42');
    const insane = await api.get('/nowhere', { headers: { 'X-Request-Id': 'a b"c' } });
    expect(insane.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(insane.body).toMatchObject({
      status: 404,
      code: 'not_found',
      requestId: insane.headers.get('x-request-id'),
      instance: `urn:request:${insane.headers.get('x-request-id')}`,
    });
  });

  test('to an unknown address or with an unknown method are problems', async () => {
    const unknown = await api.get('/v1/unheard-of');
    expect(unknown).toBeProblem(404, 'not_found');
    expect(unknown.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const method = await api.call('PUT', '/v1/profiles');
    expect(method).toBeProblem(405, 'method_not_allowed');
    expect(method.headers.get('allow')).toBe('GET, POST');
    const broken = await api.get('/v1/profiles/%E0%A4%A');
    expect(broken).toBeProblem(404, 'not_found');
  });

  test('that go wrong inside tell nothing of the inside', async () => {
    await api.sql`alter table exchange_rates rename to rates_elsewhere`;
    const reply = await api.get('/v1/exchange-rates');
    await api.sql`alter table rates_elsewhere rename to exchange_rates`;
    expect(reply).toBeProblem(500, 'internal');
    expect(reply.text).not.toMatch(/relation|exchange_rates|select/);
    expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'));
  });

  test('find the database down: come again', async () => {
    const reply = await withoutDatabase();
    expect(reply).toBeProblem(503, 'database_unavailable');
    expect(reply.headers.get('retry-after')).toBe('5');
  });

  test('have headers that forbid what no API needs', async () => {
    const { headers } = await api.get('/v1/meta');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('who calls', () => {
  test.each([
    ['no key', null, 'key_missing'],
    ['another scheme', 'Basic abc', 'key_invalid'],
    ['no form of a key', 'Bearer nonsense', 'key_invalid'],
    ['an unknown key', `Bearer lw_live_${'0'.repeat(12)}_${'0'.repeat(48)}`, 'key_invalid'],
  ])('%s: 401', async (_name, authorization, code) => {
    const reply = await api.get('/v1/meta', {
      key: null,
      ...(authorization !== null && { headers: { Authorization: authorization } }),
    });
    expect(reply).toBeProblem(401, code, '#/headers/authorization');
    expect(reply.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('a key with another secret is as good as unknown', async () => {
    const reply = await api.get('/v1/meta', { key: api.key.replace(/.$/, (last) => (last === '0' ? '1' : '0')) });
    expect(reply).toBeProblem(401, 'key_invalid');
  });

  test('a key stops with its expiry and with its revocation', async () => {
    const key = await api.makeKey({ expiresAt: new Date('2030-01-01T00:00:00Z') });
    expect(await api.get('/v1/meta', { key })).toHaveStatus(200);
    api.now = Date.parse('2030-01-01T00:00:00Z');
    expect(await api.get('/v1/meta', { key })).toBeProblem(401, 'key_expired');
    api.now = null;
    await api.sql`update api_keys set revoked_at = now() where prefix = ${key.split('_')[2] ?? ''}`;
    expect(await api.get('/v1/meta', { key })).toBeProblem(401, 'key_revoked');
  });

  test('all four say the same words', async () => {
    const details = new Set<string>();
    for (const key of [null, 'nonsense', `lw_live_${'1'.repeat(12)}_${'1'.repeat(48)}`]) {
      details.add((await api.get('/v1/meta', { key })).body.detail);
    }
    expect(details.size).toBe(1);
  });

  test('a key without the scope may not, whatever the body holds', async () => {
    const key = await api.makeKey({ scopes: ['profiles:read'] });
    expect(await api.get('/v1/profiles', { key })).toHaveStatus(200);
    const before = await fingerprint(api.sql);
    const reply = await api.post('/v1/profiles', profile, { key });
    expect(reply).toBeProblem(403, 'scope_missing');
    expect(reply.body.detail).toContain('profiles:write');
    expect(await fingerprint(api.sql)).toBe(before);
  });

  test('the last use of a key is noted, at most once a minute', async () => {
    const key = await api.makeKey();
    const lastUse = async (): Promise<string | undefined> => {
      const [row] = await api.sql<{ at: Date | null }[]>`
        select last_used_at as at from api_keys where prefix = ${key.split('_')[2] ?? ''}`;
      return row?.at?.toISOString();
    };
    for (const at of ['2026-05-01T10:00:00.000Z', '2026-05-01T10:00:59.000Z']) {
      api.now = Date.parse(at);
      await api.get('/v1/meta', { key });
      expect(await lastUse()).toBe('2026-05-01T10:00:00.000Z');
    }
    api.now = Date.parse('2026-05-01T10:01:00.000Z');
    await api.get('/v1/meta', { key });
    expect(await lastUse()).toBe('2026-05-01T10:01:00.000Z');
  });

  test('only the hash of a key is stored', async () => {
    const [row] = await api.sql<{ text: string }[]>`select string_agg(k::text, ' ') as text from api_keys k`;
    expect(row?.text).not.toContain(api.key.split('_')[3]);
  });
});

describe('what the service says of itself', () => {
  test('version, time, limits, and whom it takes the caller for', async () => {
    const key = await api.makeKey({ scopes: ['clients:read'] });
    api.now = Date.parse('2026-05-01T10:00:00Z');
    const { body } = await api.get('/v1/meta', { key });
    expect(body).toMatchObject({
      version: '0.0.0-test',
      serverTime: '2026-05-01T10:00:00Z',
      demo: false,
      features: { balanceSource: 'ledger', webhooksIn: false },
      limits: { bodyBytes: 1_048_576, pageRows: 200, batchItems: 1000, requestsPerMinute: null },
      caller: { resellerId: api.operatorId, scopes: ['clients:read'] },
    });
  });

  test('that it holds example data, while it does', async () => {
    const { body } = await api.post('/v1/clients', { name: 'Customer A', currency: 'USD', tags: ['demo'] });
    expect((await api.get('/v1/meta')).body.demo).toBe(true);
    await api.call('DELETE', `/v1/clients/${body.id}`, undefined, { headers: { 'If-Match': '*' } });
    expect((await api.get('/v1/meta')).body.demo).toBe(false);
  });
});

describe('too many requests', () => {
  test('are refused for one key and not for another', async () => {
    const limited = await startTestApi({ RATE_LIMIT_PER_MINUTE: '3' });
    try {
      const other = await limited.makeKey();
      for (let sent = 0; sent < 3; sent++) expect(await limited.get('/v1/meta')).toHaveStatus(200);
      const reply = await limited.get('/v1/meta');
      expect(reply).toBeProblem(429, 'rate_limited');
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(reply.body.retryAfterSeconds).toBe(Number(reply.headers.get('retry-after')));
      expect(await limited.get('/v1/meta', { key: other })).toHaveStatus(200);
      expect(await limited.get('/livez', { key: null })).toHaveStatus(200);
    } finally {
      await limited.stop();
    }
  });
});

describe('the document', () => {
  test('pages for people come from here alone', async () => {
    const page = await api.get('/docs', { key: null });
    expect(page).toHaveStatus(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/(src|href)="https?:/);
    for (const [, address] of page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      expect(await api.get(address ?? '', { key: null })).toHaveStatus(200);
    }
  });

  test('the reader gets it compressed, and with the key as all that one can enter', async () => {
    const reply = await fetch(`${api.url}/docs/openapi.json`, { headers: { 'Accept-Encoding': 'br' } });
    expect(reply.headers.get('content-encoding')).toBe('br');
    const document = (await reply.json()) as {
      components: { securitySchemes: object };
      paths: Record<string, Record<string, { tags: string[]; security?: object[] }>>;
      servers: object[];
    };
    expect(Object.keys(document.components.securitySchemes)).toEqual(['apiKey', 'panelSession']);
    expect(document.paths['/v1/payments']?.['post']).toMatchObject({ tags: ['Ledger'], security: [{ apiKey: [] }] });
    expect(document.servers).toEqual([{ url: '/' }]);
  });

  test('every problem type has its place on the page of errors', async () => {
    const { text } = await api.get('/docs/errors', { key: null });
    const { body } = await api.get('/nowhere');
    expect(body.type).toBe('/docs/errors#not_found');
    expect(text).toContain('id="not_found"');
  });

  test('the root leads to it', async () => {
    const reply = await api.get('/', { key: null });
    expect(reply).toHaveStatus(302);
    expect(reply.headers.get('location')).toBe('/docs');
  });
});
