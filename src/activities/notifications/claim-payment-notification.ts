import { cardPaymentNoticeKey, type CardPaymentNoticeInput } from '../../contract/card-payments.js';
import { raiseMissingBillingEmail } from '../../storage/events/missing-recipients.js';
import { readCardPaymentMail } from '../../storage/payments/auto-payment-state.js';
import type { NotificationRow } from '../../storage/notifications/notifications.js';
import { linksOf, readClient, writeNotification, type ClaimDeps } from './claim-notification.js';
import { cardPaymentVariables } from './mail-variables.js';

/** Claims the key of the email about an automatic payment; null: the client is deleted, or has no billing email. */
export async function claimPaymentNotification(
  deps: ClaimDeps,
  input: CardPaymentNoticeInput,
): Promise<NotificationRow | null> {
  const found = await readClient(deps, input.clientId, input.at);
  const payment = await readCardPaymentMail(deps.sql, input.cardPaymentId);
  if (!found || !payment) return null;
  const { context, terms } = found;
  const recipient = context.billingEmail;
  if (!recipient) {
    await raiseMissingBillingEmail(deps.sql, input.clientId, input.notice, input.at);
    return null;
  }
  return writeNotification(deps, cardPaymentNoticeKey(input), context, [recipient], {
    kind: input.notice,
    variables: cardPaymentVariables(payment, context, terms, linksOf(deps, context)),
    max: null,
    decidedAtMs: input.at,
    available: null,
  });
}
