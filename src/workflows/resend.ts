import { proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import type { DeliverResult } from '../contract/monitor.js';
import { deliveryPolicy, deliveryWindowMs } from './policies.js';

const { resendNotification } = proxyActivities<EffectActivities>({
  ...deliveryPolicy,
  scheduleToCloseTimeout: deliveryWindowMs,
});

/** One mail once more, because a person said so: under the same Message-ID, outside of every count. */
export async function resend(input: {
  readonly notificationId: string;
  readonly requestedBy: string;
}): Promise<DeliverResult> {
  return resendNotification(input);
}
