import { startTestApi, type CallOptions, type Reply, type TestApi } from '../support/api.js';
import { fingerprint } from '../support/fingerprint.js';

/** Issue: bad input, each with a test. Nothing may change, and each answer names the field, the reason and the request. */

let api: TestApi;
let ids: { profile: string; client: string; deleted: string; postpaid: string; user: string };

const whole = {
  profile: {
    name: 'default',
    currency: 'USD',
    maxNotifications: 3,
    periodHours: 24,
    userRule: { threshold: '100.00', notifyOwner: true, emails: [] },
    clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
    advancedRules: [{ key: 'idle', threshold: '10.00', notifyClient: true, inactivityDays: 30, emails: [] }],
  },
  client: { name: 'Acme', currency: 'USD', balanceModel: 'prepaid', billingEmail: 'billing@acme.example' },
};

beforeAll(async () => {
  api = await startTestApi();
  const profile = await api.post('/v1/profiles', whole.profile);
  const client = await api.post('/v1/clients', { ...whole.client, openingBalance: '10.00' });
  const postpaid = await api.post('/v1/clients', { ...whole.client, balanceModel: 'postpaid' });
  const deleted = await api.post('/v1/clients', whole.client);
  const user = await api.post('/v1/users', { name: 'Anna', email: 'anna@operator.example' });
  await api.call('DELETE', `/v1/clients/${deleted.body.id}`, undefined, { headers: { 'If-Match': '*' } });
  ids = {
    profile: profile.body.id,
    client: client.body.id,
    deleted: deleted.body.id,
    postpaid: postpaid.body.id,
    user: user.body.id,
  };
});
afterAll(() => api.stop());

const any = { headers: { 'If-Match': '*' } };

interface Expected {
  readonly status: number;
  readonly code: string;
  readonly pointer: string;
  readonly detail: RegExp;
}

/** Sends it, and holds the answer and the whole database against what a refusal must be. */
async function refused(send: () => Promise<Reply>, expected: Expected): Promise<void> {
  const before = await fingerprint(api.sql);
  const reply = await send();
  expect([reply.status, reply.body.code]).toEqual([expected.status, expected.code]);
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const faults: { pointer: string; detail: string }[] = reply.body.errors;
  const fault = faults.find(({ pointer }) => pointer === expected.pointer);
  expect(faults.map(({ pointer }) => pointer)).toContain(expected.pointer);
  expect(fault?.detail).toMatch(expected.detail);
  expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'));
  expect(reply.body.title).not.toBe('');
  expect(await fingerprint(api.sql)).toBe(before);
}

const invalid = (pointer: string, detail: RegExp): Expected => ({ status: 400, code: 'invalid', pointer, detail });

