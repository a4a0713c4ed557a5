import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseOpenIdRoles, type OpenIdRole } from './domain/access/openid-roles.js';

/**
 * The only reader of the environment. One schema, every fault reported at once, secrets also from files
 * (`NAME_FILE=/run/secrets/name` instead of `NAME=...`).
 */

const port = z.coerce.number().int().min(0).max(65535);
const count = z.coerce.number().int().min(1);
const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1');

const schema = z.object({
  /** PostgreSQL of Lowwater: ledger, configuration, notifications. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  DATABASE_POOL: count.max(100).default(8),
  /** host:port of the Temporal frontend. */
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_TLS_CA: z.string().optional(),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  /** The Temporal CLI and the time-skipping test server, where the embedded ones are not to be looked for. */
  TEMPORAL_CLI_PATH: z.string().min(1).optional(),
  TEMPORAL_TEST_SERVER_PATH: z.string().min(1).optional(),
  /** Where a person opens Temporal's own pages; shown as links. */
  TEMPORAL_UI_URL: z.url().optional(),
  /** smtp://user:password@host:port or smtps://... */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).default('Lowwater <lowwater@localhost>'),
  /** The domain in Message-ID headers. */
  MAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+$/i, 'must be a host name')
    .default('lowwater.localhost'),
  /** imap://user:password@host:port or imaps://...: the mailbox to which mail servers return emails. */
  BOUNCE_IMAP_URL: z
    .string()
    .regex(/^imaps?:\/\//, 'must start with imap:// or imaps://')
    .optional(),
  BOUNCE_IMAP_FOLDER: z.string().min(1).max(200).default('INBOX'),
  /** Where reports go that were read; where it is not set, they stay, marked as read. */
  BOUNCE_IMAP_DONE_FOLDER: z.string().min(1).max(200).optional(),
  BOUNCE_EVERY_SECONDS: count.min(60).default(300),
  /** The sender of the envelope, to which emails are returned: {id} in it becomes the id of the message. */
  BOUNCE_ADDRESS: z
    .string()
    .refine(
      (value) => z.email().safeParse(value.replace('{id}', 'x')).success,
      'must be an email address, with {id} in it or without',
    )
    .optional(),
  /** Address for staff emails about events, such as missing exchange rates and rejected payments. */
  STAFF_EMAIL: z.email().optional(),
  API_HOST: z.string().min(1).default('127.0.0.1'),
  API_PORT: port.default(8080),
  /** The address under which people reach the API; links in emails and documents use it. */
  PUBLIC_URL: z.url().optional(),
  /** Proxies in front of the API whose X-Forwarded-For is believed: limits and sessions then know the real address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** A session of a user ends so long after its last request, and so long after its login. */
  SESSION_IDLE_HOURS: z.coerce.number().min(0.1).max(720).default(12),
  SESSION_MAX_DAYS: z.coerce.number().min(0.1).max(365).default(30),
  /** Where the worker's /livez, /readyz and /metrics listen; they have no authentication. */
  WORKER_OPS_HOST: z.string().min(1).default('127.0.0.1'),
  /** Port of the worker's /livez, /readyz and /metrics; 0 takes a free one. */
  WORKER_OPS_PORT: port.default(9090),
  /** Lets outgoing webhooks reach this machine, there also over http://: for development only. */
  WEBHOOK_ALLOW_LOOPBACK: flag.default(false),
  /** 32 bytes in base64: encrypts webhook secrets at rest. */
  SECRET_KEY: z
    .string()
    .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  /** Login by an OpenID Connect provider (docs/single-sign-on.md): the address below which its /.well-known is. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** On the button of the login page. */
  OIDC_NAME: z.string().min(1).max(60).default('Single sign-on'),
  OIDC_SCOPES: z.string().min(1).default('openid email profile'),
  /** The claim that holds the groups or roles of a user; of a nested one the path, as in realm_access.roles. */
  OIDC_ROLE_CLAIM: z.string().min(1).default('roles'),
  /** Which role each value of that claim gives, the first that a user has: billing-admins=admin,billing=operator. */
  OIDC_ROLES: z
    .string()
    .transform((text, ctx): readonly OpenIdRole[] => {
      const { roles, fault } = parseOpenIdRoles(text);
      if (fault !== null) ctx.addIssue({ code: 'custom', message: fault });
      return roles;
    })
    .optional(),
  /** Login with a password. Where it is false, OIDC_ISSUER is the only way in. */
  PASSWORD_LOGIN: z
    .enum(['true', 'false', '1', '0'])
    .default('true')
    .transform((value) => value === 'true' || value === '1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Where balances are read: the own ledger, a query on the operator's database, or an endpoint of the billing. */
  BALANCE_SOURCE: z.enum(['ledger', 'sql', 'http']).default('ledger'),
  BALANCE_SQL_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  BALANCE_SQL_QUERY: z.string().min(1).optional(),
  BALANCE_HTTP_URL: z.url().optional(),
  BALANCE_HTTP_TOKEN: z.string().optional(),
  /** Allows http:// to another machine than this one: the token and the balances then travel in clear. */
  BALANCE_HTTP_INSECURE: flag.default(false),
  BALANCE_TIMEOUT_MS: count.default(2000),
  /** Workflows kept in a worker's memory; about 600 a GiB. */
  MAX_CACHED_WORKFLOWS: z.coerce.number().int().min(1).default(1500),
  /** A monitor run ends and continues as new after so many events, or checks. */
  CONTINUE_AFTER_EVENTS: count.default(120),
  CONTINUE_AFTER_CHECKS: count.default(20),
  /**
   * Share of its interval, in percent, by which a client's checks are delayed so that a fleet does not wake at once.
   */
  SPREAD_PERCENT: z.coerce.number().min(0).max(50).default(5),
  SPREAD_MAX_SECONDS: z.coerce.number().int().min(0).default(300),
  /** Hours before the end of a temporary credit at which its client is warned. */
  CREDIT_WARNING_HOURS: z.coerce.number().min(0).default(24),
  RECONCILE_EVERY_SECONDS: count.default(60),
  /** For how many days requests of the API are kept; 0: none is. */
  REQUEST_LOG_DAYS: z.coerce.number().int().min(0).max(3650).default(14),
  /** For how many days the files of rate notifications are kept; 0: forever. */
  RATE_FILE_DAYS: z.coerce.number().int().min(0).max(3650).default(365),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(6000),
  SHUTDOWN_SECONDS: count.default(20),
});

