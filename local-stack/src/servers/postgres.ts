import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import postgres from 'postgres';
import { claimPort } from '../../../src/cli/process/ports.js';
import { findPostgres, postgresEnv, type PostgresBinaries } from './postgres-binaries.js';
import { resolveClusterDir } from './postgres-place.js';
import { commandLineOf, endProcess, markProcess, type StopStep } from '../../../src/cli/process/processes.js';
import { postgresUser } from './run-as.js';
import {
  orphanStopped,
  stopOrphanedServer,
  startServerProcess,
  untilServerAnswers,
  type RunAs,
} from './server-process.js';
import { StartError } from '../../../src/cli/process/start-error.js';

/** The name of the database, and of the role that owns it. */
const NAME = 'lowwater';

/** "Fast" shutdown, then "immediate" (recovers at the next start), then by force. */
const stopSteps: readonly StopStep[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
];

type PostgresOptions = {
  /** Folder of this server: cluster, password, log. Made when missing; what it holds survives a restart. */
  dataDir: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Receives what takes long or is out of the ordinary, one line each. */
  log: (line: string) => void;
  /** Server settings besides the defaults: `{ fsync: 'off' }`. */
  settings?: Readonly<Record<string, string>>;
  /** Deletes the database that an earlier start made, and makes an empty one. */
  reset?: boolean;
};

export type EmbeddedPostgres = {
  /** Address of the database `lowwater`, with its password. */
  url: string;
  port: number;
  pid: number;
  /** Settles when the server has ended, for whatever reason. */
  exited: Promise<void>;
  lastOutput(): string;
  /** Shuts down (connections are cut off, open transactions rolled back) and waits. */
  stop(): Promise<void>;
};

/**
 * Starts a real PostgreSQL on this machine, reachable from this machine only, with a database `lowwater`.
 *
 * The first start makes the cluster (UTF-8, sorted by code point, passwords by SCRAM) and a password that stays in the
 * data folder, readable by its owner alone. A server of the same folder that a killed parent left behind is stopped
 * first. Started by root it runs as an unprivileged user.
 *
 * @throws StartError when the folder is in use, the port is taken, or the server does not come up
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  mkdirSync(dataDir, { recursive: true });
  const stateFile = path.join(dataDir, 'server.json');
  await stopOrphanedServer({ name: 'PostgreSQL', stateFile, stopSteps, log });
  const { folder: cluster, owner } = resolveClusterDir(dataDir, log);
  const runAs = postgresUser(owner);
  const binaries = findPostgres(runAs);
  await endUnrecorded(cluster, log);
  const password = passwordOf(dataDir);
  if (!existsSync(cluster)) {
    log('PostgreSQL: first start, making the database cluster.');
    await makeCluster(cluster, password, binaries, runAs, options.settings?.['fsync'] === 'off');
  }
  const port = await claimPort(options.port, 'PostgreSQL', 'Stop that process, or use --port 0 to take free ports.');
  const server = await startServerProcess({
    name: 'PostgreSQL',
    command: binaries.postgres,
    args: serverArguments(cluster, port, options.settings ?? {}),
    cwd: '/',
    env: postgresEnv,
    runAs,
    logFile: path.join(dataDir, 'postgres.log'),
    stateFile,
    stopSteps,
  });
  const url = (database: string): string => `postgres://${NAME}:${password}@127.0.0.1:${port}/${database}`;
  const ready = { name: 'PostgreSQL', pauseMs: 50, remedy: 'with --data-dir another folder can be tried.' };
  await untilServerAnswers(server, ready, () => makeDatabase(url('postgres'), options.reset === true));
  const { pid, exited, lastOutput, stop } = server;
  return { url: url(NAME), port, pid, exited, lastOutput, stop };
}

function serverArguments(cluster: string, port: number, settings: Readonly<Record<string, string>>): string[] {
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Without the details of errors, which show the values of rows.
    log_error_verbosity: 'terse',
    ...settings,
  };
  return ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The password of the role, made at the first start. */
function passwordOf(dataDir: string): string {
  const file = path.join(dataDir, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

/**
 * Makes the cluster next to its place and moves it there, so that one which was cut short is never taken for whole.
 * @throws StartError with what initdb said
 */
async function makeCluster(
  cluster: string,
  password: string,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
  careless: boolean,
): Promise<void> {
  const partial = `${cluster}.new`;
  for (const left of [partial, `${partial}.password`]) rmSync(left, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  // Next to the cluster, where PostgreSQL's user may read it.
  const passwordFile = `${partial}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs) for (const file of [partial, passwordFile]) chownSync(file, runAs.uid, runAs.gid);
  try {
    const args = [
      '-D',
      partial,
      '-U',
      NAME,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    args.push('--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions');
    if (careless) args.push('--no-sync');
    await run(binaries.initdb, args, runAs);
    renameSync(partial, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function run(command: string, args: readonly string[], runAs: RunAs | undefined): Promise<void> {
  const child = spawn(command, args, {
    ...runAs,
    cwd: '/',
    env: { ...postgresEnv },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4096)));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said = error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new StartError(
      `PostgreSQL could not make its data folder: ${said.trim()}`,
      'Check space and rights of the data folder, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
}

/** Makes the database unless it exists; with `reset` it is made again, empty. */
async function makeDatabase(url: string, reset: boolean): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    if (reset) await sql`drop database if exists ${sql(NAME)} with (force)`;
    const found = await sql`select 1 from pg_database where datname = ${NAME}`;
    if (found.length === 0) await sql`create database ${sql(NAME)}`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * A server whose start was cut off before it was recorded is known only by PostgreSQL's own postmaster.pid. It is ended
 * when that process is a PostgreSQL of this very folder; any other process has merely been given the number since.
 */
async function endUnrecorded(cluster: string, log: (line: string) => void): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return;
  }
  const mark = Number.isInteger(pid) && pid > 0 ? markProcess(pid) : null;
  if (!mark || !commandLineOf(pid)?.includes(`-D ${cluster} `)) {
    // PostgreSQL itself refuses to start while the number belongs to any process of its user.
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  if (!(await endProcess(mark, stopSteps))) {
    throw new StartError(
      `PostgreSQL (process ${pid}) uses ${cluster} and does not stop.`,
      `End it by hand: kill -9 ${pid}.`,
    );
  }
  log(orphanStopped('PostgreSQL'));
}
