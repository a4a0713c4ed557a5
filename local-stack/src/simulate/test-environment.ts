import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Context } from '@temporalio/activity';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import type { ActivityDeps } from '../../../src/activities/index.js';
import type { BalanceSource } from '../../../src/balances/source.js';
import { loadConfig } from '../../../src/config.js';
import { searchAttributes } from '../../../src/contract/search-attributes.js';
import { startPostgres } from '../servers/postgres.js';
import { findTemporalBinary } from '../servers/temporal-binaries.js';
import { createMailTransport } from '../../../src/mail/smtp/transport.js';
import { nullLogger } from '../../../src/observability/logger.js';
import type { ReceiverState } from '../../../src/simulate/scenario-channels.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { migrate } from '../../../src/storage/system/migrate.js';
import { createActivities, createWorkers, type WorkerSettings } from '../../../src/task-workers.js';
import { createGateway } from '../../../src/temporal/client-gateway.js';
import { createMonitorControl } from '../../../src/temporal/monitor-control.js';
import { startChannelSink } from './channel-sink.js';
import { CheckBarrier } from './check-barrier.js';
import { EvaluationTimes } from './evaluation-times.js';
import { startSmtpSink } from './smtp-sink.js';
import type { ChannelPlace } from './test-channels.js';

export interface TestEnvironmentOptions {
  /** receives one line for each step that takes long */
  readonly report: (line: string) => void;
  /** a PostgreSQL database that is migrated and otherwise unused; absent: one is started and removed at the end */
  readonly databaseUrl?: string;
  /** ends what is being started or run; the caller stops what was started */
  readonly signal?: AbortSignal;
  /** absent: as built */
  readonly workflows?: WorkerSettings['workflows'];
}

/** Everything real that a scenario runs on. */
export interface TestEnvironment {
  readonly env: TestWorkflowEnvironment;
  readonly sql: Sql;
  /** holds back the monitor's workflow tasks */
  readonly barrier: CheckBarrier;
  readonly times: EvaluationTimes;
  /** the outer systems, to be switched off and on */
  readonly outside: { mailUp: boolean; balancesUp: boolean; readonly channels: Map<string, ReceiverState> };
  /** where notification channels send to */
  readonly channels: ChannelPlace;
  /** ends what is being run */
  readonly signal?: AbortSignal;
  stop(): Promise<void>;
}

/** The database that environments share: the given one, or a new one, migrated. */
export async function startTestDatabase(
  options: TestEnvironmentOptions,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (options.databaseUrl !== undefined) return { url: options.databaseUrl, stop: async () => undefined };
  const cleanUps: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const url = await startDatabase(options.report, (cleanUp) => cleanUps.push(cleanUp));
    options.signal?.throwIfAborted();
    const sql = openDatabase(url);
    await migrate(sql).finally(() => sql.end({ timeout: 5 }));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const namespace = 'default';

/** Temporal's number for the type of a search attribute: KEYWORD. */
const keyword = 2;

/**
 * Starts Temporal's time-skipping test server, PostgreSQL, an SMTP server, a receiver of channels, and the workers.
 *
 * @throws StartError when a part is missing or does not come up, with the remedy.
 */
export async function startTestEnvironment(
  options: TestEnvironmentOptions & { readonly databaseUrl: string },
): Promise<TestEnvironment> {
  const cleanUps: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const parts = await startParts(options, (cleanUp) => cleanUps.push(cleanUp));
    options.signal?.throwIfAborted();
    return { ...parts, stop, ...(options.signal && { signal: options.signal }) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: TestEnvironmentOptions & { readonly databaseUrl: string },
  later: (cleanUp: () => Promise<unknown> | void) => void,
): Promise<Omit<TestEnvironment, 'stop' | 'signal'>> {
  const { report } = options;
  const env = await startServer(report);
  later(() => env.teardown());
  const sql = openDatabase(options.databaseUrl, { role: 'service' });
  later(() => sql.end({ timeout: 5 }));
  const smtp = await startSmtpSink();
  later(() => smtp.stop());
  const mail = createMailTransport({ url: smtp.url, from: 'Lowwater <lowwater@localhost>', domain: 'localhost' });
  later(() => mail.close());
  const receiver = await startChannelSink();
  later(() => receiver.stop());
  const channels = { url: receiver.url, cipher: createSecretCipher(randomBytes(32).toString('base64')) };

  const barrier = await CheckBarrier.start(env.address);
  later(() => barrier.stop());
  const connection = await NativeConnection.connect({ address: barrier.address });
  later(() => connection.close());
  const times = new EvaluationTimes((callBack) =>
    Context.current().cancellationSignal.addEventListener('abort', callBack),
  );
  const outside = new Outside(smtp, receiver.states);
  const activities = createActivities(depsOf({ env, sql, mail, outside, channels }));
  const { observe, recordCheckAndObserve, publish } = activities.local;
  const local = {
    ...activities.local,
    observe: times.aroundRead(observe),
    recordCheckAndObserve: times.aroundRead(recordCheckAndObserve),
    publish: times.aroundPublish(publish),
  };
  const workers = await createWorkers(
    connection,
    { ...activities, local },
    {
      namespace,
      maxCachedWorkflows: 10,
      shutdownGraceTime: 0,
      ...(options.workflows && { workflows: options.workflows }),
    },
  );
  const runs = workers.map((worker) => worker.run());
  later(() => {
    barrier.release();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    return Promise.allSettled(runs);
  });
  return { env, sql, barrier, times, outside, channels };
}

async function startServer(report: TestEnvironmentOptions['report']): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const executable = await findTemporalBinary('test-server', {
    configured: loadConfig().TEMPORAL_TEST_SERVER_PATH,
    log: report,
  });
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: executable } },
  });
  // The server is new, so none of them is there yet; and this one cannot list them.
  await env.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(searchAttributes.map(({ name }) => [name, keyword])),
  });
  return env;
}

