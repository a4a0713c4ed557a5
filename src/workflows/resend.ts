import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { EffectActivities } from '../activities/index.js';
import type { DeliverResult, ResendInput } from '../contract/deliveries.js';
import { bookkeepingPolicy, deliveryPolicy, deliveryWindowMs, writePolicy } from './policies.js';

const { resendDelivery } = proxyActivities<EffectActivities>({
  ...deliveryPolicy,
  scheduleToCloseTimeout: deliveryWindowMs,
});
const { prepareResend } = proxyActivities<EffectActivities>(writePolicy);
const { abandonResend } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/** Sends one delivery again because a person said so: under the same Message-ID, and outside of every counter. */
export async function resend(input: ResendInput): Promise<DeliverResult> {
  // A separate step: a send that is retried must not make the delivery ready again.
  await prepareResend({ deliveryId: input.deliveryId });
  try {
    return await resendDelivery(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // Ended in its rows too, so that it does not stay in progress: it may have arrived, or it failed.
    return { outcome: await abandonResend({ deliveryId: input.deliveryId }) };
  }
}
