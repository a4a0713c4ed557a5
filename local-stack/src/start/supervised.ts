import { fork, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StopStep } from '../../../src/cli/process/processes.js';
import { stopOrphanedServer, saveServerRecord } from '../servers/server-process.js';
import { StartError } from '../../../src/cli/process/start-error.js';
import type { ReadyMessage } from '../../../src/cli/serve.js';
import { colorize, printStatus } from '../../../src/cli/terminal.js';
import { lastLines, openLog } from './log-file.js';
import type { Started } from './stack.js';

/** A child that ends more often than this within a minute is given up. */
const ENDS_A_MINUTE = 5;
const READY_WITHIN_MS = 60_000;

const lowwater = path.join(__dirname, '../../../src/cli/main.js');

export type SupervisedOptions = {
  /** What people call it: `worker`. Also names its log and its state file. */
  name: string;
  /** Its compiled program; absent: `lowwater`. */
  program?: string;
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  dataDir: string;
  /** How long it may take to stop, in milliseconds. */
  stopWithinMs: number;
  /** Called when it cannot be kept up. */
  onGivenUp: (error: Error) => void;
};

/**
 * Runs a command of `lowwater` as a child process and keeps it up: one that ends is started again, first at once, then
 * ever later. The child ends when this process is gone.
 *
 * @returns where it is reached, as it says itself
 * @throws StartError with its last lines when it does not come up the first time
 */
export async function supervise(options: SupervisedOptions): Promise<Started<string>> {
  const supervisor = new Supervisor(options);
  const url = await supervisor.startFirst();
  return { value: url, where: url, stop: () => supervisor.stop(), kill: () => supervisor.kill() };
}

/** Ends a child of an earlier run that its parent, being killed, could not stop. */
export async function endLeftoverChild(name: string, dataDir: string): Promise<void> {
  // It has lost its parent and is stopping already: another signal would cut it short, so it is given time first.
  const stopSteps: StopStep[] = [
    { signal: 'SIGCONT', waitMs: 10_000 },
    { signal: 'SIGKILL', waitMs: 2_000 },
  ];
  await stopOrphanedServer({ name: `The ${name}`, stateFile: stateFile(name, dataDir), stopSteps });
}

class Supervisor {
  private child: ChildProcess | undefined;
  private stopping = false;
  private readonly endedAtMs: number[] = [];
  private readonly logFile: string;

  constructor(private readonly options: SupervisedOptions) {
    this.logFile = path.join(options.dataDir, 'logs', `${options.name}.log`);
  }

  async startFirst(): Promise<string> {
    const { child, ready } = this.launch();
    try {
      return await ready;
    } catch (cause) {
      this.stopping = true;
      child.kill('SIGKILL');
      throw new StartError(
        `The ${this.options.name} did not start.${this.lastWords()}`,
        `Read its log: ${this.logFile}`,
        { cause },
      );
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), this.options.stopWithinMs);
    await ended;
    clearTimeout(limit);
  }

  kill(): void {
    this.stopping = true;
    this.child?.kill('SIGKILL');
  }

  private launch(): { child: ChildProcess; ready: Promise<string> } {
    const { name, program = lowwater, args, dataDir, environment } = this.options;
    const log = openLog(this.logFile);
    const child = fork(program, [...args], {
      env: environment,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', log, log, 'ipc'],
      // Apart from this process's group: a Ctrl-C reaches the parent alone, which then stops all in order.
      detached: true,
    });
    closeSync(log);
    this.child = child;
    if (child.pid !== undefined) saveServerRecord(stateFile(name, dataDir), child.pid);
    const ended = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
      child.once('error', (error) => resolve(error.message));
    });
    void ended.then((how) => this.onEnd(how)).catch((error: unknown) => this.options.onGivenUp(asError(error)));
    const ready = new Promise<string>((resolve, reject) => {
      child.on('message', (message: ReadyMessage) => resolve(message.url));
      void ended.then((how) => reject(new Error(`ended with ${how}`)));
      setTimeout(() => reject(new Error(`not ready within ${READY_WITHIN_MS / 1000} s`)), READY_WITHIN_MS).unref();
    });
    // A restarted child that does not become ready ends in onEnd.
    ready.catch(() => undefined);
    return { child, ready };
  }

  private async onEnd(how: string): Promise<void> {
    if (this.stopping) return;
    const { name, onGivenUp } = this.options;
    const now = performance.now();
    this.endedAtMs.push(now);
    const lately = this.endedAtMs.filter((at) => now - at < 60_000).length;
    if (lately > ENDS_A_MINUTE) {
      onGivenUp(
        new StartError(
          `The ${name} ended ${lately} times within a minute. Lowwater stopped restarting it.${this.lastWords()}`,
          `Read its log: ${this.logFile}`,
        ),
      );
      return;
    }
    const waitMs = lately === 1 ? 0 : 500 * 2 ** (lately - 2);
    printStatus(`${colorize('yellow', `The ${name} ended (${how})`)}. Restarting it.${this.lastWords()}`);
    await delay(waitMs);
    if (!this.stopping) this.launch();
  }

  private lastWords(): string {
    const lines = lastLines(this.logFile, 5);
    return lines.length === 0 ? '' : `\n${lines.map((text) => `    ${text}`).join('\n')}`;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function stateFile(name: string, dataDir: string): string {
  return path.join(dataDir, `${name.replaceAll(' ', '-')}.json`);
}
