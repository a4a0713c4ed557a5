import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  isRunning,
  endProcess,
  markProcess,
  type ProcessMark,
  type StopStep,
} from '../../../src/cli/process/processes.js';
import { StartError, messageOf } from '../../../src/cli/process/start-error.js';
import { writeWhole } from './write-whole.js';

/**
 * Servers that are not Node processes: they cannot notice that their parent is gone, so a file remembers them, and the
 * next start ends what a killed parent left behind.
 */

/** Who runs a program: where absent, the user of this process. */
export type RunAs = { uid: number; gid: number };

type ServerProcessOptions = {
  /** What people call it: `PostgreSQL`. */
  name: string;
  command: string;
  args: readonly string[];
  cwd?: string;
  env: Readonly<Record<string, string>>;
  runAs?: RunAs | undefined;
  /** Its output goes here, appended; a file and not a pipe, so that it survives the loss of this process. */
  logFile: string;
  /** Where the server and its owner are remembered while it runs. */
  stateFile: string;
  /** How it is stopped, gentlest first. */
  stopSteps: readonly StopStep[];
};

export type ServerProcess = {
  pid: number;
  /** Settles when it has ended, for whatever reason. */
  exited: Promise<void>;
  /** What it wrote since this start, at most the last 4 KB. */
  lastOutput(): string;
  /** Stops it and waits until it is gone. Repeated calls are the same call. */
  stop(): Promise<void>;
};

/** The servers of this process that run, each with the signal that ends it gently. */
const live = new Map<number, NodeJS.Signals>();

/** Asks all servers of this process to end, and waits for none: for a process that has no time left. */
export function stopAllServers(): void {
  for (const [pid, signal] of live) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended already.
    }
  }
}

type State = { owner: ProcessMark; server: ProcessMark };

/**
 * Starts a server apart from this process's group, so that a Ctrl-C in the terminal does not reach it before its turn.
 *
 * @throws StartError when the program cannot be run
 */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const log = openSync(options.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const child = spawn(options.command, options.args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.runAs,
    env: { ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { pid } = child;
  const gentlest = options.stopSteps[0]?.signal;
  if (pid !== undefined && gentlest !== undefined) live.set(pid, gentlest);
  void exited.then(() => live.delete(pid ?? 0));
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(
        new StartError(`${options.name} could not be run: ${cause.message}.`, `Check ${options.command}.`, { cause }),
      ),
    );
  });
  const server = pid === undefined ? null : saveServerRecord(options.stateFile, pid);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (server && !(await endProcess(server, options.stopSteps))) {
      throw new Error(`${options.name} (process ${server.pid}) did not stop`);
    }
    await exited;
    rmSync(options.stateFile, { force: true });
  };
  return {
    pid: pid ?? 0,
    exited,
    lastOutput: () => tail(options.logFile, logStart),
    stop: () => (stopping ??= stop()),
  };
}

export function orphanStopped(name: string): string {
  return `${name} was still running after an earlier run ended by force; it was stopped.`;
}

/**
 * Repeats the attempt until it succeeds, for up to a minute. A server that ends or does not answer by then is stopped.
 *
 * @throws StartError with the last output of the server
 */
export async function untilServerAnswers(
  server: ServerProcess,
  { name, pauseMs, remedy }: { name: string; pauseMs: number; remedy: string },
  attempt: () => Promise<void>,
): Promise<void> {
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (ended || performance.now() > deadline) {
        const output = server.lastOutput() || messageOf(error);
        await server.stop();
        throw new StartError(`${name} did not come up: ${output}`, `Read the lines above; ${remedy}`, { cause: error });
      }
    }
    await delay(pauseMs);
  }
}

/**
 * Remembers a child of this process, so that the next start can end it should this process be killed.
 *
 * @returns its mark; null when it has already ended, and there is nothing to remember
 */
export function saveServerRecord(stateFile: string, pid: number): ProcessMark | null {
  const owner = markProcess(process.pid);
  const server = markProcess(pid);
  if (owner && server) writeWhole(stateFile, JSON.stringify({ owner, server } satisfies State));
  return server;
}

/**
 * Ends the server that an earlier owner left behind, if there is one, and logs that.
 *
 * @throws StartError when the earlier owner is alive: the server is in use
 */
export async function stopOrphanedServer(options: {
  name: string;
  stateFile: string;
  stopSteps: readonly StopStep[];
  log?: (line: string) => void;
}): Promise<void> {
  const state = readState(options.stateFile);
  if (!state) return;
  if (!isRunning(state.server)) {
    rmSync(options.stateFile, { force: true });
    return;
  }
  if (isRunning(state.owner)) {
    throw new StartError(
      `${options.name} of this data folder is already running (started by process ${state.owner.pid}).`,
      `Stop that process (kill ${state.owner.pid}), or choose another folder with --data-dir.`,
    );
  }
  if (!(await endProcess(state.server, options.stopSteps))) {
    throw new StartError(
      `${options.name} was left over by an earlier run (process ${state.server.pid}) and does not stop.`,
      `End it by hand: kill -9 ${state.server.pid}.`,
    );
  }
  rmSync(options.stateFile, { force: true });
  options.log?.(orphanStopped(options.name));
}

function readState(file: string): State | null {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<State>;
    return isMark(state.owner) && isMark(state.server) ? { owner: state.owner, server: state.server } : null;
  } catch {
    return null;
  }
}

function isMark(mark: ProcessMark | undefined): mark is ProcessMark {
  return typeof mark?.pid === 'number' && typeof mark.startedAt === 'string';
}

/** The end of a file from a position on, at most 4 KB. */
function tail(file: string, from: number): string {
  const fd = openSync(file, 'r');
  try {
    const size = fstatSync(fd).size;
    const start = Math.max(from, size - 4096);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString('utf8').trim();
  } finally {
    closeSync(fd);
  }
}
