import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { claimPort } from '../../../src/cli/process/ports.js';
import type { StopStep } from '../../../src/cli/process/processes.js';
import { endLeftover, startServerProcess, type ServerProcess } from './server-process.js';
import { StartError, messageOf } from '../../../src/cli/process/start-error.js';

/** The dev server closes its SQLite file on SIGTERM; its write-ahead log survives the rest as well. */
const stopSteps: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 15_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
];

/**
 * Requests per second that one namespace and the whole server take before they answer "try again". The defaults (2,400)
 * protect a cluster from its tenants; here there is one.
 */
const limits = { 'frontend.namespaceRPS': 20_000, 'frontend.rps': 20_000 } as const;

type TemporalServerOptions = {
  /** The `temporal` program (findTemporalBinary). */
  program: string;
  /** Folder of this server: its database and its log. Made when missing. */
  dataDir: string;
  /** Port of the frontend on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Port of Temporal's own pages; 0 takes a free one. */
  uiPort: number;
  namespace: string;
  /** Deletes the workflows and schedules of earlier starts. */
  reset?: boolean;
  /** Told of what is out of the ordinary, one line each. */
  log: (line: string) => void;
};

type TemporalServer = {
  /** host:port of the frontend. */
  address: string;
  uiUrl: string;
  pid: number;
  /** Settles when the server has ended, whoever ended it. */
  exited: Promise<void>;
  lastOutput(): string;
  stop(): Promise<void>;
};

/**
 * Starts Temporal's dev server with its pages, on a file that keeps workflows, timers and schedules over restarts.
 * A server of the same folder that a killed parent left behind is stopped first.
 *
 * @throws StartError when the folder is in use, a port is taken, or the server does not come up
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { dataDir, namespace } = options;
  // Workflow inputs are in there: nobody else's business.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const stateFile = path.join(dataDir, 'server.json');
  if (await endLeftover({ name: 'Temporal', stateFile, stopSteps })) {
    options.log('Temporal was still running after an earlier run ended by force; it was stopped.');
  }
  const database = path.join(dataDir, 'temporal.db');
  if (options.reset) for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
  const remedy = 'Stop that process, or use --port 0 to take free ports.';
  const port = await claimPort(options.port, 'Temporal', remedy);
  const uiPort = await claimPort(options.uiPort, "Temporal's pages", remedy);
  const server = await startServerProcess({
    name: 'Temporal',
    command: options.program,
    args: serverArguments(database, port, uiPort, namespace),
    cwd: dataDir,
    // A home of its own: the user's Temporal CLI profiles do not concern this server.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: path.resolve(dataDir), TZ: 'UTC' },
    logFile: path.join(dataDir, 'temporal.log'),
    stateFile,
    stopSteps,
  });
  const address = `127.0.0.1:${port}`;
  try {
    await untilItAnswers(port, namespace, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const { pid, exited, lastOutput, stop } = server;
  return { address, uiUrl: `http://127.0.0.1:${uiPort}`, pid, exited, lastOutput, stop };
}

function serverArguments(database: string, port: number, uiPort: number, namespace: string): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--db-filename', database],
    ...['--port', String(port), '--ui-port', String(uiPort), '--namespace', namespace],
    ...['--log-level', 'error', '--ui-disable-news-fetch'],
    ...Object.entries(limits).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
  ];
}

async function untilItAnswers(port: number, namespace: string, server: ServerProcess): Promise<void> {
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      // The SDK takes its time between attempts to connect, so it is asked only when somebody listens.
      await connectOnce(port);
      await describeNamespace(`127.0.0.1:${port}`, namespace);
      return;
    } catch (error) {
      if (ended || performance.now() > deadline) {
        throw new StartError(
          `Temporal did not come up: ${server.lastOutput() || messageOf(error)}`,
          'Read the lines above; with --data-dir another folder can be tried, TEMPORAL_ADDRESS names a server of your own.',
          { cause: error },
        );
      }
    }
    await delay(25);
  }
}

function connectOnce(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}

async function describeNamespace(address: string, namespace: string): Promise<void> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 10_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}
