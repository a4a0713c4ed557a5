import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { invalid, makeTargets, refused, whole, type RefusalIds } from '../../support/api/refusals.js';

/** Bad input: nothing may change, and each answer names the field, the reason and the request. */

let api: TestApi;
let ids: RefusalIds;

beforeAll(async () => {
  api = await startTestApi();
  ids = await makeTargets(api);
});
afterAll(() => api.stop());

describe('other resources', () => {
  const rate = { from: 'EUR', to: 'USD', rate: '1.10', at: '2026-01-01T00:00:00Z' };
  const cases: [string, string, Record<string, unknown>, string, RegExp][] = [
    ['a rate as a number', '/v1/exchange-rates', { ...rate, rate: 1.1 }, '#/rate', /decimal string/],
    ['a rate of 0', '/v1/exchange-rates', { ...rate, rate: '0' }, '#/rate', /positive/],
    ['a rate of one currency', '/v1/exchange-rates', { ...rate, to: 'EUR' }, '#/to', /must differ/],
    ['an instant without a zone', '/v1/exchange-rates', { ...rate, at: '2026-01-01T00:00:00' }, '#/at', /RFC 3339/],
    ['the 30th of February', '/v1/exchange-rates', { ...rate, at: '2026-02-30T00:00:00Z' }, '#/at', /RFC 3339/],
    ['the year 0', '/v1/exchange-rates', { ...rate, at: '0000-01-01T00:00:00Z' }, '#/at', /RFC 3339/],
    ['an instant as a number', '/v1/exchange-rates', { ...rate, at: 1767225600 }, '#/at', /string/],
    ['a user without an e-mail', '/v1/users', { name: 'Anna' }, '#/email', /required/],
    ['a user with a bad e-mail', '/v1/users', { name: 'Anna', email: 'anna@' }, '#/email', /domain/],
    ['a second operator', '/v1/resellers', { name: 'B', kind: 'operator' }, '#/kind', /reseller, manager/],
    ['a key without scopes', '/v1/api-keys', { name: 'k', scopes: [] }, '#/scopes', /at least 1/],
    ['a key with an unknown scope', '/v1/api-keys', { name: 'k', scopes: ['clients'] }, '#/scopes/0', /must be one of/],
    [
      'a key that has expired',
      '/v1/api-keys',
      { name: 'k', scopes: ['*'], expiresAt: '2020-01-01T00:00:00Z' },
      '#/expiresAt',
      /in the future/,
    ],
    [
      'a maximum as a number',
      '/v1/api-keys',
      { name: 'k', scopes: ['*'], maximumIncrease: { amount: { amount: 5, currency: 'USD' } } },
      '#/maximumIncrease/amount/amount',
      /decimal string/,
    ],
    ['no clients to assign', `/v1/profiles/1/assign`, { clientIds: [] }, '#/clientIds', /at least 1/],
  ];
  test.each(cases)('%s', (_name, path, body, pointer, detail) =>
    refused(api, () => api.post(path, body), invalid(pointer, detail)),
  );

  const lists: [string, string, string, RegExp][] = [
    ['an unknown parameter', '/v1/clients?nmae=a', '#/query/nmae', /unknown parameter/],
    ['a page of 0', '/v1/clients?limit=0', '#/query/limit', /at least 1/],
    ['a page of 201', '/v1/clients?limit=201', '#/query/limit', /up to 200/],
    ['page 0', '/v1/clients?page=0', '#/query/page', /at least 1/],
    ['page two', '/v1/clients?page=two', '#/query/page', /whole number/],
    ['a page beyond what a jump reaches', '/v1/clients?page=401', '#/query/page', /up to 400 at 25 rows per page/],
    ['a page of 200 rows beyond it', '/v1/clients?page=51&limit=200', '#/query/page', /up to 50 at 200 rows/],
    ['a page after the last', '/v1/clients?page=2', '#/query/page', /up to 1: the list has \d+ rows/],
    ['a page and a cursor', '/v1/clients?page=2&cursor=x', '#/query/page', /combined with `cursor`/],
    ['a page of many', '/v1/clients?limit=many', '#/query/limit', /whole number/],
    ['a parameter twice', '/v1/clients?limit=5&limit=6', '#/query/limit', /string/],
    ['an unknown column', '/v1/clients?sort=secret', '#/query/sort', /must be some of/],
    ['one column twice', '/v1/clients?sort=name,-name', '#/query/sort', /once/],
    ['a cursor of nonsense', '/v1/clients?cursor=nonsense', '#/query/cursor', /cursor/],
    ['an unknown status', '/v1/clients?status=gone', '#/query/status', /active, stop, deleted/],
    ['an unknown total', '/v1/clients?include=everything', '#/query/include', /total/],
    ['an instant that is none', '/v1/audit?from=yesterday', '#/query/from', /RFC 3339/],
  ];
  test.each(lists)('%s', (_name, path, pointer, detail) => refused(api, () => api.get(path), invalid(pointer, detail)));

  test('a cursor of another order', async () => {
    const { body } = await api.get('/v1/clients?limit=1&sort=id');
    await refused(
      api,
      () => api.get(`/v1/clients?limit=1&sort=-name&cursor=${body.nextCursor}`),
      invalid('#/query/cursor', /this order/),
    );
  });

  test('a cursor with something else inside', async () => {
    const forged = Buffer.from(JSON.stringify(['id', 0, 1, ["1'; drop table clients; --"]])).toString('base64url');
    await refused(api, () => api.get(`/v1/clients?sort=id&cursor=${forged}`), invalid('#/query/cursor', /cursor/));
  });
});

