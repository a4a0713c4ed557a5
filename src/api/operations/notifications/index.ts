import type { Operation } from '../../operation.js';
import { listNotificationAttempts } from './attempts.js';
import { listNotifications } from './list.js';
import { readNotification } from './read.js';
import { readNotificationEml, readNotificationHtml, readNotificationText } from './rendered.js';
import { resendNotification } from './resend.js';

export const notificationOperations: readonly Operation[] = [
  listNotifications,
  readNotification,
  readNotificationHtml,
  readNotificationText,
  readNotificationEml,
  listNotificationAttempts,
  resendNotification,
];