type Environment = z.output<typeof schema>;

/** Every variable that is read; each may also be given as `NAME_FILE`. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** Settings as the processes use them; `environment` holds every value by its variable's name. */
export type Config = Readonly<Environment>;

/** Thrown when the environment is not usable; the message lists every fault with its remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Source = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the settings.
 *
 * @param defaults values of variables that the source does not set
 * @throws ConfigError naming every variable that is wrong, not only the first.
 */
export function loadConfig(source: Source = process.env, defaults: Source = {}): Config {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of settingNames) {
    const file = source[`${name}_FILE`];
    if (file) {
      try {
        values[name] = readFileSync(file, 'utf8').trim();
      } catch (error) {
        faults.push(`${name}_FILE: cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
      }
    } else {
      const value = source[name] || defaults[name];
      if (value) values[name] = value;
    }
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')}: ${issue.message}`);
  } else {
    faults.push(...together(parsed.data));
  }
  if (faults.length > 0 || !parsed.success) {
    throw new ConfigError(`The settings are not valid:\n  ${faults.join('\n  ')}\nSee docs/operations.md, "Settings".`);
  }
  return Object.freeze(parsed.data);
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The environment of a child process: that of this one, with some settings replaced, also where they came from files.
 */
export function childEnvironment(settings: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const environment: Record<string, string | undefined> = { ...process.env, ...settings };
  for (const name of Object.keys(settings)) delete environment[`${name}_FILE`];
  return environment;
}

/** Whether npm (or a program like it) runs this process as a script of package.json. */
export function isPackageScript(source: Source = process.env): boolean {
  return source['npm_lifecycle_event'] !== undefined;
}

/** Faults of settings that are right alone and wrong together. */
function together(config: Environment): string[] {
  const faults: string[] = [];
  if (config.BALANCE_SOURCE === 'sql' && !(config.BALANCE_SQL_URL && config.BALANCE_SQL_QUERY)) {
    faults.push('BALANCE_SOURCE: "sql" also needs BALANCE_SQL_URL and BALANCE_SQL_QUERY');
  }
  if (config.BALANCE_SOURCE === 'http' && !config.BALANCE_HTTP_URL) {
    faults.push('BALANCE_SOURCE: "http" also needs BALANCE_HTTP_URL');
  }
  if (config.BALANCE_SOURCE === 'sql' && config.BALANCE_SQL_QUERY && !/:ids\b/.test(config.BALANCE_SQL_QUERY)) {
    faults.push('BALANCE_SQL_QUERY: must choose its clients, as in "where client_id = any(:ids)"');
  }
  if (config.BALANCE_HTTP_URL) {
    const { protocol, hostname, username } = new URL(config.BALANCE_HTTP_URL);
    if (protocol !== 'http:' && protocol !== 'https:') faults.push('BALANCE_HTTP_URL: must start with https://');
    if (protocol === 'http:' && !loopback.test(hostname) && !config.BALANCE_HTTP_INSECURE) {
      faults.push('BALANCE_HTTP_URL: use https://, or set BALANCE_HTTP_INSECURE=true to send balances in clear');
    }
    if (username) faults.push('BALANCE_HTTP_URL: must not hold a user or password; use BALANCE_HTTP_TOKEN');
  }
  faults.push(...openIdFaults(config));
  if (Boolean(config.TEMPORAL_TLS_CERT) !== Boolean(config.TEMPORAL_TLS_KEY)) {
    faults.push('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY: give both or neither');
  }
  return faults;
}

function openIdFaults(config: Environment): string[] {
  const faults: string[] = [];
  if (config.OIDC_ISSUER === undefined) {
    if (!config.PASSWORD_LOGIN) faults.push('PASSWORD_LOGIN: "false" also needs OIDC_ISSUER, or no one could log in');
    return faults;
  }
  const { protocol, hostname } = new URL(config.OIDC_ISSUER);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.test(hostname))) {
    faults.push('OIDC_ISSUER: must start with https://');
  }
  for (const name of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'PUBLIC_URL'] as const) {
    if (config[name] === undefined) faults.push(`${name}: OIDC_ISSUER also needs it`);
  }
  if (!config.OIDC_SCOPES.split(' ').includes('openid')) faults.push('OIDC_SCOPES: must contain openid');
  return faults;
}