describe('profiles', () => {
  const { advancedRules } = whole.profile;
  const rule = advancedRules[0];
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    ['an unknown field', { treshold: '1' }, '#/treshold', /not a field/],
    ['an unknown field in a rule', { userRule: { limit: '1' } }, '#/userRule/limit', /not a field/],
    ['a field only the service writes', { version: 7 }, '#/version', /not a field/],
    ['__proto__', JSON.parse('{"__proto__":{"name":"x"}}'), '#/__proto__', /not a field/],
    ['no name', { name: undefined }, '#/name', /required/],
    ['an empty name', { name: '   ' }, '#/name', /must not be empty/],
    ['a name of several lines', { name: 'a\r\nBcc: x@evil.example' }, '#/name', /one line/],
    ['a name with NUL', { name: 'a\u0000b' }, '#/name', /one line/],
    ['half a character in a name', { name: 'a\ud800b' }, '#/name', /one line/],
    ['a number for a name', { name: 5 }, '#/name', /must be a string/],
    ['a float for money', { userRule: { threshold: 100.5 } }, '#/userRule/threshold', /decimal string/],
    ['an integer for money', { clientRule: { threshold: 100 } }, '#/clientRule/threshold', /decimal string/],
    [
      '19 digits',
      { userRule: { threshold: '1234567890123456789' } },
      '#/userRule/threshold',
      /at most 12 digits and 6 decimals/,
    ],
    ['7 decimals', { userRule: { threshold: '1.1234567' } }, '#/userRule/threshold', /6 decimals/],
    ['an exponent', { userRule: { threshold: '1e3' } }, '#/userRule/threshold', /not an amount/],
    ['a thousands separator', { userRule: { threshold: '1,000' } }, '#/userRule/threshold', /not an amount/],
    ['a negative maximum', { maxNotifications: -1 }, '#/maxNotifications', /at least 1/],
    ['a maximum of 0', { maxNotifications: 0 }, '#/maxNotifications', /at least 1/],
    ['half a notification', { maxNotifications: 1.5 }, '#/maxNotifications', /whole number/],
    ['period 0', { periodHours: 0 }, '#/periodHours', /at least 1/],
    ['a period as text', { periodHours: '24' }, '#/periodHours', /a number/],
    ['a check every 0 minutes', { checkEveryMinutes: 0 }, '#/checkEveryMinutes', /at least 1/],
    ['an unknown currency', { currency: 'XYZ' }, '#/currency', /not a currency/],
    ['a currency in lower case', { currency: 'usd' }, '#/currency', /ISO 4217/],
    ['an unknown word', { trigger: 'sometimes' }, '#/trigger', /period, change/],
    ['an unknown policy', { whenSeveral: 'none' }, '#/whenSeveral', /each, mostSevere/],
    ['a list for a rule', { userRule: [] }, '#/userRule', /must be an object/],
    ['text for a list', { advancedRules: 'none' }, '#/advancedRules', /must be a list/],
    [
      'duplicate rule keys',
      { advancedRules: [rule, { ...rule, threshold: '5.00' }] },
      '#/advancedRules/1/key',
      /its own/,
    ],
    ['a rule key with a slash', { advancedRules: [{ ...rule, key: 'a/b' }] }, '#/advancedRules/0/key', /letters/],
    [
      'inactivity of 0 days',
      { advancedRules: [{ ...rule, inactivityDays: 0 }] },
      '#/advancedRules/0/inactivityDays',
      /at least 1/,
    ],
    ['an e-mail that is none', { userRule: { emails: ['anna'] } }, '#/userRule/emails/0', /@/],
    [
      'an e-mail with other than Latin letters',
      { userRule: { emails: ['аnna@acme.example'] } },
      '#/userRule/emails/0',
      /Latin/,
    ],
    [
      'an e-mail with a line break',
      { clientRule: { emails: ['a@b.example\r\nBcc: c@d.example'] } },
      '#/clientRule/emails/0',
      /line breaks/,
    ],
    [
      'two e-mails in one',
      { clientRule: { emails: ['a@b.example, c@d.example'] } },
      '#/clientRule/emails/0',
      /one e-mail/,
    ],
    [
      '51 e-mails',
      { userRule: { emails: Array.from({ length: 51 }, (_, n) => `a${n}@b.example`) } },
      '#/userRule/emails',
      /at most 50 entries/,
    ],
    ['a user id that is none', { userRule: { users: ['anna'] } }, '#/userRule/users/0', /an id/],
  ];

  test.each(cases)('%s', (_name, change, pointer, detail) =>
    refused(() => api.post('/v1/profiles', { ...whole.profile, ...change }), invalid(pointer, detail)),
  );

  test.each(cases)('%s, in a replacement', (_name, change, pointer, detail) =>
    refused(
      () => api.call('PUT', `/v1/profiles/${ids.profile}`, { ...whole.profile, ...change }, any),
      invalid(pointer, detail),
    ),
  );

  test('an unknown user', () =>
    refused(() => api.post('/v1/profiles', { ...whole.profile, userRule: { users: [ids.user, '999'] } }), {
      status: 404,
      code: 'not_found',
      pointer: '#/userRule/users/1',
      detail: /no user 999/,
    }));

  test('an unknown reseller', () =>
    refused(() => api.post('/v1/profiles', { ...whole.profile, resellerId: '999' }), {
      status: 404,
      code: 'not_found',
      pointer: '#/resellerId',
      detail: /no reseller 999/,
    }));

  test('all faults are told at once', async () => {
    const reply = await api.post('/v1/profiles', {
      ...whole.profile,
      name: '',
      currency: 'X',
      periodHours: 0,
      more: 1,
    });
    expect(reply.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/currency',
      '#/more',
      '#/name',
      '#/periodHours',
    ]);
  });
});

