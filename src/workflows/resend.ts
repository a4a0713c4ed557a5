import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import type { DeliverResult } from '../contract/deliveries.js';
import { bookkeepingPolicy, deliveryPolicy, deliveryWindowMs, writePolicy } from './policies.js';

const { resendNotification } = proxyActivities<EffectActivities>({
  ...deliveryPolicy,
  scheduleToCloseTimeout: deliveryWindowMs,
});
const { prepareResend } = proxyActivities<EffectActivities>(writePolicy);
const { abandonResend } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/** One mail once more, because a person said so: under the same Message-ID, outside of every count. */
export async function resend(input: {
  readonly notificationId: string;
  readonly requestedBy: string;
}): Promise<DeliverResult> {
  // A step of its own: a send that is retried must not make the mail ready again.
  await prepareResend({ notificationId: input.notificationId });
  try {
    return await resendNotification(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // Nobody is to find it on its way for ever: it may have been out already, or it failed.
    return { outcome: await abandonResend({ notificationId: input.notificationId }) };
  }
}
