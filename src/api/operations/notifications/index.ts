import type { Operation } from '../../contract/operation.js';
import { listDeliveryAttemptsOperation } from './list-delivery-attempts.js';
import { listNotifications } from './list.js';
import { readDeliveryOperation } from './read-delivery.js';
import {
  readDeliveryEmlOperation,
  readDeliveryHtmlOperation,
  readDeliveryTextOperation,
} from './read-delivery-message.js';
import { readNotification } from './read.js';
import { resendDeliveryOperation } from './resend-delivery.js';

export const notificationOperations: readonly Operation[] = [
  listNotifications,
  readNotification,
  readDeliveryOperation,
  readDeliveryHtmlOperation,
  readDeliveryTextOperation,
  readDeliveryEmlOperation,
  listDeliveryAttemptsOperation,
  resendDeliveryOperation,
];
