import { setMaxListeners } from 'node:events';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import { abandonPending, type AbandonedDelivery } from '../../storage/notifications/deliveries.js';
import { readOutcome, type NotificationRow } from '../../storage/notifications/notifications.js';
import { attemptDelivery, countEnded, type AttemptDeps, type AttemptResult } from './attempt-delivery.js';
import type { ActivityDeps } from '../deps.js';

/** Recorded with a delivery that was ended before it was sent. */
export const abandonReasons = {
  time_over: 'not accepted in time',
  called_off: 'canceled before sending',
} as const;

/**
 * Sends the pending deliveries of a notification side by side and returns its outcome once all have ended.
 *
 * A recipient that is refused for now holds up no other: while another dialogue still runs it is retried here, and once
 * none runs, by the retry of the activity.
 *
 * @throws ApplicationFailure `email_refused`, retryable, while at least one delivery is refused for now.
 * @throws CancelledFailure when the notification was canceled: what was pending has ended then.
 */
export async function sendDeliveries(deps: ActivityDeps, { id, pending }: NotificationRow): Promise<DeliveryOutcome> {
  const signals = deliverySignals();
  const dialogues = new Dialogues(pending.length);
  const results = await Promise.allSettled(
    pending.map((deliveryId) => attemptWhileOthersRun(deps, deliveryId, dialogues, signals)),
  );
  if (isCalledOff()) {
    const abandoned = await abandonPending(deps.sql, { notificationId: id }, abandonReasons.called_off);
    countAbandoned(deps, abandoned, 'called_off');
    if (abandoned.length > 0) throw new CancelledFailure('the notification was canceled');
  }
  const broken = results.find((result) => result.status === 'rejected');
  if (broken) throw broken.reason;
  if (results.some((result) => result.status === 'fulfilled' && result.value === 'refused')) throw refusedForNow();
  return (await readOutcome(deps.sql, id)) ?? 'failed';
}

/** Sends one delivery that a person has resent. */
export async function sendAgain(deps: ActivityDeps, deliveryId: string, requestedBy: string): Promise<DeliveryOutcome> {
  const options = { requestedBy, nextAttemptAtMs: nextActivityAttemptMs(), signals: deliverySignals() };
  const result = await attemptDelivery(deps, deliveryId, options);
  if (result === 'refused') throw refusedForNow();
  return result;
}

/** Counts deliveries that were ended unsent. One that was canceled has not failed: it was no longer wanted. */
export function countAbandoned(
  deps: AttemptDeps,
  abandoned: readonly AbandonedDelivery[],
  why: keyof typeof abandonReasons,
): void {
  for (const { rule, ended } of abandoned) {
    if (ended === 'uncertain' || why === 'time_over') countEnded(deps, rule, ended);
  }
}

const firstRetryMs = 10_000;
const maxRetryMs = 60_000;

async function attemptWhileOthersRun(
  deps: ActivityDeps,
  deliveryId: string,
  dialogues: Dialogues,
  signals: DeliverySignals,
): Promise<AttemptResult> {
  const firstMs = deps.settings.deliveryRetryMs ?? firstRetryMs;
  for (let retryMs = firstMs; ; retryMs = Math.min(2 * retryMs, maxRetryMs)) {
    const nextAttemptAtMs = nextActivityAttemptMs() ?? Date.now() + retryMs;
    const options = { requestedBy: null, nextAttemptAtMs, signals };
    const result = await attemptDelivery(deps, deliveryId, options).finally(() => dialogues.end());
    if (result !== 'refused' || signals.stop.aborted) return result;
    await dialogues.noneRuns(retryMs, signals.stop);
    if (dialogues.running === 0 || signals.stop.aborted) return result;
    dialogues.begin();
  }
}

/** How many dialogues of one notification run. */
class Dialogues {
  private readonly waiting = new Set<() => void>();

  constructor(public running: number) {}

  begin(): void {
    this.running += 1;
  }

  end(): void {
    this.running -= 1;
    if (this.running === 0) for (const wake of this.waiting) wake();
  }

  /** Resolves when no dialogue runs, after `limitMs`, or when `stop` is aborted. */
  async noneRuns(limitMs: number, stop: AbortSignal): Promise<void> {
    if (this.running === 0) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, limitMs);
      stop.addEventListener('abort', wake, { once: true });
      this.waiting.add(wake);
    });
  }
}

interface DeliverySignals {
  /** no longer wanted here: messages whose end was not written are broken off */
  readonly stop: AbortSignal;
  /** the worker stops: replies are no longer awaited either, so that the process ends in time */
  readonly close: AbortSignal;
}

export function deliverySignals(): DeliverySignals {
  const context = Context.current();
  const stop = context.cancellationSignal;
  const close = new AbortController();
  const closeOnShutdown = (): void => {
    if (context.cancellationDetails?.workerShutdown) close.abort();
  };
  if (stop.aborted) closeOnShutdown();
  else stop.addEventListener('abort', closeOnShutdown, { once: true });
  // One listener per delivery is no leak.
  setMaxListeners(0, stop, close.signal);
  return { stop, close: close.signal };
}

/** The workflow canceled the activity; a worker that stops or lost it leaves what is pending to the next attempt. */
function isCalledOff(): boolean {
  const { cancellationSignal, cancellationDetails } = Context.current();
  return cancellationSignal.aborted && (cancellationDetails?.cancelRequested ?? false);
}

/** When Temporal retries this activity should it fail now, by its retry policy; null: it has none. */
function nextActivityAttemptMs(): number | null {
  const { attempt, retryPolicy } = Context.current().info;
  if (!retryPolicy) return null;
  const initialMs = msOf(retryPolicy.initialInterval) ?? firstRetryMs;
  const coefficient = retryPolicy.backoffCoefficient ?? 2;
  const maxMs = msOf(retryPolicy.maximumInterval) ?? 100 * initialMs;
  return Date.now() + Math.min(initialMs * coefficient ** (attempt - 1), maxMs);
}

function msOf(duration: unknown): number | null {
  return typeof duration === 'number' ? duration : null;
}

function refusedForNow(): ApplicationFailure {
  return ApplicationFailure.retryable('the message to a recipient was deferred', 'email_refused');
}
