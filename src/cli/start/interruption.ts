import { exitCodes, type ExitCode } from '../exit-codes.js';
import { say } from '../terminal.js';

/** The end of `lowwater start` as asked for by a signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly exitCode: ExitCode) {
    super('interrupted');
  }
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP. The first asks for a graceful end, the second ends at once.
 */
export class Interruption {
  private interrupted: Interrupted | undefined;
  private tell: (interrupted: Interrupted) => void = () => undefined;
  /** Rejects with Interrupted at the first signal; never resolves. */
  readonly asked: Promise<never>;

  /** @param force ends everything that can be ended at once */
  constructor(private readonly force: () => void) {
    this.asked = new Promise<never>((_, reject) => (this.tell = reject));
    this.asked.catch(() => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal(signal));
  }

  private onSignal(signal: NodeJS.Signals): void {
    if (this.interrupted) {
      say('Ending at once.');
      this.force();
      process.exit(exitCodes.interrupted);
    }
    say(`\n${signal === 'SIGINT' ? 'Interrupted' : `Got ${signal}`}: stopping. Once more ends at once.`);
    this.interrupted = new Interrupted(signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok);
    this.tell(this.interrupted);
  }
}
