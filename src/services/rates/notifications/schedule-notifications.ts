import { notificationDue } from '../../../domain/rates/notifications/rate-notification.js';
import { readSubscribers, scheduleRateNotifications } from '../../../storage/rates/notifications/rate-notifications.js';
import type { Transaction } from '../../../storage/system/database.js';

/**
 * Schedules notifications of the new rates of a table for the clients that use it and have notifications on: each has one that
 * waits. Call it in the transaction that changes the rates.
 */
export async function scheduleNotifications(tx: Transaction, rateTableId: string, changedAt: number): Promise<void> {
  const subscribers = await readSubscribers(tx, null, rateTableId, null);
  const due = subscribers.map(({ clientId, agreement, lastComposedAt }) => ({
    clientId,
    dueAt: new Date(notificationDue(agreement, changedAt, lastComposedAt?.getTime() ?? null)),
    isMoved: agreement === null,
  }));
  await scheduleRateNotifications(tx, rateTableId, due, new Date(changedAt));
}
