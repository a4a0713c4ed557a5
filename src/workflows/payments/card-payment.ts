import { ActivityFailure, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { EffectActivities } from '../../activities/index.js';
import {
  cardPaymentChanged,
  type CardPaymentInput,
  type CardPaymentNoticeInput,
} from '../../contract/card-payments.js';
import { bookkeepingPolicy, cardPaymentPolicy, deliveryPolicy, deliveryWindowMs } from '../policies.js';

const { advanceCardPayment } = proxyActivities<EffectActivities>(cardPaymentPolicy);
const { deliverCardPaymentNotice } = proxyActivities<EffectActivities>({
  ...deliveryPolicy,
  scheduleToCloseTimeout: deliveryWindowMs,
});
const { closeCardPaymentNotice } = proxyActivities<EffectActivities>(bookkeepingPolicy);

/**
 * Makes one card payment: charges the card at its time, looks up what has no answer, waits for reviews, and sends the email
 * about it. The row is the truth: a signal only says that it is worth a look, and a run that is lost or started twice charges
 * nothing twice.
 */
export async function cardPayment({ cardPaymentId }: CardPaymentInput): Promise<void> {
  let isChanged = false;
  setHandler(cardPaymentChanged, () => {
    isChanged = true;
  });
  for (;;) {
    isChanged = false;
    const { waitMs, notice, clientId } = await advanceCardPayment({ cardPaymentId, at: Date.now() });
    if (notice) {
      await sendNotice({ cardPaymentId, clientId, notice, at: Math.floor(Date.now() / 1000) * 1000 });
      continue;
    }
    if (waitMs === null) return;
    if (waitMs > 0) await condition(() => isChanged, waitMs);
  }
}

/** One email, sent once: its outcome does not change the payment. */
async function sendNotice(input: CardPaymentNoticeInput): Promise<void> {
  try {
    await deliverCardPaymentNotice(input);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
  await closeCardPaymentNotice(input);
}
