import {
  cardPaymentNoticeKey,
  type AdvanceCardPaymentInput,
  type AdvanceCardPaymentResult,
  type CardPaymentNoticeInput,
} from '../../contract/card-payments.js';
import type { DeliverResult } from '../../contract/deliveries.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { advanceCardPayment } from '../../services/payments/charges/advance-card-payment.js';
import { readStalledCardPayments } from '../../storage/payments/card-payment-queue.js';
import { clearNotice } from '../../storage/payments/card-payments.js';
import { abandonPending } from '../../storage/notifications/deliveries.js';
import { findNotification } from '../../storage/notifications/notifications.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { claimPaymentNotification } from '../notifications/claim-payment-notification.js';
import { deliverOnce } from '../notifications/deliver.js';
import { abandonReasons, countAbandoned } from '../notifications/send-deliveries.js';
import { requesterFor } from '../requester.js';

/** The steps of card payments. The database knows what was done: made again, a step charges nothing a second time. */
export function cardPaymentActivities(deps: ActivityDeps) {
  const { sql, gateways = null } = deps;
  return {
    advanceCardPayment: ({ cardPaymentId, at }: AdvanceCardPaymentInput): Promise<AdvanceCardPaymentResult> =>
      withFailures('advanceCardPayment', async () =>
        advanceCardPayment(await requesterFor(sql, systemActor, at), gateways, cardPaymentId),
      ),

    /** Sends the email about an automatic payment to the client's billing address. */
    deliverCardPaymentNotice: (input: CardPaymentNoticeInput): Promise<DeliverResult> =>
      withFailures('deliverCardPaymentNotice', () =>
        deliverOnce(deps, cardPaymentNoticeKey(input), input.at, () => claimPaymentNotification(deps, input)),
      ),

    /** Ends what is pending of the email, which is not sent again. */
    closeCardPaymentNotice: (input: CardPaymentNoticeInput): Promise<void> =>
      withFailures('closeCardPaymentNotice', async () => {
        const known = await findNotification(sql, cardPaymentNoticeKey(input));
        if (known) {
          const abandoned = await abandonPending(sql, { notificationId: known.id }, abandonReasons.time_over);
          countAbandoned(deps, abandoned, 'time_over');
        }
        await clearNotice(sql, input.cardPaymentId, input.notice);
      }),
  };
}

/** A step takes seconds. */
const stalledMs = 120_000;
const maxWoken = 100;

/** Wakes payments whose step is overdue. */
export async function wakeStalledCardPayments({ sql, actions }: ActivityDeps): Promise<void> {
  for (const id of await readStalledCardPayments(sql, stalledMs, maxWoken)) await actions.wakeCardPayment(id);
}
