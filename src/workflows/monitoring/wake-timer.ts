import { CancellationScope, sleep } from '@temporalio/workflow';

interface RunningTimer {
  readonly at: number;
  readonly summary: string;
  readonly scope: CancellationScope;
}

/**
 * The one outstanding timer of a monitor. It keeps running while signals come and go that do not move the next wake:
 * `condition` with a time-out would cancel it and start another, which costs two events, and twice as many promises,
 * each of which the SDK traces in every replay.
 */
export class WakeTimer {
  hasFired = false;
  private running: RunningTimer | null = null;

  /** Fires at `at` (ms), at once where that has passed. The timer that was set before is gone. */
  set(at: number, summary: string): void {
    if (this.running?.at === at && this.running.summary === summary) return;
    this.cancel();
    const scope = new CancellationScope();
    const timer = { at, summary, scope };
    this.running = timer;
    scope
      .run(() => sleep(Math.max(1, at - Date.now()), { summary }))
      .then(
        () => this.fire(timer),
        () => undefined,
      );
  }

  cancel(): void {
    const { running } = this;
    this.running = null;
    this.hasFired = false;
    running?.scope.cancel();
  }

  private fire(timer: RunningTimer): void {
    if (this.running !== timer) return;
    this.running = null;
    this.hasFired = true;
  }
}