describe('clients', () => {
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    ['an unknown field', { balance: '5.00' }, '#/balance', /not a field/],
    ['no currency', { currency: undefined }, '#/currency', /required/],
    ['an unknown balance model', { balanceModel: 'free' }, '#/balanceModel', /prepaid, postpaid, unlimited/],
    ['a status of deleted', { status: 'deleted' }, '#/status', /use DELETE/],
    ['a float for money', { creditLimit: 0.5 }, '#/creditLimit', /decimal string/],
    ['19 digits', { openingBalance: '1234567890123456789' }, '#/openingBalance', /12 digits/],
    ['an e-mail with a line break', { billingEmail: 'a@b.example\nTo: c@d.example' }, '#/billingEmail', /line breaks/],
    ['an owner’s e-mail with other than Latin letters', { ownerEmail: 'ownér@b.example' }, '#/ownerEmail', /Latin/],
    ['a threshold that is no amount', { warningThresholds: ['ten'] }, '#/warningThresholds/0', /not an amount/],
    ['a share for a prepaid client', { warningThresholds: ['10.00', '75%'] }, '#/warningThresholds/1', /postpaid/],
    ['one threshold twice', { warningThresholds: '10, 10' }, '#/warningThresholds/1', /once/],
    ['a number for thresholds', { warningThresholds: 10 }, '#/warningThresholds', /list of thresholds/],
    ['a check every 0 minutes', { checkEveryMinutes: 0 }, '#/checkEveryMinutes', /at least 1/],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, '#/timezone', /IANA/],
    ['an unknown language', { locale: 'English' }, '#/locale', /language/],
    ['a tag of several lines', { tags: ['a\nb'] }, '#/tags/0', /one line/],
    ['text for an id', { profileId: 'default' }, '#/profileId', /an id/],
    ['a float for an id', { profileId: 1.5 }, '#/profileId', /an id/],
  ];

  test.each(cases)('%s', (_name, change, pointer, detail) =>
    refused(() => api.post('/v1/clients', { ...whole.client, ...change }), invalid(pointer, detail)),
  );

  test.each(cases.filter(([name, change]) => name !== 'no currency' && !('openingBalance' in change)))(
    '%s, in a change',
    (_name, change, pointer, detail) =>
      refused(() => api.call('PATCH', `/v1/clients/${ids.client}`, change, any), invalid(pointer, detail)),
  );

  const conflicts: [string, (send: TestApi) => Promise<Reply>, Expected][] = [
    [
      'an unknown profile',
      (it) => it.post('/v1/clients', { ...whole.client, profileId: '999' }),
      { status: 404, code: 'not_found', pointer: '#/profileId', detail: /no profile 999/ },
    ],
    [
      'an unknown manager',
      (it) => it.post('/v1/clients', { ...whole.client, managerId: it.operatorId }),
      { status: 404, code: 'not_found', pointer: '#/managerId', detail: /no manager/ },
    ],
    [
      'an unknown client',
      (it) => it.call('PATCH', '/v1/clients/999', { name: 'x' }, any),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /no client 999/ },
    ],
    [
      'an id that is none',
      (it) => it.get('/v1/clients/acme'),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /nothing/ },
    ],
    [
      'an id of twenty digits',
      (it) => it.get('/v1/clients/99999999999999999999'),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /nothing/ },
    ],
    [
      'another currency after money has moved',
      (it) => it.call('PATCH', `/v1/clients/${ids.client}`, { currency: 'EUR' }, any),
      { status: 409, code: 'conflict', pointer: '#/currency', detail: /another client/ },
    ],
  ];
  test.each(conflicts)('%s', (_name, send, expected) => refused(() => send(api), expected));
  test('a share left behind by a change of the balance model', async () => {
    await api.sql`update clients set warning_thresholds = ${['75%']} where id = ${ids.postpaid}`;
    await refused(() => api.call('PATCH', `/v1/clients/${ids.postpaid}`, { balanceModel: 'prepaid' }, any), {
      status: 400,
      code: 'invalid',
      pointer: '#/warningThresholds/0',
      detail: /postpaid/,
    });
  });

  test.each([
    ['changed', 'PATCH', { name: 'x' }],
    ['deleted again', 'DELETE', undefined],
  ])('a deleted client cannot be %s', async (_name, method, body) => {
    const before = await fingerprint(api.sql);
    const reply = await api.call(method, `/v1/clients/${ids.deleted}`, body, any);
    expect([reply.status, reply.body.code]).toEqual([409, 'client_deleted']);
    expect(await fingerprint(api.sql)).toBe(before);
  });
});

