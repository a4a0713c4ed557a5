import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, loadConfig, type Config } from '../../../src/config.js';
import { openDatabase } from '../../../src/storage/system/database.js';
import { migrate } from '../../../src/storage/system/migrate.js';
import { CommandError, exitCodes } from '../../../src/cli/exit-codes.js';
import { findLauncher } from '../../../src/cli/process/launcher.js';
import { requireSetting } from '../../../src/cli/running-settings.js';
import { printStatus, seconds } from '../../../src/cli/terminal.js';
import { demoAdmin, demoOperator, seedDemo, startDemo } from './demo.js';
import { firstKey } from './first-key.js';
import { beginGateway } from './gateway.js';
import { firstLogin, type Login } from './first-login.js';
import { claimInstance } from './instance.js';
import { Interrupted, Interruption } from './interruption.js';
import { loadOrCreateSecret } from './kept-secret.js';
import {
  beginDatabase,
  beginMail,
  beginTemporal,
  findTemporalCli,
  type Database,
  type Mail,
  type Temporal,
} from './parts.js';
import { choosePorts, type Ports } from './ports.js';
import type { ReadyLine } from './ready-line.js';
import { withoutPassword } from '../../../src/domain/urls.js';
import { Stack } from './stack.js';
import { printReady } from './summary.js';
import { endLeftoverChild, supervise } from './supervised.js';

export type StartOptions = {
  empty?: true;
  demo?: true;
  reset?: true;
  dataDir: string;
  port?: number;
  json?: true;
};

const children = ['api', 'worker', 'demo-traffic'] as const;

/**
 * Runs all of Lowwater until it is asked to stop, or a part of it can no longer work.
 *
 * @returns the exit code
 */
export async function runStart(options: StartOptions): Promise<number> {
  if (options.empty && options.demo) {
    throw new CommandError(exitCodes.usage, '--empty and --demo exclude each other. Use one of them.');
  }
  const config = loadConfig();
  if (options.reset && config.DATABASE_URL !== undefined) {
    throw new CommandError(
      exitCodes.usage,
      '--reset deletes the embedded database, and DATABASE_URL names your own.\n' +
        '  What to do: drop and create that database (dropdb, createdb), then start without --reset.',
    );
  }
  const dataDir = makeDataDir(options.dataDir);
  const launcher = findLauncher();
  const instance = await claimInstance(dataDir, launcher);
  const stack = new Stack();
  const interruption = new Interruption(launcher, () => stack.killAll());
  try {
    const { settings, ready, note } = await Promise.race([
      bringUp(options, config, dataDir, stack),
      interruption.asked,
    ]);
    instance.publish(settings, ready);
    printReady(ready, { json: options.json === true, dataDir, note });
    return await Promise.race([stack.failed, interruption.asked]);
  } catch (error) {
    if (error instanceof Interrupted) return error.exitCode;
    throw error;
  } finally {
    instance.withdraw();
    await stack.stopAll();
    instance.release();
  }
}

type Up = { settings: Record<string, string>; ready: ReadyLine; note: string };

