import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { claimPort } from '../../../src/cli/process/ports.js';
import type { StopStep } from '../../../src/cli/process/processes.js';
import { stopOrphanedServer, startServerProcess, untilServerAnswers } from './server-process.js';

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
  /** Receives what is out of the ordinary, one line each. */
  log: (line: string) => void;
};

type TemporalServer = {
  /** host:port of the frontend. */
  address: string;
  uiUrl: string;
  pid: number;
  /** Settles when the server has ended, for whatever reason. */
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
  // It holds workflow inputs: only for this user.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const stateFile = path.join(dataDir, 'server.json');
  await stopOrphanedServer({ name: 'Temporal', stateFile, stopSteps, log: options.log });
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
    // A separate home: the user's Temporal CLI profiles do not concern this server.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: path.resolve(dataDir), TZ: 'UTC' },
    logFile: path.join(dataDir, 'temporal.log'),
    stateFile,
    stopSteps,
  });
  const address = `127.0.0.1:${port}`;
  const readRemedy = 'with --data-dir another folder can be tried, TEMPORAL_ADDRESS names a server of your own.';
  await untilServerAnswers(server, { name: 'Temporal', pauseMs: 25, remedy: readRemedy }, async () => {
    // The SDK takes its time between attempts to connect, so it is asked only once the port has a listener.
    await connectOnce(port);
    await describeNamespace(address, namespace);
  });
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