describe('other resources', () => {
  const rate = { from: 'EUR', to: 'USD', rate: '1.10', at: '2026-01-01T00:00:00Z' };
  const cases: [string, string, Record<string, unknown>, string, RegExp][] = [
    ['a rate as a number', '/v1/exchange-rates', { ...rate, rate: 1.1 }, '#/rate', /decimal string/],
    ['a rate of 0', '/v1/exchange-rates', { ...rate, rate: '0' }, '#/rate', /positive/],
    ['a rate of one currency', '/v1/exchange-rates', { ...rate, to: 'EUR' }, '#/to', /another currency/],
    ['an instant without a zone', '/v1/exchange-rates', { ...rate, at: '2026-01-01T00:00:00' }, '#/at', /RFC 3339/],
    ['the 30th of February', '/v1/exchange-rates', { ...rate, at: '2026-02-30T00:00:00Z' }, '#/at', /RFC 3339/],
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
      /already past/,
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
    refused(() => api.post(path, body), invalid(pointer, detail)),
  );

  const lists: [string, string, string, RegExp][] = [
    ['an unknown parameter', '/v1/clients?nmae=a', '#/query/nmae', /not a parameter/],
    ['a page of 0', '/v1/clients?limit=0', '#/query/limit', /at least 1/],
    ['a page of 201', '/v1/clients?limit=201', '#/query/limit', /at most 200/],
    ['a page of many', '/v1/clients?limit=many', '#/query/limit', /whole number/],
    ['a parameter twice', '/v1/clients?limit=5&limit=6', '#/query/limit', /string/],
    ['an unknown column', '/v1/clients?sort=secret', '#/query/sort', /sort by some of/],
    ['one column twice', '/v1/clients?sort=name,-name', '#/query/sort', /once/],
    ['a cursor of nonsense', '/v1/clients?cursor=nonsense', '#/query/cursor', /cursor/],
    ['an unknown status', '/v1/clients?status=gone', '#/query/status', /active, stop, deleted/],
    ['an unknown total', '/v1/clients?include=everything', '#/query/include', /total/],
    ['an instant that is none', '/v1/audit?from=yesterday', '#/query/from', /RFC 3339/],
  ];
  test.each(lists)('%s', (_name, path, pointer, detail) => refused(() => api.get(path), invalid(pointer, detail)));

  test('a cursor of another order', async () => {
    const { body } = await api.get('/v1/clients?limit=1&sort=id');
    await refused(
      () => api.get(`/v1/clients?limit=1&sort=-name&cursor=${body.nextCursor}`),
      invalid('#/query/cursor', /this order/),
    );
  });

  test('a cursor with something else inside', async () => {
    const forged = Buffer.from(JSON.stringify(['id', 0, 1, ["1'; drop table clients; --"]])).toString('base64url');
    await refused(() => api.get(`/v1/clients?sort=id&cursor=${forged}`), invalid('#/query/cursor', /cursor/));
  });
});

