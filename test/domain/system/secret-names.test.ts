import { loggedBody } from '../../../src/api/request-log/bodies.js';
import { isSecretName } from '../../../src/observability/secret-names.js';

/** What the request log hides by its name, and what must stay readable in it. */

test.each([
  ...['pass', 'PASS', 'dbPass', 'smtp_pass', 'userpass', 'password', 'currentPassword', 'passwords', 'pwd', 'userPwd'],
  ...[
    'passwort',
    'Passwort_neu',
    'passphrase',
    'keyPassphrase',
    'passcode',
    'secret',
    'clientSecret',
    'webhookSecrets',
  ],
  ...['secretKey', 'SECRET_KEY', 'token', 'accessToken', 'tokenValue', 'csrfToken', 'authorization', 'Authorization'],
  ...['x-authorization', 'apiKey', 'api_key', 'API-Key', 'api key', 'apikey', 'xApiKey', 'x-api-key', 'apiKeys'],
  ...['accessKey', 'access_key', 'aws-access-key', 'privateKey', 'cardNumber', 'card_number', 'card number'],
  ...['cardnumber', 'cvc', 'CVC', 'cardCvc', 'cvv', 'cvv2', 'cookie', 'Set-Cookie', 'credentials', 'signature'],
])('%s is hidden', (name) => {
  expect(isSecretName(name)).toBe(true);
  const kept = loggedBody({ deep: [{ [name]: 'hunter2' }] }, 100);
  expect(kept).not.toContain('hunter2');
  expect(kept).toContain('[redacted]');
});

test.each([
  ...['key', 'idempotencyKey', 'Idempotency-Key', 'ruleKey', 'keyPrefix', 'name', 'externalId', 'note', 'reason'],
  ...['bypass', 'compass', 'passed', 'passenger', 'accessories', 'number', 'currency', 'author', 'previousSecretUntil'],
  ...['card', 'maximumIncrease', 'email', 'scopes', 'tokenCount', 'passwordChangedAt'],
])('%s stays readable', (name) => {
  expect(isSecretName(name)).toBe(false);
  expect(loggedBody({ deep: [{ [name]: 'value' }] }, 100)).toContain('"value"');
});

test('the keys of rules stay readable, and so do yes and no', () => {
  const body = { advancedRules: [{ key: 'idle', threshold: '10.00' }], hasPassword: true, password: null };
  expect(loggedBody(body, 100)).toBe(JSON.stringify(body));
});

test('an API key is hidden also under a plain name', () => {
  expect(loggedBody({ key: 'lw_live_0123456789ab_secret' }, 100)).toBe('{"key":"[redacted]"}');
});
