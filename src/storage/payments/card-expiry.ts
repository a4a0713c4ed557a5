import type { CardNotice, CardNoticeDays } from '../../domain/payments/card-expiry.js';
import type { Queries } from '../system/database.js';

/**
 * Emails before a card expires: when the next one is due is kept with the card. A worker claims it, writes its
 * notification once, and sends that.
 */

export interface DueCardNotice {
  readonly clientId: string;
  readonly days: CardNoticeDays;
  readonly brand: string;
  readonly last4: string;
  readonly expires: string;
  readonly timezone: string;
  /** which card it is: another one, also of the same month, has its own emails */
  readonly registeredAt: Date;
  /** how often it was claimed; also fences: only the latest claim may end it */
  readonly attempts: number;
}

/** Claims the email that has been due for longest for so long; null: none is due. */
export async function claimCardNotice(q: Queries, now: Date, minutes: number): Promise<DueCardNotice | null> {
  const [row] = await q<DueCardNotice[]>`
    update auto_payments a set expiry_attempts = expiry_attempts + 1,
      expiry_notice_at = ${now}::timestamptz + ${minutes} * interval '1 minute'
    from clients c
    where c.id = a.client_id and a.client_id = (
      select client_id from auto_payments where expiry_notice_at <= ${now}
      order by expiry_notice_at limit 1 for update skip locked)
    returning a.client_id as "clientId", a.expiry_notice as days, a.brand, a.last4, a.expires, c.timezone,
      a.registered_at as "registeredAt", a.expiry_attempts as attempts`;
  return row ?? null;
}

type Claim = Pick<DueCardNotice, 'clientId' | 'registeredAt' | 'attempts'>;

export async function postponeCardNotice(q: Queries, claim: Claim, until: Date): Promise<void> {
  await q`
    update auto_payments set expiry_notice_at = ${until}
    where client_id = ${claim.clientId} and registered_at = ${claim.registeredAt} and expiry_attempts = ${claim.attempts}
      and expiry_notice is not null`;
}

/** @param next the email that follows; null: none does */
export async function endCardNotice(q: Queries, claim: Claim, next: CardNotice | null): Promise<void> {
  await q`
    update auto_payments set expiry_notice = ${next?.days ?? null}, expiry_notice_at = ${next && new Date(next.dueAt)},
      expiry_attempts = 0
    where client_id = ${claim.clientId} and registered_at = ${claim.registeredAt} and expiry_attempts = ${claim.attempts}`;
}
