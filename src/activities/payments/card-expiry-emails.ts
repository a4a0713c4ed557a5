import type { NotificationKey } from '../../contract/deliveries.js';
import { minuteMs } from '../../domain/durations.js';
import {
  currentCardNotice,
  lastDayOf,
  nextCardNotice,
  type CardNoticeDays,
} from '../../domain/payments/card-expiry.js';
import { abandonPending } from '../../storage/notifications/deliveries.js';
import { findNotification, type NotificationRow } from '../../storage/notifications/notifications.js';
import {
  claimCardNotice,
  endCardNotice,
  postponeCardNotice,
  type DueCardNotice,
} from '../../storage/payments/card-expiry.js';
import { attemptDelivery, type AttemptDeps } from '../notifications/attempt-delivery.js';
import { linksOf, readClient, writeNotification, type ClaimDeps } from '../notifications/claim-notification.js';
import { expiringCardVariables } from '../notifications/mail-variables.js';
import { abandonReasons, countAbandoned } from '../notifications/send-deliveries.js';

type CardExpiryDeps = AttemptDeps & ClaimDeps;

/** Longer than an SMTP dialogue may take: another worker takes the email of one that died. */
const claimMinutes = 20;
const firstRetryMs = 10_000;
const maxRetryMs = 10 * minuteMs;
/** For about a day. */
const maxAttempts = 150;

/**
 * Sends the emails about cards that expire, until none is due or `signal` is aborted. The notification with its delivery is
 * written first, under a key of the card and the days, so that an email is never sent twice, whichever worker dies when.
 *
 * @returns number of emails that ended
 */
export async function emailCardExpiries(
  deps: CardExpiryDeps,
  signal: AbortSignal,
  clock: () => number = Date.now,
): Promise<number> {
  let ended = 0;
  while (!signal.aborted) {
    const due = await claimCardNotice(deps.sql, new Date(clock()), claimMinutes);
    if (!due) break;
    try {
      if (await sendNotice(deps, due, signal, clock())) ended += 1;
    } catch (error) {
      // It holds up no other; where the database fails, it waits until its claim ends.
      deps.logger.error({ err: error, clientId: due.clientId }, 'email about a card failed');
      await postponeCardNotice(deps.sql, due, new Date(clock() + maxRetryMs)).catch(() => undefined);
    }
  }
  return ended;
}

/** False: the mail server refused it for now, and it waits again. */
async function sendNotice(
  deps: CardExpiryDeps,
  due: DueCardNotice,
  signal: AbortSignal,
  now: number,
): Promise<boolean> {
  const days = currentCardNotice(due, due.days, now);
  const notification =
    days && ((await findNotification(deps.sql, keyOf(due, days))) ?? (await write(deps, due, days, now)));
  if (notification && notification.pending.length > 0) {
    const waitMs = Math.min(firstRetryMs * 2 ** Math.min(due.attempts - 1, 10), maxRetryMs);
    const options = { requestedBy: null, nextAttemptAtMs: now + waitMs, signals: { stop: signal, close: signal } };
    const results = await Promise.all(notification.pending.map((id) => attemptDelivery(deps, id, options)));
    if (results.includes('refused')) {
      if (due.attempts < maxAttempts) {
        await postponeCardNotice(deps.sql, due, new Date(now + waitMs));
        return false;
      }
      const abandoned = await abandonPending(deps.sql, { notificationId: notification.id }, abandonReasons.time_over);
      countAbandoned(deps, abandoned, 'time_over');
    }
  }
  await endCardNotice(deps.sql, due, days && nextCardNotice(due, days, now));
  return true;
}

/** From the card and the days alone: whatever worker or attempt asks, it is the same notification. */
function keyOf({ clientId, registeredAt }: DueCardNotice, days: CardNoticeDays): NotificationKey {
  return { clientId, rule: 'card_expiring', episode: Math.floor(registeredAt.getTime() / minuteMs), number: days };
}

/** Null: the client is deleted, or has no billing email. */
async function write(
  deps: CardExpiryDeps,
  due: DueCardNotice,
  days: CardNoticeDays,
  now: number,
): Promise<NotificationRow | null> {
  const found = await readClient(deps, due.clientId, now);
  const recipient = found?.context.billingEmail;
  if (!found || !recipient) return null;
  const { context, terms } = found;
  const card = { name: `${due.brand} ${due.last4}`, lastDay: lastDayOf(due.expires), days };
  return writeNotification(deps, keyOf(due, days), context, [recipient], {
    kind: 'card_expiring',
    variables: expiringCardVariables(card, context, terms, linksOf(deps, context)),
    max: null,
    decidedAtMs: now,
    available: null,
  });
}
