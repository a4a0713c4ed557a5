import type { ObserveInput, ObserveResult, RecordCheckInput } from '../contract/monitor.js';

/**
 * Keeps the order of one instant (a revert, then arrivals, then one evaluation) on a clock that does not wait: a monitor
 * that reads its client at an instant whose events have not all happened yet waits here until they have.
 */
export class CheckBarrier {
  /** reads that were answered */
  reads = 0;
  /** the latest instant of these since `hold`, in ms; scheduled checks, which may be late, left out */
  latestReadMs = 0;
  private heldFromMs = Number.POSITIVE_INFINITY;
  private held: (() => void)[] = [];

  /** A monitor waits here. */
  get isHolding(): boolean {
    return this.held.length > 0;
  }

  /** Holds reads from the instant `fromMs` on. */
  hold(fromMs: number): void {
    this.heldFromMs = fromMs;
    this.latestReadMs = 0;
  }

  /** Lets go whatever waits here; from then on only what `hold` says is held. */
  release(): void {
    const held = this.held;
    this.held = [];
    for (const letGo of held) letGo();
  }

  /** The same read, behind the barrier. */
  around<I extends ObserveInput | RecordCheckInput>(
    read: (input: I) => Promise<ObserveResult>,
  ): (input: I) => Promise<ObserveResult> {
    return async (input) => {
      if (!('check' in input)) this.latestReadMs = Math.max(this.latestReadMs, input.at);
      if (input.at >= this.heldFromMs) await new Promise<void>((resolve) => this.held.push(resolve));
      const result = await read(input);
      this.reads++;
      return result;
    };
  }
}
