import { minuteMs } from '../domain/durations.js';
import type { DecidedNotification, RuleNotificationKey } from '../domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';
import { channelNameOf, type ReceiverState } from './scenario-channels.js';

/** A notification waits for its receivers at most this long. */
const windowMs = 30 * minuteMs;
const firstRetryMs = 10_000;
const slowestRetryMs = 60_000;

interface Addressed extends DecidedNotification {
  readonly to: readonly string[];
}

interface Delivery<N> {
  readonly notification: N;
  /** recipients that have neither accepted nor refused it for good */
  readonly waiting: readonly string[];
  readonly accepted: readonly string[];
  readonly attempts: number;
  readonly nextAttemptMs: number;
}

/** One acceptance is enough to be sent. */
export interface EndedDelivery<N> {
  readonly notification: N;
  readonly outcome: DeliveryOutcome;
  /** recipients that were not reached */
  readonly failed: readonly string[];
}

/**
 * Deliveries of a simulated monitor: attempts at 0, 10, 30, and 70 s, then every minute, to each recipient that still
 * waits, until none does or the window closes.
 */
export class SimulatedDeliveries<N extends Addressed> {
  /** how those of channels answer, by their names; absent: they take messages */
  readonly receivers = new Map<string, ReceiverState>();
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
    const untried = { waiting: notification.to, accepted: [], attempts: 0 };
    this.open = [...this.open, { notification, ...untried, nextAttemptMs: now }];
  }

  /** Ends a notification as it is; null when it has ended already. */
  cancel(key: RuleNotificationKey): EndedDelivery<N> | null {
    const canceled = this.open.find(({ notification }) => isSame(notification, key));
    if (!canceled) return null;
    this.open = this.open.filter((delivery) => delivery !== canceled);
    return ended(canceled);
  }

  /** Ends and returns the notifications whose window has closed. */
  closeWindows(now: number): EndedDelivery<N>[] {
    const closed = this.open.filter(({ notification }) => notification.decidedAt + windowMs <= now);
    if (closed.length > 0) this.open = this.open.filter((delivery) => !closed.includes(delivery));
    return closed.map(ended);
  }

  /** Makes the attempts that are due; returns the notifications that ended. */
  attempt(now: number, isMailUp: boolean): EndedDelivery<N>[] {
    const done: Delivery<N>[] = [];
    const stateOf = (recipient: string): ReceiverState => {
      const channel = channelNameOf(recipient);
      if (channel === null) return isMailUp ? 'up' : 'down';
      return this.receivers.get(channel) ?? 'up';
    };
    this.open = this.open.flatMap((delivery): Delivery<N>[] => {
      if (delivery.nextAttemptMs > now) return [delivery];
      const tried = attempted(delivery, stateOf);
      if (tried.waiting.length > 0) return [tried];
      done.push(tried);
      return [];
    });
    return done.map(ended);
  }
}

function attempted<N extends Addressed>(
  { notification, waiting, accepted, attempts, nextAttemptMs }: Delivery<N>,
  stateOf: (recipient: string) => ReceiverState,
): Delivery<N> {
  return {
    notification,
    waiting: waiting.filter((recipient) => stateOf(recipient) === 'down'),
    accepted: [...accepted, ...waiting.filter((recipient) => stateOf(recipient) === 'up')],
    attempts: attempts + 1,
    nextAttemptMs: nextAttemptMs + Math.min(firstRetryMs * 2 ** attempts, slowestRetryMs),
  };
}

function ended<N extends Addressed>({ notification, accepted }: Delivery<N>): EndedDelivery<N> {
  return {
    notification,
    outcome: accepted.length > 0 ? 'accepted' : 'failed',
    failed: notification.to.filter((recipient) => !accepted.includes(recipient)),
  };
}

function isSame(a: RuleNotificationKey, b: RuleNotificationKey): boolean {
  return a.rule === b.rule && a.episode === b.episode && a.number === b.number;
}