/** How monitors wake and end their runs. */
export function monitorSettings(config: Config): {
  readonly continueAfterEvents: number;
  readonly continueAfterChecks: number;
  readonly spreadShare: number;
  readonly spreadMaxMs: number;
  readonly publicUrl: string | null;
} {
  return {
    continueAfterEvents: config.CONTINUE_AFTER_EVENTS,
    continueAfterChecks: config.CONTINUE_AFTER_CHECKS,
    spreadShare: config.SPREAD_PERCENT / 100,
    spreadMaxMs: config.SPREAD_MAX_SECONDS * 1000,
    publicUrl: config.PUBLIC_URL ?? null,
  };
}

/** The mailbox for bounces; null: none is set. */
export function bounceMailboxSettings(config: Config): {
  readonly url: string;
  readonly folder: string;
  readonly doneFolder?: string;
} | null {
  const { BOUNCE_IMAP_URL: url, BOUNCE_IMAP_FOLDER: folder, BOUNCE_IMAP_DONE_FOLDER: doneFolder } = config;
  return url === undefined ? null : { url, folder, ...(doneFolder !== undefined && { doneFolder }) };
}

const secretNames = /KEY|TOKEN|PASSWORD|SECRET/;

/** The settings for a page or a log: secrets replaced, passwords taken out of addresses. */
export function redactConfig(config: Config): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    if (value === undefined) continue;
    shown[name] = secretNames.test(name)
      ? '(set)'
      : typeof value === 'string'
        ? value.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@')
        : value;
  }
  return shown;
}
