// The embedded stack, with a worker of our own in this process so that what it does can be counted.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inParallel } from '../scripts/lib/in-parallel.mjs';

const require = createRequire(import.meta.url);
export const dist = (file) => require(path.join(import.meta.dirname, '..', 'dist/src', file));
export const localStack = (file) => require(path.join(import.meta.dirname, '..', 'dist/local-stack/src', file));

const { SMTPServer } = require('smtp-server');
const { DefaultLogger, Runtime } = require('@temporalio/worker');

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
});

/** A folder for the work, which is removed at its end. */
export async function inTemporaryFolder(work) {
  const dir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Runs PostgreSQL for the work, which gets its address. */
export async function withPostgres(dir, say, work) {
  const log = (line) => say(`   ${line}`);
  const dataDir = path.join(dir, 'postgres');
  const postgres = await localStack('servers/postgres.js').startPostgres({ dataDir, port: 0, log });
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** The same with data that is thrown away. */
export function onPostgres(say, work) {
  return inTemporaryFolder((dir) => withPostgres(dir, say, work));
}

/** Starts PostgreSQL, Temporal and a mail server that takes everything; `stop` ends them and removes their files. */
export async function startStack(say) {
  const dir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  const log = (line) => say(`   ${line}`);
  const postgres = await localStack('servers/postgres.js').startPostgres({
    dataDir: path.join(dir, 'postgres'),
    port: 0,
    log,
  });
  const program = await localStack('servers/temporal-binaries.js').findTemporalBinary('cli', {
    configured: process.env.TEMPORAL_CLI_PATH,
    log,
  });
  const temporal = await localStack('servers/temporal-server.js').startTemporalServer({
    program,
    dataDir: path.join(dir, 'temporal'),
    port: 0,
    uiPort: 0,
    namespace: 'default',
    log,
  });
  const mails = await startMailServer();
  const sql = dist('storage/system/database.js').openDatabase(postgres.url, { max: 8 });
  await dist('storage/system/migrate.js').migrate(sql);
  const config = dist('config.js').loadConfig({
    TEMPORAL_ADDRESS: temporal.address,
    DATABASE_URL: postgres.url,
    LOG_LEVEL: 'silent',
  });
  const { connection, client } = await dist('temporal/connection.js').connectTemporal(config);
  await dist('temporal/search-attributes.js').registerSearchAttributes(connection, 'default');
  const native = await dist('temporal/connection.js').connectWorker(config);
  const [{ id: resellerId }] = await sql`
    insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Bench', 'owner@bench.example', '{1}') returning id`;
  return {
    dir,
    sql,
    databaseUrl: postgres.url,
    client,
    native,
    connection,
    mails,
    resellerId,
    pids: { postgres: postgres.pid, temporal: temporal.pid },
    async stop() {
      await native.close();
      await connection.close();
      await sql.end();
      await mails.stop();
      await temporal.stop();
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Takes every email and remembers when it accepted the one for which address. */
async function startMailServer() {
  const accepted = new Map();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, callback) {
      stream.resume();
      stream.on('end', () => {
        for (const { address } of session.envelope.rcptTo) accepted.set(address, performance.now());
        callback();
      });
    },
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  return {
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    accepted,
    stop: () => new Promise((resolve) => server.close(() => resolve(null))),
  };
}

/** What the activities need; the same settings as the worker's own. */
export function activityDeps(stack, { cached = 1500 } = {}) {
  const { createMailTransport } = dist('mail/smtp/transport.js');
  const { createGateway } = dist('temporal/client-gateway.js');
  const { createMonitorControl } = dist('temporal/monitor-control.js');
  return {
    sql: stack.sql,
    mail: createMailTransport({
      url: stack.mails.url,
      from: 'Bench <bench@lowwater.localhost>',
      domain: 'lowwater.localhost',
    }),
    balances: null,
    logger: dist('observability/logger.js').nullLogger,
    metrics: dist('observability/metrics.js').createMetrics({ process: false }),
    settings: {
      monitor: { continueAfterEvents: 120, continueAfterChecks: 20, spreadShare: 0, spreadMaxMs: 0 },
      creditWarningHours: 24,
      staffEmail: null,
      mailDomain: 'lowwater.localhost',
      publicUrl: null,
      batchWindowMs: 250,
      batchSize: Math.max(1, Math.min(200, Math.floor(cached / 4))),
      overdueMs: 120_000,
      retentionDays: 90,
      requestLogDays: 14,
    },
    monitors: createMonitorControl(stack.client),
    actions: createGateway({ client: stack.client, sql: stack.sql, namespace: 'default', uiUrl: null }),
  };
}

/** Runs the workers of a process; `stop` waits for them. */
export async function startWorkers(
  stack,
  activities,
  /** @type {{ cached?: number, workflows?: { workflowsPath: string } }} */ { cached = 1500, workflows } = {},
) {
  const { createWorkers } = dist('task-workers.js');
  // A worker takes no queue without an activity; the bare floors have no jobs.
  const jobs = { none: async () => undefined };
  const workers = await createWorkers(
    stack.native,
    { jobs, ...activities },
    {
      namespace: 'default',
      maxCachedWorkflows: cached,
      shutdownGraceTime: 1000,
      ...(workflows && { workflows }),
    },
  );
  const runs = workers.map((worker) => worker.run());
  return async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
  };
}

/** Clients with one profile, straight into the tables: the API is not what is measured. */
export async function insertClients(
  stack,
  count,
  /** @type {{ everyMs?: number | null, trigger?: string, live?: string, thresholds?: readonly (string | null)[] }} */
  { everyMs = null, trigger = 'period', live = '1000', thresholds = ['100', '50'] } = {},
) {
  const { sql, resellerId } = stack;
  const [{ id: profileId }] = await sql`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours, check_every_ms, trigger)
    values (${resellerId}, 'bench', 'USD', 3, 24, ${everyMs}, ${trigger}) returning id`;
  await sql`insert into profile_rules (profile_id, key, position, threshold, notify_role) values
    (${profileId}, 'user', 0, ${thresholds[0]}, false), (${profileId}, 'client', 1, ${thresholds[1]}, true)`;
  const clients = await sql`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, billing_email)
    select ${resellerId}, ${profileId}, 'Client ' || n, 'USD', 'prepaid', 'c' || n || '-' || ${profileId} || '@bench.example'
    from generate_series(1, ${count}) n returning id, billing_email as email`;
  await sql`insert into balances (client_id, live) select id, ${live} from clients where profile_id = ${profileId}`;
  await sql`insert into monitors (client_id) select id from clients where profile_id = ${profileId}`;
  return clients;
}

/** Starts the monitors and waits until each has made a check and said so. */
export async function begin(stack, clients) {
  const { signalMonitor } = dist('temporal/start-monitor.js');
  await inParallel([...clients], 20, ({ id }) =>
    signalMonitor(stack.client, { clientId: id, resellerId: stack.resellerId }, 'configurationChanged'),
  );
  for (;;) {
    const [{ silent }] = await stack.sql`select count(*)::int as silent from monitors where last_check_at is null`;
    if (silent === 0) break;
    await seconds(0.5);
  }
  await seconds(3);
}

/** The port that a listening server was given. */
export function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

export const median = (numbers) => percentile(numbers, 50);

export function percentile(numbers, percent) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

export const seconds = (n) => new Promise((resolve) => setTimeout(resolve, n * 1000));
