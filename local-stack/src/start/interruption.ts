import { exitCodes, type ExitCode } from '../../../src/cli/exit-codes.js';
import type { ProcessMark } from '../../../src/cli/process/processes.js';
import { onLauncherExit } from '../../../src/cli/process/launcher.js';
import { printStatus } from '../../../src/cli/terminal.js';

/** The end of `lowwater start` as asked for by a signal. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly exitCode: ExitCode) {
    super('interrupted');
  }
}

/**
 * Listens for SIGINT, SIGTERM and SIGHUP. The first asks for a graceful end, the second ends at once. The end of npm,
 * where npm has started this, asks for a graceful end as well.
 */
export class Interruption {
  private interrupted: Interrupted | undefined;
  private tell: (interrupted: Interrupted) => void = () => undefined;
  /** Rejects with Interrupted at the first signal; never resolves. */
  readonly asked: Promise<never>;

  /**
   * @param launcher see findLauncher
   * @param force ends everything that can be ended at once
   */
  constructor(
    launcher: readonly ProcessMark[],
    private readonly force: () => void,
  ) {
    this.asked = new Promise<never>((_, reject) => (this.tell = reject));
    this.asked.catch(() => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal(signal));
    void onLauncherExit(launcher).then(() => this.onLauncherGone());
  }

  private onSignal(signal: NodeJS.Signals): void {
    if (this.interrupted) {
      printStatus('Forced to stop.');
      this.force();
      process.exit(exitCodes.interrupted);
    }
    const what = signal === 'SIGINT' ? 'Interrupted' : `Received ${signal}`;
    this.interrupt(what, signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.ok);
  }

  private onLauncherGone(): void {
    if (!this.interrupted) this.interrupt('npm ended', exitCodes.ok);
  }

  private interrupt(what: string, exitCode: ExitCode): void {
    printStatus(`\n${what}. Stopping. Press Ctrl-C again to force.`);
    this.interrupted = new Interrupted(exitCode);
    this.tell(this.interrupted);
  }
}
