import type { RateNotificationKind, RateSkipReason } from '../../../domain/rates/notifications/rate-notification.js';
import {
  referenceOf,
  announcedRates,
  type AnnouncedRate,
} from '../../../domain/rates/notifications/announced-rates.js';
import { readStoredRates, type RateSubscriber } from '../../../storage/rates/notifications/rate-notifications.js';
import type { Queries } from '../../../storage/system/database.js';

/** The rates of a table that a client is notified of at an instant. */
export interface RateAnnouncement {
  readonly rates: readonly AnnouncedRate[];
  readonly referenceAt: Date;
  /** why no email is sent; null: it is sent */
  readonly skipReason: RateSkipReason | null;
}

/** Reads what would be sent now; writes nothing. */
export async function readRateAnnouncement(
  q: Queries,
  subscriber: RateSubscriber,
  kind: RateNotificationKind,
  now: number,
): Promise<RateAnnouncement> {
  const referenceAt = new Date(referenceOf({ lastAt: subscriber.lastAt?.getTime() ?? null, now }));
  const refusal = refusalOf(subscriber, kind);
  if (refusal === 'table_not_used' || refusal === 'client_deleted')
    return { rates: [], referenceAt, skipReason: refusal };
  const rates = announcedRates(await readStoredRates(q, subscriber.rateTableId), {
    kind,
    type: subscriber.type,
    unique: subscriber.unique,
    now,
    lastAt: subscriber.lastAt?.getTime() ?? null,
    correctedAt: subscriber.correctedAt?.getTime() ?? null,
    agreement: subscriber.agreement,
    timezone: subscriber.timezone,
  });
  return { rates, referenceAt, skipReason: refusal ?? (rates.length === 0 ? 'nothing_to_send' : null) };
}

function refusalOf(subscriber: RateSubscriber, kind: RateNotificationKind): RateSkipReason | null {
  if (subscriber.isDeleted) return 'client_deleted';
  if (!subscriber.usesTable) return 'table_not_used';
  if (!subscriber.isEnabled && kind === 'scheduled') return 'switched_off';
  return subscriber.recipient === null ? 'no_recipients' : null;
}

/** What to do about it, as a sentence within an error. */
export const skipTexts: Readonly<Record<RateSkipReason, string>> = {
  nothing_to_send: 'there is nothing to send: no rate meets the conditions of this kind',
  no_recipients: 'the client has neither a rates email nor a billing email: add one',
  client_deleted: 'the client is deleted',
  switched_off: 'rate notifications of the client are off: switch them on, or send a forced one',
  table_not_used: 'the client does not use this rate table: assign it first',
};
