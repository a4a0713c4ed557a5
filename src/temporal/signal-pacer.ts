import type { MonitorSignal } from '../storage/monitoring/outbox.js';

/** Shortest time between two signals of one kind to one client. */
const perClientMs = 1000;

/** Spaces the signals of one dispatcher: the first of a client and kind at once, then at most one per second. */
export class SignalPacer {
  private readonly lastSignaledAt = new Map<string, number>();

  /**
   * Books the signal for now, or books nothing.
   *
   * @returns 0 when it may leave now; else the ms after which it may
   */
  reserve(signal: MonitorSignal, now: number): number {
    const key = keyOf(signal);
    const waitMs = (this.lastSignaledAt.get(key) ?? Number.NEGATIVE_INFINITY) + perClientMs - now;
    if (waitMs > 0) return waitMs;
    this.lastSignaledAt.set(key, now);
    return 0;
  }

  /** The signal was not sent: its retry need not wait for it. */
  release(signal: MonitorSignal): void {
    this.lastSignaledAt.delete(keyOf(signal));
  }

  /** Drops what no longer delays a signal. */
  forget(now: number): void {
    for (const [key, at] of this.lastSignaledAt) if (at + perClientMs <= now) this.lastSignaledAt.delete(key);
  }
}

function keyOf({ clientId, kind }: MonitorSignal): string {
  return `${clientId} ${kind}`;
}