describe('bodies', () => {
  const post = (options: CallOptions): Promise<Reply> => api.post('/v1/profiles', undefined, options);

  test.each([
    ['cut off', '{"name":"default"', /JSON/],
    ['with a comma too many', '{"name":"default",}', /position/],
    ['with single quotes', "{'name':'default'}", /JSON/],
  ])('JSON %s', (_name, rawBody, detail) =>
    refused(api, () => post({ rawBody }), { status: 400, code: 'malformed_json', pointer: '#', detail }),
  );

  test.each([
    ['a list', '[]', '#'],
    ['a text', '"profile"', '#'],
    ['null', 'null', '#'],
  ])('%s instead of an object', (_name, rawBody, pointer) =>
    refused(api, () => post({ rawBody }), invalid(pointer, /must be an object/)),
  );

  test('more than 1 MiB', () =>
    refused(api, () => post({ rawBody: JSON.stringify({ name: 'x'.repeat(1_048_577) }) }), {
      status: 413,
      code: 'body_too_large',
      pointer: '#',
      detail: /1 MiB/,
    }));

  test('a form', () =>
    refused(
      api,
      () => post({ rawBody: 'name=default', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
      {
        status: 415,
        code: 'unsupported_media_type',
        pointer: '#/headers/content-type',
        detail: /application\/json/,
      },
    ));

  test.each([
    ['a byte that is none of UTF-8', Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')])],
    ['half a character', Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3]), Buffer.from('"}')])],
    [
      'a character in too many bytes',
      Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ],
  ])('%s', (_name, rawBody) =>
    refused(api, () => post({ rawBody }), { status: 400, code: 'malformed_json', pointer: '#', detail: /not UTF-8/ }),
  );

  test('in UTF-16', () =>
    refused(api, () => post({ rawBody: Buffer.from('{"name":"x"}', 'utf16le') }), {
      status: 400,
      code: 'malformed_json',
      pointer: '#',
      detail: /JSON/,
    }));
});

describe('versions', () => {
  test.each([
    ['PUT', () => whole.profile],
    ['PATCH', () => ({ name: 'x' })],
    ['DELETE', () => undefined],
  ])('%s without If-Match', (method, body) =>
    refused(api, () => api.call(method, `/v1/profiles/${ids.profile}`, body()), {
      status: 428,
      code: 'precondition_required',
      pointer: '#/headers/if-match',
      detail: /ETag/,
    }),
  );

  test.each([
    ['an older one', '"0"'],
    ['a weak one', 'W/"1"'],
    ['nonsense', 'first'],
  ])('If-Match with %s: the answer holds what is there now', async (_name, tag) => {
    const path = `/v1/profiles/${ids.profile}`;
    const current = await api.get(path);
    const send = (): Promise<Reply> => api.call('PATCH', path, { name: 'x' }, { headers: { 'If-Match': tag } });
    await refused(api, send, { status: 412, code: 'version_stale', pointer: '#/headers/if-match', detail: /version/ });
    const reply = await send();
    expect(reply.body.current).toEqual(current.body);
    expect(reply.headers.get('etag')).toBe(current.headers.get('etag'));
  });

  test.each(['clients', 'users', 'resellers'])('%s too', async (kind) => {
    const id = kind === 'clients' ? ids.client : kind === 'users' ? ids.user : api.operatorId;
    await refused(api, () => api.call('PATCH', `/v1/${kind}/${id}`, { name: 'x' }), {
      status: 428,
      code: 'precondition_required',
      pointer: '#/headers/if-match',
      detail: /ETag/,
    });
    await refused(
      api,
      () => api.call('PATCH', `/v1/${kind}/${id}`, { name: 'x' }, { headers: { 'If-Match': '"99"' } }),
      {
        status: 412,
        code: 'version_stale',
        pointer: '#/headers/if-match',
        detail: /version/,
      },
    );
  });
});

describe('keys', () => {
  test.each([
    ['missing', null, 'key_missing'],
    ['wrong', 'lw_live_nonsense', 'key_invalid'],
  ])('%s', (_name, key, code) =>
    refused(api, () => api.post('/v1/profiles', whole.profile, { key }), {
      status: 401,
      code,
      pointer: '#/headers/authorization',
      detail: /valid API key/,
    }),
  );

  test('revoked', async () => {
    const made = await api.post('/v1/api-keys', { name: 'short', scopes: ['*'] });
    await api.call('DELETE', `/v1/api-keys/${made.body.id}`);
    await refused(api, () => api.post('/v1/profiles', whole.profile, { key: made.body.key }), {
      status: 401,
      code: 'key_revoked',
      pointer: '#/headers/authorization',
      detail: /valid API key/,
    });
  });

  test('without the scope', async () => {
    const key = await api.makeKey({ scopes: ['profiles:read', 'clients:write'] });
    await refused(api, () => api.post('/v1/profiles', whole.profile, { key }), {
      status: 403,
      code: 'scope_missing',
      pointer: '#/headers/authorization',
      detail: /profiles:write/,
    });
  });
});
