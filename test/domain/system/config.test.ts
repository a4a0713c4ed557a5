import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConfigError, loadConfig, redactConfig, settingNames } from '../../../src/config.js';

function errorsOf(source: Record<string, string>): string {
  try {
    loadConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

describe('single sign-on', () => {
  const whole = {
    PUBLIC_URL: 'https://lowwater.example',
    OIDC_ISSUER: 'https://login.example',
    OIDC_CLIENT_ID: 'lowwater',
    OIDC_CLIENT_SECRET: 'secret',
  };

  test('is configured as a whole, and its roles are read', () => {
    const config = loadConfig({ ...whole, OIDC_ROLES: 'admins=admin', PASSWORD_LOGIN: 'false' });
    expect(config).toMatchObject({ OIDC_ROLES: [{ value: 'admins', role: 'admin' }], PASSWORD_LOGIN: false });
    expect(redactConfig(config)).toMatchObject({ OIDC_CLIENT_SECRET: '(set)' });
  });

  test.each([
    ['an issuer alone', { OIDC_ISSUER: 'https://login.example' }, /OIDC_CLIENT_ID: OIDC_ISSUER also needs it/],
    ['an issuer in clear', { ...whole, OIDC_ISSUER: 'http://login.example' }, /OIDC_ISSUER: must start with https/],
    [
      'a role that does not exist',
      { ...whole, OIDC_ROLES: 'admins=boss' },
      /OIDC_ROLES: "admins=boss" must be VALUE=ROLE/,
    ],
    ['scopes without openid', { ...whole, OIDC_SCOPES: 'email' }, /OIDC_SCOPES: must contain openid/],
    ['no way in at all', { PASSWORD_LOGIN: 'false' }, /PASSWORD_LOGIN: "false" also needs OIDC_ISSUER/],
  ])('%s is refused', (_what, source, message) => {
    expect(errorsOf(source)).toMatch(message);
  });
});

describe('settings', () => {
  test('need none to be given, and an empty one counts as not given', () => {
    const config = loadConfig({ API_PORT: '', STAFF_EMAIL: '', LOG_LEVEL: '' });

    expect(config).toMatchObject({ API_PORT: 8080, LOG_LEVEL: 'info', BALANCE_SOURCE: 'ledger' });
    expect(config.STAFF_EMAIL).toBeUndefined();
    expect(config.DATABASE_URL).toBeUndefined();
  });

  test('are all looked at: every fault is told, with its remedy, at once', () => {
    const message = errorsOf({
      DATABASE_URL: 'mysql://x',
      API_PORT: '70000',
      LOG_LEVEL: 'loud',
      SECRET_KEY: 'c2hvcnQ=',
      STAFF_EMAIL: 'nobody',
    });

    for (const name of ['DATABASE_URL: must start with postgres://', 'API_PORT: ', 'LOG_LEVEL: ', 'STAFF_EMAIL: ']) {
      expect(message).toContain(`\n  ${name}`);
    }
    expect(message).toContain('SECRET_KEY: must be 32 bytes in base64');
    expect(message).toContain('docs/operations.md');
  });

  test('never show a value that is wrong, for it may be a secret', () => {
    expect(errorsOf({ SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/x' })).not.toContain('hunter2');
  });

  test.each([
    [{ BALANCE_SOURCE: 'sql' }, 'BALANCE_SQL_URL and BALANCE_SQL_QUERY'],
    [
      { BALANCE_SOURCE: 'sql', BALANCE_SQL_URL: 'postgres://h/x', BALANCE_SQL_QUERY: 'select * from accounts' },
      'any(:ids)',
    ],
    [{ BALANCE_SOURCE: 'http' }, 'also needs BALANCE_HTTP_URL'],
    [{ BALANCE_HTTP_URL: 'http://billing.example.org/balances' }, 'use https://'],
    [{ BALANCE_HTTP_URL: 'ftp://billing.example.org/balances' }, 'must start with https://'],
    [{ BALANCE_HTTP_URL: 'https://user:word@billing.example.org/' }, 'use BALANCE_HTTP_TOKEN'],
    [{ TEMPORAL_TLS_CERT: '/tls/cert.pem' }, 'give both or neither'],
  ] as [Record<string, string>, string][])('are refused when they do not fit together: %j', (source, reason) => {
    expect(errorsOf(source)).toContain(reason);
  });

  test.each([
    { BALANCE_HTTP_URL: 'http://127.0.0.1:9999/balances' },
    { BALANCE_HTTP_URL: 'http://[::1]:9999/balances' },
    { BALANCE_HTTP_URL: 'http://localhost/balances' },
    { BALANCE_HTTP_URL: 'http://billing.internal/balances', BALANCE_HTTP_INSECURE: 'true' },
    { BALANCE_HTTP_URL: 'https://billing.example.org/balances', BALANCE_HTTP_TOKEN: 'x' },
  ] as Record<string, string>[])('let balances go where nobody listens in, or by name: %j', (source) => {
    expect(errorsOf({ BALANCE_SOURCE: 'http', ...source })).toBe('');
  });

  describe('from files', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-config-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    test('are read from NAME_FILE, without the line break at its end', () => {
      const file = path.join(folder, 'url');
      writeFileSync(file, 'postgres://h/x\n');

      expect(loadConfig({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://h/x');
    });

    test('tell of a file that is not there', () => {
      expect(errorsOf({ SECRET_KEY_FILE: path.join(folder, 'gone') })).toMatch(/SECRET_KEY_FILE: cannot read .*ENOENT/);
    });
  });

  test('an address for bounces has {id} in it or not, and is an address', () => {
    expect(loadConfig({ BOUNCE_ADDRESS: 'bounces+{id}@operator.example' }).BOUNCE_ADDRESS).toContain('{id}');
    expect(errorsOf({ BOUNCE_ADDRESS: 'bounces' })).toMatch(/BOUNCE_ADDRESS: must be an email address/);
    expect(errorsOf({ BOUNCE_IMAP_URL: 'https://mail.example' })).toMatch(/BOUNCE_IMAP_URL: must start with imap/);
    expect(errorsOf({ BOUNCE_EVERY_SECONDS: '5' })).toMatch(/BOUNCE_EVERY_SECONDS/);
  });

  test('are shown without secrets and passwords', () => {
    const config = loadConfig({
      DATABASE_URL: 'postgres://lowwater:hunter2@db/lowwater',
      SMTP_URL: 'smtps://mailer:hunter2@mail.example.org',
      BOUNCE_IMAP_URL: 'imaps://bounces:hunter2@mail.example.org',
      BALANCE_SQL_URL: 'postgres://reader:hunter2@billing/x',
      SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      TEMPORAL_API_KEY: 'hunter2',
      BALANCE_HTTP_TOKEN: 'hunter2',
    });

    const shown = redactConfig(config);

    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(shown).toMatchObject({
      DATABASE_URL: 'postgres://lowwater:***@db/lowwater',
      SECRET_KEY: '(set)',
      TEMPORAL_API_KEY: '(set)',
      API_PORT: 8080,
    });
  });

  test('cannot be changed by whoever was given them', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  test('are known by name', () => {
    expect(settingNames).toContain('DATABASE_URL');
    expect(new Set(settingNames).size).toBe(settingNames.length);
  });
});
