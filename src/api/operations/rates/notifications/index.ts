import type { Operation } from '../../../contract/operation.js';
import { listRateNotificationsOperation } from './list-rate-notifications.js';
import { listRateSubscriptionsOperation } from './list-rate-subscriptions.js';
import { previewRateNotificationOperation } from './preview-rate-notification.js';
import { readRateFileOperation } from './read-rate-file.js';
import { readRateNotificationOperation } from './read-rate-notification.js';
import { sendRateNotificationsOperation } from './send-rate-notifications.js';

export const rateNotificationOperations: readonly Operation[] = [
  listRateNotificationsOperation,
  sendRateNotificationsOperation,
  readRateNotificationOperation,
  readRateFileOperation,
  previewRateNotificationOperation,
  listRateSubscriptionsOperation,
];
