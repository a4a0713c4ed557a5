import { minuteMs } from '../domain/durations.js';
import type { DecidedNotification, RuleNotificationKey } from '../domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';

/** A notification waits for the mail server at most this long. */
const windowMs = 30 * minuteMs;
const firstRetryMs = 10_000;
const slowestRetryMs = 60_000;

interface Delivery<N> {
  readonly notification: N;
  readonly attempts: number;
  readonly nextAttemptMs: number;
}

/** Deliveries of a simulated monitor: attempts at 0, 10, 30, and 70 s, then every minute, until the window closes. */
export class SimulatedDeliveries<N extends DecidedNotification> {
  private open: readonly Delivery<N>[] = [];

  /** when the next attempt is due or a window closes; infinite: nothing is open */
  get nextAt(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { notification, nextAttemptMs } of this.open) {
      nextMs = Math.min(nextMs, nextAttemptMs, notification.decidedAt + windowMs);
    }
    return nextMs;
  }

  start(notification: N, now: number): void {
    this.open = [...this.open, { notification, attempts: 0, nextAttemptMs: now }];
  }

  /** False when it has ended already. */
  cancel(key: RuleNotificationKey): boolean {
    const kept = this.open.filter(({ notification }) => !isSame(notification, key));
    const wasOpen = kept.length < this.open.length;
    this.open = kept;
    return wasOpen;
  }

  /** Ends and returns the notifications whose window has closed. */
  closeWindows(now: number): N[] {
    const closed = this.open.filter(({ notification }) => notification.decidedAt + windowMs <= now);
    if (closed.length > 0) this.open = this.open.filter((delivery) => !closed.includes(delivery));
    return closed.map(({ notification }) => notification);
  }

  /** Makes the attempts that are due; returns the notifications that ended. */
  attempt(now: number, isMailUp: boolean): { readonly notification: N; readonly outcome: DeliveryOutcome }[] {
    const ended: { notification: N; outcome: DeliveryOutcome }[] = [];
    this.open = this.open.flatMap((delivery): Delivery<N>[] => {
      const { notification, nextAttemptMs, attempts } = delivery;
      if (nextAttemptMs > now) return [delivery];
      if (isMailUp) ended.push({ notification, outcome: 'accepted' });
      else {
        const waitMs = Math.min(firstRetryMs * 2 ** attempts, slowestRetryMs);
        return [{ notification, attempts: attempts + 1, nextAttemptMs: nextAttemptMs + waitMs }];
      }
      return [];
    });
    return ended;
  }
}

function isSame(a: RuleNotificationKey, b: RuleNotificationKey): boolean {
  return a.rule === b.rule && a.episode === b.episode && a.number === b.number;
}
