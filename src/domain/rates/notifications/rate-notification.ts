import { hourMs, minuteMs } from '../../durations.js';
import type { AgreementFields } from '../agreements/agreement.js';
import { nextNotification } from '../agreements/notice-times.js';

/** Emails that notify a client of the rates of a table (docs/rates.md#rate-notifications). */

/**
 * scheduled: new rates, by the agreement; forced: at once, rates that the next scheduled one would announce too late; correction:
 * announced rates that were changed later. Notifications are compared with the last scheduled one only.
 */
export const rateNotificationKinds = ['scheduled', 'forced', 'correction'] as const;
export type RateNotificationKind = (typeof rateNotificationKinds)[number];

export const rateNotificationTypes = ['all', 'changed'] as const;
export type RateNotificationType = (typeof rateNotificationTypes)[number];

export const rateFileFormats = ['xlsx', 'csv'] as const;
export type RateFileFormat = (typeof rateFileFormats)[number];

/** Why nothing is sent. */
export const rateSkipReasons = [
  'nothing_to_send',
  'no_recipients',
  'client_deleted',
  'switched_off',
  'table_not_used',
] as const;
export type RateSkipReason = (typeof rateSkipReasons)[number];

/** Without an agreement: after the last change, and after the last notification. */
const quietMs = 15 * minuteMs;
const spacingMs = hourMs;

type Schedule = Pick<AgreementFields, 'notificationDays' | 'hour' | 'timezone'>;

/**
 * When new rates are announced, in ms.
 *
 * @param lastAt of the last scheduled notification; null: there was none
 */
export function notificationDue(agreement: Schedule | null, changedAt: number, lastAt: number | null): number {
  if (agreement) return nextNotification(agreement, changedAt);
  const quiet = changedAt + quietMs;
  return lastAt === null ? quiet : Math.max(quiet, lastAt + spacingMs);
}
