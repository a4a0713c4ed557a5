import { defineSignal } from '@temporalio/workflow';
import type { NotificationKey } from './deliveries.js';

export const rateNotificationWorkflowType = 'rateNotification';

export interface RateNotificationInput {
  readonly rateNotificationId: string;
}

/** The next step of a rate notification, by the workflow's clock. */
export interface AdvanceRateNotificationInput extends RateNotificationInput {
  readonly at: number;
}

export interface AdvanceRateNotificationResult {
  /** how long to wait before the next step; null: it has ended */
  readonly waitMs: number | null;
  /** whose email is stored and must be sent now; null: there is nothing to send */
  readonly clientId: string | null;
}

export interface SendRateNotificationInput extends RateNotificationInput {
  readonly clientId: string;
}

/** The key under which the email of a rate notification is stored. */
export function rateNotificationKey({ clientId, rateNotificationId }: SendRateNotificationInput): NotificationKey {
  return { clientId, rule: 'rates_notification', episode: Number(rateNotificationId), number: 1 };
}

/** The row says when it is due: starts the workflow, or lets it look once more. */
export const rateNotificationChanged = defineSignal('rateNotificationChanged');

/** Starts and wakes the workflows of rate notifications through Temporal. */
export interface RateNotificationControl {
  /** signal-with-start; resolves once Temporal has accepted it */
  wakeRateNotification(rateNotificationId: string): Promise<void>;
}