async function bringUp(options: StartOptions, config: Config, dataDir: string, stack: Stack): Promise<Up> {
  const since = performance.now();
  printStatus(`Starting Lowwater in ${dataDir}`);
  for (const name of children) await endLeftoverChild(name, dataDir);
  if (options.reset) deleteOldData(dataDir);
  // Demo data need a database that is not the operator's own: of DATABASE_URL only if they are asked for.
  const mayHaveDemo = options.demo === true || (options.empty !== true && config.DATABASE_URL === undefined);
  const ports = await choosePorts(options.port, config, mayHaveDemo);
  const place = { dataDir, ports, temporalCli: await findTemporalCli(config), reset: options.reset === true };
  const [database, temporal, mail, gateway, { prepareTemporal }] = await Promise.all([
    beginDatabase(stack, config, place),
    beginTemporal(stack, config, place),
    beginMail(stack, config, place),
    mayHaveDemo ? beginGateway(stack, place) : null,
    // The SDK takes its time to load: now, while the servers come up.
    import('./prepare-temporal.js'),
  ]);

  const settings = {
    ...settingsOf({ config, dataDir, ports, database, temporal, mail }),
    // The sandbox gateway is on this machine.
    ...(gateway && { WEBHOOK_ALLOW_LOOPBACK: 'true' }),
  };
  const environment = childEnvironment(settings);
  const full = loadConfig(environment);
  const wantsDemo = options.demo === true || (options.empty !== true && database.embedded);
  const names = wantsDemo ? { operator: demoOperator, admin: demoAdmin } : plainNames;
  const { apiKey, login } = await prepareDatabase(stack, full, dataDir, names);
  await prepareTemporal(stack, full);

  const stopWithinMs = (full.SHUTDOWN_SECONDS + 10) * 1000;
  const child = { environment, dataDir, stopWithinMs, onGivenUp: (error: Error) => stack.partFailed(error) };
  const seeding = { wanted: wantsDemo, dataDir, url: database.url, config: full, gateway };
  const [demo] = await Promise.all([
    seedDemo(stack, seeding),
    stack.start('Worker', () => supervise({ ...child, name: 'worker', args: ['worker'] })),
    stack.start('API', () => supervise({ ...child, name: 'api', args: ['api'] })),
  ]);

  const api = `http://127.0.0.1:${ports.api}`;
  const note = await startDemo(stack, demo, { wanted: wantsDemo, child });
  printStatus(`Ready in ${seconds(performance.now() - since)}.`);
  const ready: ReadyLine = {
    api,
    docs: `${api}/docs`,
    mailbox: mail.page?.url ?? null,
    mailboxApi: mail.page?.apiUrl ?? null,
    mailboxToken: mail.page?.token ?? null,
    smtp: config.SMTP_URL === undefined ? mail.smtpUrl : withoutPassword(mail.smtpUrl),
    temporal: temporal.address,
    temporalUi: temporal.uiUrl,
    database: database.embedded ? database.url : withoutPassword(database.url),
    apiKey,
    login,
  };
  return { settings: { ...settings, WORKER_OPS_PORT: '0' }, ready, note };
}

/** The folder is made so that PostgreSQL's own user can pass through; what is secret in it is closed file by file. */
function makeDataDir(asked: string): string {
  const dataDir = path.resolve(asked);
  const logs = path.join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  // Logs name people; the folder around them may have to be open to PostgreSQL's user.
  chmodSync(logs, 0o700);
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  return dataDir;
}

/** Deletes what belongs to the data of earlier starts; the servers delete their own when they start. */
function deleteOldData(dataDir: string): void {
  for (const name of ['api-key', 'login', 'mailbox', 'mailbox-token', 'demo-data'])
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  printStatus('  Deleting the data of earlier starts (--reset).');
}

/** What the worker and the API receive besides the environment of this process. */
function settingsOf(parts: {
  config: Config;
  dataDir: string;
  ports: Ports;
  database: Database;
  temporal: Temporal;
  mail: Mail;
}): Record<string, string> {
  const { config, dataDir, ports, database, temporal, mail } = parts;
  return {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    ...(temporal.uiUrl === null ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
    SMTP_URL: mail.smtpUrl,
    API_PORT: String(ports.api),
    WORKER_OPS_PORT: String(ports.worker),
    PUBLIC_URL: config.PUBLIC_URL ?? `http://127.0.0.1:${ports.api}`,
    SECRET_KEY:
      config.SECRET_KEY ??
      loadOrCreateSecret(path.join(dataDir, 'secret-key'), () => randomBytes(32).toString('base64')),
  };
}

type Names = { operator: string; admin: string };

const plainNames: Names = { operator: 'Operator', admin: 'admin@lowwater.localhost' };

async function prepareDatabase(
  stack: Stack,
  config: Config,
  dataDir: string,
  names: Names,
): Promise<{ apiKey: string; login: Login | null }> {
  const url = requireSetting(config, 'DATABASE_URL');
  await stack.run('Schema', async () => {
    const owner = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
    const { applied, version } = await migrate(owner).finally(() => owner.end({ timeout: 5 }));
    return {
      value: undefined,
      note: `version ${version}${applied.length > 0 ? `, ${applied.length} ${applied.length === 1 ? 'step' : 'steps'} applied` : ''}`,
    };
  });
  const sql = openDatabase(url, { role: 'service', max: 2 });
  try {
    const { key } = await firstKey(sql, dataDir, names.operator);
    return { apiKey: key, login: await firstLogin(sql, dataDir, names.admin) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
