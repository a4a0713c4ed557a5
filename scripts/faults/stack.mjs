import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { killDatabase, stallDatabase } from './database-processes.mjs';
import { dist, localStack, packageOf } from './dist.mjs';
import { Service } from './service.mjs';

/**
 * Small limits, so that minutes show what otherwise takes days: runs of a monitor end often, and more monitors run than
 * a worker keeps in memory, so that histories are replayed all the time.
 */
const limits = {
  SPREAD_PERCENT: '0',
  CONTINUE_AFTER_CHECKS: '6',
  CONTINUE_AFTER_EVENTS: '80',
  MAX_CACHED_WORKFLOWS: '30',
  RECONCILE_EVERY_SECONDS: '30',
  RATE_LIMIT_PER_MINUTE: '0',
  SHUTDOWN_SECONDS: '5',
};

/** A killed process loses nothing that it has handed to the system; only a machine without power would. */
const databaseSettings = { fsync: 'off' };

/**
 * Starts PostgreSQL, Temporal, a mailbox, a worker, and an API. Files lie as `lowwater start` lays them, so that it can
 * open the folder later.
 *
 * @param folder exists; PostgreSQL's user must be able to pass through
 */
export async function startStack({ folder, log }) {
  const stops = [];
  try {
    return await bringUp({ folder, log, stops });
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function bringUp({ folder, log, stops }) {
  mkdirSync(path.join(folder, 'logs'), { recursive: true });
  chmodSync(folder, 0o711);
  const ports = await dist('cli/process/ports.js').freePorts([
    'postgres',
    'temporal',
    'temporalUi',
    'smtp',
    'mailbox',
    'api',
  ]);
  const database = await startDatabase({ folder, port: ports.postgres, log });
  stops.push(() => database.stop());
  const temporal = await startTemporal({ folder, ports, log });
  stops.push(() => temporal.stop());
  const mailboxToken = randomBytes(16).toString('hex');
  const mailbox = await localStack('mailbox/mailbox-server.js').startMailbox({
    smtpPort: ports.smtp,
    httpPort: ports.mailbox,
    dataDir: path.join(folder, 'mailbox'),
    token: mailboxToken,
    maxMails: 1_000_000,
  });
  stops.push(() => mailbox.stop());
  const sql = dist('storage/system/database.js').openDatabase(database.url, {
    max: 1,
    applicationName: 'lowwater-faults',
  });
  stops.push(() => sql.end({ timeout: 1 }));
  await dist('storage/system/migrate.js').migrate(sql);
  const { key } = await localStack('start/first-key.js').firstKey(sql, folder, 'Operator');
  const client = packageOf('@temporalio/client');
  const connection = client.Connection.lazy({ address: temporal.address });
  stops.push(() => connection.close());
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    SMTP_URL: mailbox.smtpUrl,
    API_PORT: String(ports.api),
    WORKER_OPS_PORT: '0',
    LOG_LEVEL: 'info',
    ...limits,
  };
  const service = (name) => {
    const made = new Service({ name, environment, logFile: path.join(folder, 'logs', `${name}.log`) });
    stops.push(() => made.stop());
    return made;
  };
  const [worker, api] = [service('worker'), service('api')];
  await Promise.all([worker.start(), api.start()]);
  return {
    database,
    temporal,
    worker,
    api,
    sql,
    connection,
    apiUrl: `http://127.0.0.1:${ports.api}`,
    apiKey: key,
    mailboxUrl: mailbox.httpUrl,
    mailboxToken,
    stop: () => stopAll(stops),
  };
}

async function startDatabase({ folder, port, log }) {
  const options = { dataDir: path.join(folder, 'postgres'), port, log, settings: databaseSettings };
  const { startPostgres } = localStack('servers/postgres.js');
  const server = new RestartableServer(() => startPostgres(options));
  await server.start();
  let resume = null;
  return {
    url: server.current.url,
    /** @returns resumes it */
    stall() {
      resume = stallDatabase(server.current.pid);
      return () => {
        resume?.();
        resume = null;
      };
    },
    async kill() {
      await killDatabase(server.current.pid);
      await server.current.exited;
    },
    start: () => server.start(),
    async stop() {
      // A stopped process heeds no gentle signal.
      resume?.();
      await server.stop();
    },
  };
}

async function startTemporal({ folder, ports, log }) {
  const program = await localStack('servers/temporal-binaries.js').findTemporalBinary('cli', {
    configured: process.env.TEMPORAL_CLI_PATH,
    log,
  });
  const options = {
    program,
    dataDir: path.join(folder, 'temporal'),
    port: ports.temporal,
    uiPort: ports.temporalUi,
    namespace: 'default',
    log,
  };
  const { startTemporalServer } = localStack('servers/temporal-server.js');
  const server = new RestartableServer(() => startTemporalServer(options));
  await server.start();
  return {
    address: server.current.address,
    start: () => server.start(),
    halt: () => server.current.stop(),
    stop: () => server.stop(),
  };
}

/** A server that faults end and start again; once stopped it stays down, whatever fault was about to start it. */
class RestartableServer {
  #begin;
  /** @type {Promise<any>} */
  #starting = Promise.resolve(null);
  #isStopped = false;
  /** @type {any} */
  #current = null;

  /** The server that runs, or ran last. */
  get current() {
    if (!this.#current) throw new Error('the server was never started');
    return this.#current;
  }

  constructor(begin) {
    this.#begin = begin;
  }

  async start() {
    if (this.#isStopped) return;
    this.#starting = this.#begin();
    this.#current = await this.#starting;
  }

  async stop() {
    this.#isStopped = true;
    const last = (await this.#starting.catch(() => null)) ?? this.#current;
    await last?.stop();
  }
}

/** The last started first; one that fails to stop keeps no other running. */
async function stopAll(stops) {
  const failures = [];
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped');
}
