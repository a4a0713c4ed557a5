import { addDays, localTime } from '../invoicing/local-days.js';
import { isCardExpired } from './card-payments.js';

/** Emails before a card expires: each once for a card, at 9:00 in the client's time zone. */

/** Days before the card's last day. */
const cardNoticeDays = [30, 7] as const;
export type CardNoticeDays = (typeof cardNoticeDays)[number];

export interface CardNotice {
  readonly days: CardNoticeDays;
  readonly dueAt: number;
}

interface ExpiringCard {
  /** the last month in which it is valid, `2028-04` */
  readonly expires: string;
  readonly timezone: string;
}

const noticeHour = 9;

/**
 * The next email about a card; null: there is none any more. Of a card that is registered later than an email would have
 * been due, that email is left out.
 *
 * @param after the email that was sent last; null: none
 */
export function nextCardNotice(card: ExpiringCard, after: CardNoticeDays | null, now: number): CardNotice | null {
  for (const days of cardNoticeDays) {
    if (after !== null && days >= after) continue;
    const dueAt = dueAtOf(card, days);
    if (dueAt > now) return { days, dueAt };
  }
  return null;
}

/**
 * The email to send now in place of one that became due; null: the card has expired. After days without a worker, only the
 * later of two emails is sent.
 */
export function currentCardNotice(card: ExpiringCard, due: CardNoticeDays, now: number): CardNoticeDays | null {
  if (isCardExpired(card.expires, now)) return null;
  return cardNoticeDays.findLast((days) => days <= due && dueAtOf(card, days) <= now) ?? due;
}

function dueAtOf({ expires, timezone }: ExpiringCard, days: number): number {
  return localTime(addDays(lastDayOf(expires), -days), noticeHour, timezone);
}

/** `2028-04-30` */
export function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
