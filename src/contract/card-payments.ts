import { defineSignal } from '@temporalio/workflow';
import type { NotificationKey } from './deliveries.js';

export const cardPaymentWorkflowType = 'cardPayment';

/** Emails about an automatic payment. */
export type CardPaymentNotice = 'auto_payment_declined' | 'auto_payment_frozen' | 'auto_payment_succeeded';

export interface CardPaymentInput {
  readonly cardPaymentId: string;
}

/** The next step of a card payment, by the workflow's clock. */
export interface AdvanceCardPaymentInput extends CardPaymentInput {
  readonly at: number;
}

export interface AdvanceCardPaymentResult {
  /** how long to wait before the next step; null: it has ended */
  readonly waitMs: number | null;
  /** the email that is due before that; null: none */
  readonly notice: CardPaymentNotice | null;
  readonly clientId: string;
}

export interface CardPaymentNoticeInput extends CardPaymentInput {
  readonly clientId: string;
  readonly notice: CardPaymentNotice;
  readonly at: number;
}

/** The key under which an email about a card payment is stored. */
export function cardPaymentNoticeKey({ clientId, notice, cardPaymentId }: CardPaymentNoticeInput): NotificationKey {
  return { clientId, rule: notice, episode: Number(cardPaymentId), number: 1 };
}

/** A webhook or a user changed the payment: starts the workflow, or lets it look once more. The row says what happened. */
export const cardPaymentChanged = defineSignal('cardPaymentChanged');

/** Starts and wakes the workflows of card payments through Temporal. */
export interface CardPaymentControl {
  /** signal-with-start; resolves once Temporal has accepted it */
  wakeCardPayment(cardPaymentId: string): Promise<void>;
}
