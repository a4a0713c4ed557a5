import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/api/app.js';
import type { ApiContext } from '../../../src/api/context.js';
import type { Scope } from '../../../src/domain/access/scopes.js';
import type { StartTimer } from '../../../src/api/http/answer-bound.js';
import { openIdOf } from '../../../src/api/access/openid.js';
import { createHttpServer } from '../../../src/api/http-server.js';
import { loadConfig } from '../../../src/config.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { startRequestLog } from '../../../src/api/request-log/writer.js';
import { createLive } from '../../../src/api/stream/live.js';
import { createMetrics } from '../../../src/observability/metrics.js';
import { createApiKey } from '../../../src/services/access/create-api-key.js';
import type { ResolveHost } from '../../../src/webhooks/address-guard.js';
import type { CreditCap } from '../../../src/storage/credit/credit-cap.js';
import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { answerFault } from './published-document.js';
import { FakeTemporal } from './fake-temporal.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres.js';
import { testRequester } from '../data/requester.js';

/** What came back: `body` is the parsed JSON, or the text where it is none. */
export interface Reply {
  /** method and path, for messages of failed tests */
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  /** of every shape: expectations, not types, say what is in it */
  readonly body: ReturnType<typeof JSON.parse>;
  readonly text: string;
}

export interface CallOptions {
  /** an API key; null: none; default: the operator's, with every scope */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** sent as it is instead of as JSON */
  readonly rawBody?: string | Buffer;
}

export interface TestApi {
  readonly url: string;
  /** as the owner of the database, who may do what the API may not; the API works in the role of the service */
  readonly sql: Sql;
  readonly temporal: FakeTemporal;
  readonly context: ApiContext;
  /** operator's key with the scope `*` */
  readonly key: string;
  readonly operatorId: string;
  /** set to make the API believe that it is then; null: the real time */
  now: number | null;
  call(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  get(path: string, options?: CallOptions): Promise<Reply>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  /** another reseller, under the operator or `parentId` */
  reseller(name: string, parentId?: string): Promise<string>;
  makeKey(options?: {
    resellerId?: string;
    scopes?: readonly Scope[];
    expiresAt?: Date;
    cap?: CreditCap;
  }): Promise<string>;
  stop(): Promise<void>;
}

interface TestApiOptions {
  /** with the address under which the API reaches it, where that is another one */
  readonly database?: TestDatabase & { readonly apiUrl?: string };
  readonly startTimer?: StartTimer;
  /** in place of DNS, for the addresses of webhook endpoints */
  readonly resolveHost?: ResolveHost;
  /** called with each statement before it is sent */
  readonly onStatement?: (text: string, values: readonly unknown[]) => void;
}

/**
 * The API on its own port, with a real database and a fake Temporal. Every answer is held against the
 * document that /openapi.json publishes, those of a stream excepted.
 *
 * @param environment settings in addition to the defaults, such as `{ SECRET_KEY: '…' }`
 */
export async function startTestApi(
  environment: Record<string, string> = {},
  { database: given, onStatement, resolveHost = async () => ['93.184.216.34'], ...appOptions }: TestApiOptions = {},
): Promise<TestApi> {
  const database = given ?? (await createTestDatabase());
  const { sql } = database;
  const apiUrl = given?.apiUrl ?? database.url;
  const service = openDatabase(apiUrl, { role: 'service', ...(onStatement && { onStatement }) });
  const reseller = openDatabase(apiUrl, { role: 'reseller', ...(onStatement && { onStatement }) });
  const temporal = new FakeTemporal();
  const operatorId = await insertReseller(sql, 'Company Name', null);
  const { key } = await createApiKey(testRequester(sql, operatorId), {
    resellerId: operatorId,
    name: 'tests',
    scopes: ['*'],
  });
  const time: { now: number | null } = { now: null };
  const config = loadConfig({ RATE_LIMIT_PER_MINUTE: '0', ...environment });
  const context: ApiContext = {
    sql: service,
    databases: { service, reseller },
    temporal,
    config,
    logger: nullLogger,
    metrics: createMetrics({ process: false }),
    live: createLive(service, nullLogger),
    requestLog: startRequestLog(service, nullLogger, config.REQUEST_LOG_DAYS),
    // Names of tests are public, as far as the API knows.
    webhookGuard: { allowLoopback: config.WEBHOOK_ALLOW_LOOPBACK, resolve: resolveHost },
    openId: openIdOf(config),
    clock: () => time.now ?? Date.now(),
    version: '0.0.0-test',
    draining: () => false,
  };
  const server = await listen(createHttpServer(config, createApp(context, { checkAnswers: true, ...appOptions })));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> =>
    request(url, key, method, path, body, options);
  return {
    url,
    sql,
    temporal,
    context,
    key,
    operatorId,
    get now() {
      return time.now;
    },
    set now(instant) {
      time.now = instant;
    },
    call,
    get: (path, options) => call('GET', path, undefined, options),
    post: (path, body, options) => call('POST', path, body, options),
    reseller: (name, parentId = operatorId) => insertReseller(sql, name, parentId),
    makeKey: async ({ resellerId = operatorId, scopes = ['*'], expiresAt, cap } = {}) => {
      const made = await createApiKey(testRequester(sql, operatorId), {
        resellerId,
        name: 'another',
        scopes,
        hasOwnIncrease: true,
        ...(expiresAt && { expiresAt }),
        ...(cap && { cap }),
      });
      return made.key;
    },
    stop: async () => {
      await context.live.stop();
      await context.requestLog.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([service.end({ timeout: 5 }), reseller.end({ timeout: 5 })]);
      await database.drop();
    },
  };
}

async function request(
  url: string,
  ownKey: string,
  method: string,
  path: string,
  body: unknown,
  options: CallOptions,
): Promise<Reply> {
  const key = options.key === undefined ? ownKey : options.key;
  const payload = options.rawBody ?? (body === undefined ? null : JSON.stringify(body));
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== null && { Authorization: `Bearer ${key}` }),
      ...(payload !== null && { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(payload !== null && { body: payload }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const parsed: Reply['body'] = isJson ? JSON.parse(text) : text;
  const contentType = response.headers.get('content-type') ?? '';
  const fault = answerFault(method, path, { status: response.status, contentType, body: parsed });
  if (fault !== null) throw new Error(`${method} ${path} was answered other than the document says: ${fault}\n${text}`);
  return { request: `${method} ${path}`, status: response.status, headers: response.headers, body: parsed, text };
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

/** A name that a sibling has gets the id. */
async function insertReseller(sql: Sql, name: string, parentId: string | null): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    with next as (select nextval(pg_get_serial_sequence('resellers', 'id')) as id)
    insert into resellers (id, parent_id, kind, name, email, path)
    select next.id, ${parentId}, ${parentId === null ? 'operator' : 'reseller'},
      case when exists (select 1 from resellers r where r.parent_id = ${parentId} and lower(r.name) = lower(${name}))
        then ${name} || ' ' || next.id else ${name} end, ${`${name.toLowerCase().replace(/[^a-z]+/g, '-')}@operator.example`},
      coalesce((select path from resellers where id = ${parentId}), '{}') || next.id
    from next
    returning id`;
  if (!row) throw new Error('a reseller was not inserted');
  return row.id;
}
