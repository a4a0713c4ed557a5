import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { inRoot } from '../lib/project.mjs';
import { sleep, waitFor } from './wait.mjs';

const readyWithinMs = 180_000;
const stopWithinMs = 30_000;
const maxRestartDelayMs = 4_000;

/**
 * A command of `lowwater` as a child process, kept up as a process manager would: one that ends unasked is started
 * again. The child ends when this process is gone.
 */
export class Service {
  /** @type {import('node:child_process').ChildProcess | null} */
  #child = null;
  #wanted = false;
  #isStopped = false;
  #ready = false;
  #failures = 0;
  /** how often it ended without being killed */
  unexpectedEnds = 0;

  constructor({ name, environment, logFile }) {
    this.name = name;
    this.environment = environment;
    this.logFile = logFile;
  }

  /** Resolves once it says that it is ready, however often it had to be started for that. */
  async start() {
    if (this.#isStopped) return;
    this.#wanted = true;
    this.#launch();
    const ready = await waitFor(() => (this.#ready || this.#isStopped ? true : null), {
      withinMs: readyWithinMs,
      everyMs: 25,
    });
    if (!ready) throw new Error(`the ${this.name} was not ready within ${readyWithinMs / 1000} s: ${this.logFile}`);
  }

  /** Ends it at once; it stays down until `start`. */
  async kill() {
    this.#wanted = false;
    await this.#end('SIGKILL');
  }

  /** Ends it gently, then by force, and for good. */
  async stop() {
    this.#isStopped = true;
    this.#wanted = false;
    const limit = setTimeout(() => this.#child?.kill('SIGKILL'), stopWithinMs);
    await this.#end('SIGTERM');
    clearTimeout(limit);
  }

  async #end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  #launch() {
    const log = openSync(this.logFile, 'a', 0o600);
    const child = fork(inRoot('dist/src/cli/main.js'), [this.name], {
      env: this.environment,
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', log, log, 'ipc'],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    this.#ready = false;
    child.on('message', () => {
      this.#ready = true;
      this.#failures = 0;
    });
    child.once('exit', () => void this.#restart());
  }

  async #restart() {
    this.#ready = false;
    if (!this.#wanted) return;
    this.unexpectedEnds += 1;
    await sleep(Math.min(250 * 2 ** this.#failures++, maxRestartDelayMs));
    if (this.#wanted) this.#launch();
  }
}