describe('bodies', () => {
  const post = (options: CallOptions): Promise<Reply> => api.post('/v1/profiles', undefined, options);

  test.each([
    ['cut off', '{"name":"default"', /JSON/],
    ['with a comma too many', '{"name":"default",}', /position/],
    ['with single quotes', "{'name':'default'}", /JSON/],
  ])('JSON %s', (_name, rawBody, detail) =>
    refused(() => post({ rawBody }), { status: 400, code: 'malformed_json', pointer: '#', detail }),
  );

  test.each([
    ['a list', '[]', '#'],
    ['a text', '"profile"', '#'],
    ['null', 'null', '#'],
  ])('%s instead of an object', (_name, rawBody, pointer) =>
    refused(() => post({ rawBody }), invalid(pointer, /must be an object/)),
  );

  test('more than 1 MiB', () =>
    refused(() => post({ rawBody: JSON.stringify({ name: 'x'.repeat(1_048_577) }) }), {
      status: 413,
      code: 'body_too_large',
      pointer: '#',
      detail: /1 MiB/,
    }));

  test('a form', () =>
    refused(() => post({ rawBody: 'name=default', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }), {
      status: 415,
      code: 'unsupported_media_type',
      pointer: '#/headers/content-type',
      detail: /application\/json/,
    }));

  test('in UTF-16', () =>
    refused(() => post({ rawBody: Buffer.from('{"name":"x"}', 'utf16le') }), {
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
    refused(() => api.call(method, `/v1/profiles/${ids.profile}`, body()), {
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
    await refused(send, { status: 412, code: 'version_stale', pointer: '#/headers/if-match', detail: /version/ });
    const reply = await send();
    expect(reply.body.current).toEqual(current.body);
    expect(reply.headers.get('etag')).toBe(current.headers.get('etag'));
  });

  test.each(['clients', 'users', 'resellers'])('%s too', async (kind) => {
    const id = kind === 'clients' ? ids.client : kind === 'users' ? ids.user : api.operatorId;
    await refused(() => api.call('PATCH', `/v1/${kind}/${id}`, { name: 'x' }), {
      status: 428,
      code: 'precondition_required',
      pointer: '#/headers/if-match',
      detail: /ETag/,
    });
    await refused(() => api.call('PATCH', `/v1/${kind}/${id}`, { name: 'x' }, { headers: { 'If-Match': '"99"' } }), {
      status: 412,
      code: 'version_stale',
      pointer: '#/headers/if-match',
      detail: /version/,
    });
  });
});

describe('keys', () => {
  test.each([
    ['missing', null, 'key_missing'],
    ['wrong', 'lw_live_nonsense', 'key_invalid'],
  ])('%s', (_name, key, code) =>
    refused(() => api.post('/v1/profiles', whole.profile, { key }), {
      status: 401,
      code,
      pointer: '#/headers/authorization',
      detail: /valid API key/,
    }),
  );

  test('revoked', async () => {
    const made = await api.post('/v1/api-keys', { name: 'short', scopes: ['*'] });
    await api.call('DELETE', `/v1/api-keys/${made.body.id}`);
    await refused(() => api.post('/v1/profiles', whole.profile, { key: made.body.key }), {
      status: 401,
      code: 'key_revoked',
      pointer: '#/headers/authorization',
      detail: /valid API key/,
    });
  });

  test('without the scope', async () => {
    const key = await api.makeKey({ scopes: ['profiles:read', 'clients:write'] });
    await refused(() => api.post('/v1/profiles', whole.profile, { key }), {
      status: 403,
      code: 'scope_missing',
      pointer: '#/headers/authorization',
      detail: /profiles:write/,
    });
  });
});
