import { hourMs } from '../durations.js';
import type { CardPaymentStatus } from './card-payments.js';

/** Card payments as the client panel shows them. */

/**
 * How a payment went, in the client's terms. `processing`: about a second · `review`: a person at the gateway decides ·
 * `unclear`: the gateway's answer is missing; the payment is looked up and never charged twice · `not_charged`: it was
 * canceled before the gateway was asked.
 */
export const panelOutcomes = ['processing', 'approved', 'declined', 'review', 'unclear', 'not_charged'] as const;
export type PanelOutcome = (typeof panelOutcomes)[number];

export interface PanelPaymentFacts {
  readonly status: CardPaymentStatus;
  /** when a charge whose answer was lost is looked up; null: none is */
  readonly lookUpAt: Date | null;
  readonly declineHard: boolean | null;
}

export function panelOutcome({ status, lookUpAt }: PanelPaymentFacts): PanelOutcome {
  switch (status) {
    case 'waiting':
      return 'processing';
    case 'charging':
      return lookUpAt === null ? 'processing' : 'unclear';
    case 'held':
      return 'review';
    case 'unknown':
      return 'unclear';
    case 'cancelled':
      return 'not_charged';
    case 'approved':
    case 'declined':
      return status;
  }
}

/** Payments, and forms of a card, that the panel of one client may ask for in an hour: no place to try out cards. */
const maxPanelTries = 10;
export const panelTriesMs = hourMs;

/** Seconds until the panel may ask again; null: it may now. */
export function panelRetryAfter(
  { tries, firstAt }: { readonly tries: number; readonly firstAt: Date | null },
  now: number,
): number | null {
  if (tries < maxPanelTries || firstAt === null) return null;
  return Math.max(1, Math.ceil((firstAt.getTime() + panelTriesMs - now) / 1000));
}
