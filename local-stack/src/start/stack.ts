import { stopAllServers } from '../servers/server-process.js';
import { messageOf } from '../../../src/cli/process/start-error.js';
import { colorize, printStatus, seconds } from '../../../src/cli/terminal.js';

/** A part that has come up. */
export type Started<T> = {
  /** What the others need to know of it. */
  value: T;
  /** Where it is, for people. */
  where: string;
  stop(): Promise<void>;
  /** Ends it at once, without waiting; for the second Ctrl-C. */
  kill?(): void;
};

type Part = { name: string; starting: Promise<Started<unknown>>; running?: Started<unknown> };

/** The running parts in the order of their start, and how they end: the last started first. */
export class Stack {
  private readonly parts: Part[] = [];
  private stopping: Promise<void> | undefined;
  private fail: (error: Error) => void = () => undefined;
  /** Rejects when a part can no longer do its work; never resolves. */
  readonly failed: Promise<never>;

  constructor() {
    this.failed = new Promise<never>((_, reject) => (this.fail = reject));
    // Callers that wait for it get the rejection; without one, it is not unhandled.
    this.failed.catch(() => undefined);
  }

  /**
   * Starts a part, says how long it took, and remembers how to stop it. Parts may be started at the same time; they are
   * stopped in the reverse order of these calls.
   */
  async start<T>(name: string, begin: () => Promise<Started<T>>): Promise<T> {
    if (this.stopping) throw new Error('Lowwater is stopping');
    const since = performance.now();
    const starting = begin();
    const part: Part = { name, starting };
    this.parts.push(part);
    const started = await starting;
    part.running = started;
    printStatus(line(name, started.where, seconds(performance.now() - since)));
    return started.value;
  }

  /** A step that leaves nothing running. */
  async run<T>(name: string, work: () => Promise<{ value: T; note: string }>): Promise<T> {
    if (this.stopping) throw new Error('Lowwater is stopping');
    const since = performance.now();
    const { value, note } = await work();
    printStatus(line(name, note, seconds(performance.now() - since)));
    return value;
  }

  /** Reports that a part has ended on its own. Ignored while everything is being stopped. */
  partFailed(error: Error): void {
    if (!this.stopping) this.fail(error);
  }

  /** Stops all parts, the last started first, each after the one before has ended. */
  stopAll(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** Ends node processes at once and asks the servers, which have data to write, to end on their own. */
  killAll(): void {
    for (const { running } of this.parts.toReversed()) running?.kill?.();
    stopAllServers();
  }

  private async stopInOrder(): Promise<void> {
    const failures: string[] = [];
    for (const { name, starting } of this.parts.toReversed()) {
      const since = performance.now();
      try {
        // One that is still coming up is waited for: it could not be stopped reliably before.
        const started = await starting.catch(() => null);
        if (!started) continue;
        await started.stop();
        printStatus(line(name, 'stopped', seconds(performance.now() - since)));
      } catch (error) {
        failures.push(`${name}: ${messageOf(error)}`);
      }
    }
    if (failures.length > 0) throw new Error(`not stopped: ${failures.join('; ')}`);
  }
}

function line(name: string, what: string, took: string): string {
  return `  ${name.padEnd(18)} ${what} ${colorize('dim', `(${took})`)}`;
}