let isQuiet = false;

/** Only what goes wrong is worth a line; and signals are the command's to handle, not the SDK's. */
function quietRuntime(): void {
  if (isQuiet) return;
  isQuiet = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    // Forwarded, for the SDK's core would write to standard output, which is the command's result.
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }), forward: {} } },
    shutdownSignals: [],
  });
}

/** A PostgreSQL whose data is thrown away: nothing is ever synced to the disk. */
async function startDatabase(
  report: TestEnvironmentOptions['report'],
  later: (cleanUp: () => Promise<unknown> | void) => void,
): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-simulate-'));
  // Started by root, PostgreSQL runs as another user, who has to get in.
  chmodSync(folder, 0o755);
  later(() => rmSync(folder, { recursive: true, force: true }));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const server = await startPostgres({ dataDir: folder, port: 0, log: report, settings });
  later(() => server.stop());
  return server.url;
}

/** What lies outside of Lowwater and may be down. */
class Outside {
  balancesUp = true;

  constructor(
    private readonly smtp: { up: boolean },
    /** by the names of channels; absent: up */
    readonly channels: Map<string, ReceiverState>,
  ) {}

  get mailUp(): boolean {
    return this.smtp.up;
  }

  set mailUp(up: boolean) {
    this.smtp.up = up;
  }
}

interface Parts extends Pick<TestEnvironment, 'env' | 'sql' | 'outside' | 'channels'> {
  readonly mail: ActivityDeps['mail'];
}

function depsOf({ env, sql, mail, outside, channels: { cipher } }: Parts): ActivityDeps {
  return {
    sql,
    mail,
    /** the ledger while balances can be read; else a source that knows no balance */
    get balances() {
      return outside.balancesUp ? null : unknownBalances;
    },
    channels: { cipher, guard: { allowLoopback: true }, userAgent: 'lowwater-simulate' },
    logger: nullLogger,
    settings: {
      monitor: { continueAfterEvents: 120, continueAfterChecks: 20, spreadShare: 0, spreadMaxMs: 0 },
      creditWarningHours: 0,
      mailDomain: 'localhost',
      publicUrl: null,
      batchWindowMs: 0,
      overdueMs: 120_000,
      retentionDays: 90,
      requestLogDays: 14,
      rateFileDays: 365,
    },
    monitors: createMonitorControl(env.client),
    actions: createGateway({ client: env.client, sql, namespace: env.namespace ?? 'default', uiUrl: null }),
  };
}

const unknownBalances: BalanceSource = {
  kind: 'sql',
  read: (clients) => Promise.resolve(new Map(clients.map(({ id }) => [id, { unknown: 'the source is down' }]))),
  check: () => Promise.reject(new Error('the source is down')),
  close: () => Promise.resolve(),
};
