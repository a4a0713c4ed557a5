import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import {
  creditNotificationKey,
  type AbandonInput,
  type CreditNotificationInput,
  type DeliverInput,
} from '../../contract/deliveries.js';
import type { RuleNotificationKey } from '../../domain/monitoring/commands.js';
import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import { bookkeepingPolicy, deliveryPolicy, deliveryWindowMs } from '../policies.js';

const { abandonNotification } = proxyActivities<EffectActivities>(bookkeepingPolicy);

interface EndedNotification extends RuleNotificationKey {
  readonly outcome: DeliveryOutcome;
}

interface PendingDelivery {
  readonly key: RuleNotificationKey;
  readonly scope: CancellationScope;
  why: AbandonInput['why'];
}

/** Notifications whose deliveries have not ended. They never hold up the loop, which takes the outcomes from `ended`. */
export class Deliveries {
  readonly ended: EndedNotification[] = [];
  private readonly pending = new Set<PendingDelivery>();
  private creditNotifications = 0;

  get count(): number {
    return this.pending.size + this.creditNotifications;
  }

  isPending(key: RuleNotificationKey): boolean {
    return [...this.pending].some((delivery) => isSame(delivery.key, key));
  }

  /**
   * Sends one notification, at most for the delivery window. A scheduled check that comes before its end cancels it: an
   * edit may have moved that check, so its instant is not known here.
   */
  start(input: DeliverInput, now: number): void {
    // A check that was late, because no worker ran, leaves its notification the time that others have.
    const latenessMs = Math.min(now - input.decidedAt, maxLatenessMs);
    const { deliverNotification } = proxyActivities<EffectActivities>({
      ...deliveryPolicy,
      scheduleToCloseTimeout: deliveryWindowMs - marginMs - latenessMs,
      summary: `${input.rule} notification ${input.number}`,
    });
    const { rule, episode, number } = input;
    const delivery: PendingDelivery = {
      key: { rule, episode, number },
      scope: new CancellationScope(),
      why: 'time_over',
    };
    this.pending.add(delivery);
    void delivery.scope
      .run(async () => (await deliverNotification(input)).outcome)
      .catch(() => this.abandon(input.clientId, delivery))
      .then((outcome) => {
        this.pending.delete(delivery);
        this.ended.push({ ...delivery.key, outcome });
      });
  }

  /** Requests the end of a notification; how it ended arrives in `ended`. */
  cancel(key: RuleNotificationKey, why: AbandonInput['why']): void {
    for (const delivery of this.pending) {
      if (isSame(delivery.key, key)) cancelDelivery(delivery, why);
    }
  }

  cancelAll(): void {
    for (const delivery of this.pending) cancelDelivery(delivery, 'called_off');
  }

  /** Notifies the client of a change of its temporary credit. Nothing waits for the outcome, which the rows hold. */
  startCredit(input: CreditNotificationInput): void {
    const { deliverCreditNotification } = proxyActivities<EffectActivities>({
      ...deliveryPolicy,
      scheduleToCloseTimeout: deliveryWindowMs,
      summary: input.kind,
    });
    this.creditNotifications += 1;
    void deliverCreditNotification(input)
      .catch(() => abandonNotification({ ...creditNotificationKey(input), why: 'time_over' }))
      .finally(() => {
        this.creditNotifications -= 1;
      });
  }

  private async abandon(clientId: string, { key, why }: PendingDelivery): Promise<DeliveryOutcome> {
    return CancellationScope.nonCancellable(() => abandonNotification({ clientId, ...key, why }));
  }
}

/** The window closes this long before its last instant, so that what is decided at that instant knows the outcome. */
const marginMs = 1000;

/** The window counts from the decision, as long as this is not longer ago. */
const maxLatenessMs = 60_000;

function cancelDelivery(delivery: PendingDelivery, why: AbandonInput['why']): void {
  delivery.why = why;
  delivery.scope.cancel();
}

function isSame(a: RuleNotificationKey, b: RuleNotificationKey): boolean {
  return a.rule === b.rule && a.episode === b.episode && a.number === b.number;
}
