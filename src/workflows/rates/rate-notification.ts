import { ActivityFailure, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import { rateNotificationChanged, type RateNotificationInput } from '../../contract/rate-notifications.js';
import { bookkeepingPolicy, deliveryPolicy, rateDeliveryWindowMs, rateFilePolicy } from '../policies.js';

const { advanceRateNotification } = proxyActivities<EffectActivities>(rateFilePolicy);
const { deliverRateNotification } = proxyActivities<EffectActivities>({
  ...deliveryPolicy,
  scheduleToCloseTimeout: rateDeliveryWindowMs,
});
const { closeRateNotification } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/**
 * Sends one rate notification: waits until it is due, makes its files, and sends the email with them. The row is the truth: files
 * and email are kept in one transaction before anything is sent, so that a run that is lost or started twice sends nothing twice.
 */
export async function rateNotification({ rateNotificationId }: RateNotificationInput): Promise<void> {
  let isChanged = false;
  setHandler(rateNotificationChanged, () => {
    isChanged = true;
  });
  for (;;) {
    isChanged = false;
    const { waitMs, clientId } = await advanceRateNotification({ rateNotificationId, at: Date.now() });
    if (clientId !== null) {
      await send(rateNotificationId, clientId);
      return;
    }
    if (waitMs === null) return;
    if (waitMs > 0) await condition(() => isChanged, waitMs);
  }
}

async function send(rateNotificationId: string, clientId: string): Promise<void> {
  const input = { rateNotificationId, clientId };
  try {
    await deliverRateNotification(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  await closeRateNotification(input);
}
