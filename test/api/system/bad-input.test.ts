import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { fingerprint } from '../../support/database/fingerprint.js';
import {
  anyVersion,
  invalid,
  makeTargets,
  refused,
  whole,
  type Expected,
  type RefusalIds,
} from '../../support/api/refusals.js';

/** Bad input: nothing may change, and each answer names the field, the reason and the request. */

let api: TestApi;
let ids: RefusalIds;

beforeAll(async () => {
  api = await startTestApi();
  ids = await makeTargets(api);
});
afterAll(() => api.stop());

describe('profiles', () => {
  const { advancedRules } = whole.profile;
  const rule = advancedRules[0];
  const cases: [string, Record<string, unknown>, string, RegExp][] = [
    ['an unknown field', { treshold: '1' }, '#/treshold', /unknown field/],
    ['an unknown field in a rule', { userRule: { limit: '1' } }, '#/userRule/limit', /unknown field/],
    ['a field only the service writes', { version: 7 }, '#/version', /unknown field/],
    ['__proto__', JSON.parse('{"__proto__":{"name":"x"}}'), '#/__proto__', /unknown field/],
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
      /up to 12 digits and 6 decimals/,
    ],
    ['7 decimals', { userRule: { threshold: '1.1234567' } }, '#/userRule/threshold', /6 decimals/],
    ['an exponent', { userRule: { threshold: '1e3' } }, '#/userRule/threshold', /must be an amount/],
    ['a thousands separator', { userRule: { threshold: '1,000' } }, '#/userRule/threshold', /must be an amount/],
    ['a negative maximum', { maxNotifications: -1 }, '#/maxNotifications', /at least 1/],
    ['a maximum of 0', { maxNotifications: 0 }, '#/maxNotifications', /at least 1/],
    ['half a notification', { maxNotifications: 1.5 }, '#/maxNotifications', /whole number/],
    ['period 0', { periodHours: 0 }, '#/periodHours', /at least 1/],
    ['a period as text', { periodHours: '24' }, '#/periodHours', /a number/],
    ['a check every 0 minutes', { checkEveryMinutes: 0 }, '#/checkEveryMinutes', /at least 1/],
    ['an unknown currency', { currency: 'XYZ' }, '#/currency', /ISO 4217 currency code/],
    ['a currency in lower case', { currency: 'usd' }, '#/currency', /ISO 4217/],
    ['an unknown word', { trigger: 'sometimes' }, '#/trigger', /period, change/],
    ['an unknown policy', { whenSeveral: 'none' }, '#/whenSeveral', /each, mostSevere/],
    ['a list for a rule', { userRule: [] }, '#/userRule', /must be an object/],
    ['text for a list', { advancedRules: 'none' }, '#/advancedRules', /must be a list/],
    [
      'duplicate rule keys',
      { advancedRules: [rule, { ...rule, threshold: '5.00' }] },
      '#/advancedRules/1/key',
      /must be unique/,
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
      'two emails in one',
      { clientRule: { emails: ['a@b.example, c@d.example'] } },
      '#/clientRule/emails/0',
      /one email/,
    ],
    [
      '51 e-mails',
      { userRule: { emails: Array.from({ length: 51 }, (_, n) => `a${n}@b.example`) } },
      '#/userRule/emails',
      /up to 50 entries/,
    ],
    ['a user id that is none', { userRule: { users: ['anna'] } }, '#/userRule/users/0', /an id/],
  ];

  test.each(cases)('%s', (_name, change, pointer, detail) =>
    refused(api, () => api.post('/v1/profiles', { ...whole.profile, ...change }), invalid(pointer, detail)),
  );

  test.each(cases)('%s, in a replacement', (_name, change, pointer, detail) =>
    refused(
      api,
      () => api.call('PUT', `/v1/profiles/${ids.profile}`, { ...whole.profile, ...change }, anyVersion),
      invalid(pointer, detail),
    ),
  );

  test('an unknown user', () =>
    refused(api, () => api.post('/v1/profiles', { ...whole.profile, userRule: { users: [ids.user, '999'] } }), {
      status: 404,
      code: 'not_found',
      pointer: '#/userRule/users/1',
      detail: /no user 999/,
    }));

  test('an unknown reseller', () =>
    refused(api, () => api.post('/v1/profiles', { ...whole.profile, resellerId: '999' }), {
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
    ['an unknown field', { balance: '5.00' }, '#/balance', /unknown field/],
    ['no currency', { currency: undefined }, '#/currency', /required/],
    ['an unknown balance model', { balanceModel: 'free' }, '#/balanceModel', /prepaid, postpaid, unlimited/],
    ['a float for money', { creditLimit: 0.5 }, '#/creditLimit', /decimal string/],
    ['19 digits', { openingBalance: '1234567890123456789' }, '#/openingBalance', /12 digits/],
    ['an e-mail with a line break', { billingEmail: 'a@b.example\nTo: c@d.example' }, '#/billingEmail', /line breaks/],
    ['an owner’s e-mail with other than Latin letters', { ownerEmail: 'ownér@b.example' }, '#/ownerEmail', /Latin/],
    ['a threshold that is no amount', { warningThresholds: ['ten'] }, '#/warningThresholds/0', /must be an amount/],
    ['a share for a prepaid client', { warningThresholds: ['10.00', '75%'] }, '#/warningThresholds/1', /postpaid/],
    [
      'one threshold twice',
      { warningThresholds: '10, 10' },
      '#/warningThresholds/1',
      /the same threshold as "10" at position 0/,
    ],
    ['a number for thresholds', { warningThresholds: 10 }, '#/warningThresholds', /list of thresholds/],
    ['a check every 0 minutes', { checkEveryMinutes: 0 }, '#/checkEveryMinutes', /at least 1/],
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, '#/timezone', /IANA/],
    ['an unknown language', { locale: 'English' }, '#/locale', /language/],
    ['a tag of several lines', { tags: ['a\nb'] }, '#/tags/0', /one line/],
    ['a tag of 10,000 characters', { tags: ['t'.repeat(10_000)] }, '#/tags/0', /64 characters/],
    ['text for an id', { profileId: 'default' }, '#/profileId', /an id/],
    ['a float for an id', { profileId: 1.5 }, '#/profileId', /an id/],
  ];

  test.each(cases)('%s', (_name, change, pointer, detail) =>
    refused(api, () => api.post('/v1/clients', { ...whole.client, ...change }), invalid(pointer, detail)),
  );

  test.each(cases.filter(([name, change]) => name !== 'no currency' && !('openingBalance' in change)))(
    '%s, in a change',
    (_name, change, pointer, detail) =>
      refused(api, () => api.call('PATCH', `/v1/clients/${ids.client}`, change, anyVersion), invalid(pointer, detail)),
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
      (it) => it.call('PATCH', '/v1/clients/999', { name: 'x' }, anyVersion),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /no client 999/ },
    ],
    [
      'an id that is none',
      (it) => it.get('/v1/clients/acme'),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /does not exist/ },
    ],
    [
      'an id of twenty digits',
      (it) => it.get('/v1/clients/99999999999999999999'),
      { status: 404, code: 'not_found', pointer: '#/path/id', detail: /does not exist/ },
    ],
    [
      'another currency after money has moved',
      (it) => it.call('PATCH', `/v1/clients/${ids.client}`, { currency: 'EUR' }, anyVersion),
      { status: 409, code: 'conflict', pointer: '#/currency', detail: /another client/ },
    ],
  ];
  test.each(conflicts)('%s', (_name, send, expected) => refused(api, () => send(api), expected));
  test('a share left behind by a change of the balance model', async () => {
    await api.sql`update clients set warning_thresholds = ${['75%']} where id = ${ids.postpaid}`;
    await refused(
      api,
      () => api.call('PATCH', `/v1/clients/${ids.postpaid}`, { balanceModel: 'prepaid' }, anyVersion),
      {
        status: 400,
        code: 'invalid',
        pointer: '#/warningThresholds/0',
        detail: /postpaid/,
      },
    );
  });

  test.each([
    ['changed', 'PATCH', { name: 'x' }],
    ['deleted again', 'DELETE', undefined],
  ])('a deleted client cannot be %s', async (_name, method, body) => {
    const before = await fingerprint(api.sql);
    const reply = await api.call(method, `/v1/clients/${ids.deleted}`, body, anyVersion);
    expect(reply).toBeProblem(409, 'client_deleted');
    expect(await fingerprint(api.sql)).toBe(before);
  });
});
