import type { ObserveInput, ObserveResult } from '../contract/monitor.js';

type Observe = (read: ObserveInput) => Promise<ObserveResult>;

/**
 * Keeps the order of one instant (a revert, then arrivals, then the check) on a clock that does not wait: a monitor
 * that reads its client at an instant whose events have not all happened yet stands here until they have.
 */
export class Gate {
  /** reads that were answered, those of scheduled checks left out */
  looks = 0;
  /** the latest instant of these since `hold`, in ms */
  latestLookMs = 0;
  private looksFrom = Number.POSITIVE_INFINITY;
  private checksFrom = Number.POSITIVE_INFINITY;
  private held: (() => void)[] = [];

  /** A monitor stands at the gate. */
  get isHolding(): boolean {
    return this.held.length > 0;
  }

  /** Holds reads from the instant `looksMs` on, those of scheduled checks from `checksMs` on. */
  hold(looksMs: number, checksMs: number = looksMs): void {
    this.looksFrom = looksMs;
    this.checksFrom = checksMs;
    this.latestLookMs = 0;
  }

  /** Lets go on who stands here; from then on only what `hold` says is held. */
  release(): void {
    const held = this.held;
    this.held = [];
    for (const letGo of held) letGo();
  }

  /** The same reading, behind the gate. */
  around(observe: Observe): Observe {
    return async (read) => {
      if (!read.check) this.latestLookMs = Math.max(this.latestLookMs, read.at);
      if (read.at >= (read.check ? this.checksFrom : this.looksFrom)) {
        await new Promise<void>((resolve) => this.held.push(resolve));
      }
      const result = await observe(read);
      if (!read.check) this.looks++;
      return result;
    };
  }
}
