import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isRunning, type ProcessMark } from '../../../src/cli/process/processes.js';
import type { ReadyLine } from '../../../local-stack/src/start/ready-line.js';

const main = path.resolve(__dirname, '../../../dist/src/cli/main.js');

/** How a command of `lowwater` ended. */
export type Ended = { code: number | null; stdout: string; stderr: string };

/** A `lowwater start` that has come up. */
export type RunningLowwater = {
  ready: ReadyLine;
  pid: number;
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  /** Sends a signal and waits until the process has ended and no other process holds its output. */
  end(signal: NodeJS.Signals): Promise<Ended>;
};

/** A data folder below the system's temporary one that PostgreSQL's user may enter, when root runs the tests. */
export function makeDataDir(): { dataDir: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-start-'));
  chmodSync(folder, 0o755);
  return { dataDir: path.join(folder, 'data'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a command of the built `lowwater` to its end. */
export async function runLowwater(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return launch(args, environment).ended;
}

/**
 * Starts `lowwater start --json` and waits for its ready line.
 *
 * @param through `npm`: by `npm start`; pid and signals are then npm's
 */
export async function startLowwater(
  args: readonly string[],
  through: 'node' | 'npm' = 'node',
  environment: Record<string, string> = {},
): Promise<RunningLowwater> {
  const { child, output, ended } = launch(['start', '--json', ...args], environment, through);
  const ready = await new Promise<ReadyLine>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output.stdout.includes('\n')) resolve(JSON.parse(output.stdout) as ReadyLine);
    });
    void ended.then(({ code, stderr }) => reject(new Error(`ended with ${code} before it was ready:\n${stderr}`)));
  });
  return {
    ready,
    pid: child.pid ?? 0,
    stderr: () => output.stderr,
    kill: (signal) => void child.kill(signal),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** The processes that a start in this folder has recorded, its own included. */
export function recordedProcesses(dataDir: string): Record<string, ProcessMark> {
  const files = {
    worker: 'worker.json',
    api: 'api.json',
    postgres: 'postgres/server.json',
    temporal: 'temporal/server.json',
  };
  const found: Record<string, ProcessMark> = {};
  for (const [name, file] of Object.entries(files)) {
    const whole = path.join(dataDir, file);
    if (existsSync(whole)) found[name] = (JSON.parse(readFileSync(whole, 'utf8')) as { server: ProcessMark }).server;
  }
  return found;
}

/** The names of those that still run. */
export function stillRunning(processes: Record<string, ProcessMark>): string[] {
  return Object.keys(processes).filter((name) => processes[name] && isRunning(processes[name]));
}

/** Waits until a condition holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

type Launched = { child: ChildProcess; output: { stdout: string; stderr: string }; ended: Promise<Ended> };

function launch(
  args: readonly string[],
  environment: Record<string, string>,
  through: 'node' | 'npm' = 'node',
): Launched {
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const [command, first] =
    through === 'node' ? [process.execPath, [main, ...args]] : ['npm', ['--silent', 'start', '--', ...args.slice(1)]];
  const child = spawn(command, first, {
    cwd: path.resolve(__dirname, '../../..'),
    env: { ...withoutSettings(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString('utf8')));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...output })));
  return { child, output, ended };
}

/** Whatever is set on this machine, the tests run on the embedded parts, and as if nothing else had started them. */
function withoutSettings(): Record<string, string | undefined> {
  const settings = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL', 'API_PORT', 'WORKER_OPS_PORT'];
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !settings.includes(name) && !/^npm_(lifecycle|command|package)/.test(name),
    ),
  );
}
