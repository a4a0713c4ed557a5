import { Context } from '@temporalio/activity';
import {
  creditNotificationKey,
  type AbandonInput,
  type CreditNotificationInput,
  type DeliverInput,
  type DeliverResult,
  type NotificationKey,
  type ResendInput,
} from '../../contract/deliveries.js';
import { DomainError } from '../../domain/errors.js';
import { noteRateEmail } from '../../storage/events/failed-rates.js';
import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import { abandonPending, readDelivery, reopenDelivery } from '../../storage/notifications/deliveries.js';
import { findNotification, readOutcome, type NotificationRow } from '../../storage/notifications/notifications.js';
import { countEnded } from './attempt-delivery.js';
import { claimCreditNotification, claimRuleNotification } from './claim-notification.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { abandonReasons, countAbandoned, sendAgain, sendDeliveries } from './send-deliveries.js';

const heartbeatMs = 1500;

/** Sends notifications: each is claimed with its deliveries first, so that no attempt repeats another's message. */
export function deliverActivities(deps: ActivityDeps) {
  return {
    /** Sends one notification of one rule to all its recipients. */
    deliverNotification: (input: DeliverInput): Promise<DeliverResult> =>
      withFailures('deliverNotification', () =>
        withHeartbeat(async () => ({
          outcome: await deliver(deps, input, input.decidedAt, () => claimRuleNotification(deps, input)),
        })),
      ),

    /** Sends one notification of a temporary credit to the client. */
    deliverCreditNotification: (input: CreditNotificationInput): Promise<DeliverResult> =>
      withFailures('deliverCreditNotification', () =>
        withHeartbeat(async () => ({
          outcome: await deliver(deps, creditNotificationKey(input), input.at, () =>
            claimCreditNotification(deps, input),
          ),
        })),
      ),

    /** Ends what is pending of a notification, and returns the overall outcome: some of it may have arrived already. */
    abandonNotification: ({ why, ...key }: AbandonInput): Promise<DeliveryOutcome> =>
      withFailures('abandonNotification', async () => {
        const known = await findNotification(deps.sql, key);
        if (!known) {
          if (why === 'time_over') countEnded(deps, key.rule, 'failed');
          return 'failed';
        }
        const abandoned = await abandonPending(deps.sql, { notificationId: known.id }, abandonReasons[why]);
        countAbandoned(deps, abandoned, why);
        return (await readOutcome(deps.sql, known.id)) ?? 'failed';
      }),

    /** Makes an ended delivery ready to be resent. */
    prepareResend: ({ deliveryId }: Pick<ResendInput, 'deliveryId'>): Promise<void> =>
      withFailures('prepareResend', async () => {
        if (await reopenDelivery(deps.sql, deliveryId)) return;
        throw new DomainError('conflict', 'the delivery is in progress. Wait until it ends');
      }),

    /** Sends an ended delivery again because a person said so, under the same Message-ID. */
    resendDelivery: ({ deliveryId, requestedBy }: ResendInput): Promise<DeliverResult> =>
      withFailures('resendDelivery', () =>
        withHeartbeat(async () => {
          const outcome = await sendAgain(deps, deliveryId, requestedBy);
          await noteRateEmail(deps.sql, { deliveryId }, new Date());
          return { outcome };
        }),
      ),

    /** Ends a resend whose time is over; the delivery is again what it was before, unless it may have arrived now. */
    abandonResend: ({ deliveryId }: Pick<ResendInput, 'deliveryId'>): Promise<DeliveryOutcome> =>
      withFailures('abandonResend', async () => {
        countAbandoned(deps, await abandonPending(deps.sql, { deliveryId }, abandonReasons.time_over), 'time_over');
        const status = (await readDelivery(deps.sql, deliveryId))?.status;
        return status === 'accepted' || status === 'uncertain' ? status : 'failed';
      }),
  };
}

/** As the activities here do, for a notification of another area: claimed once, then sent. */
export async function deliverOnce(
  deps: ActivityDeps,
  key: NotificationKey,
  decidedAt: number,
  claim: () => Promise<NotificationRow | null>,
): Promise<DeliverResult> {
  return withHeartbeat(async () => ({ outcome: await deliver(deps, key, decidedAt, claim) }));
}

async function deliver(
  deps: ActivityDeps,
  key: NotificationKey,
  decidedAt: number,
  claim: () => Promise<NotificationRow | null>,
): Promise<DeliveryOutcome> {
  const known = await findNotification(deps.sql, key);
  const isFree = !known || (known.status === 'failed' && known.decidedAt.getTime() < decidedAt);
  const notification = isFree ? await claim() : known;
  return notification ? sendDeliveries(deps, notification) : 'failed';
}

/** Heartbeats while the work runs: a worker that died is noticed within seconds and another takes over. */
export async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
