import type { Operation } from '../../contract/operation.js';
import { clearBouncedAddressOperation } from './bounces/clear-bounced-address.js';
import { listBouncedAddressesOperation } from './bounces/list-bounced-addresses.js';
import { receiveBounceOperation } from './bounces/receive-bounce.js';
import { listDeliveryAttemptsOperation } from './list-delivery-attempts.js';
import { listNotificationsOperation } from './list-notifications.js';
import { readDeliveryOperation } from './read-delivery.js';
import { readDeliveryHtmlOperation } from './read-delivery-html.js';
import { readDeliveryEmlOperation } from './read-delivery-eml.js';
import { readDeliveryTextOperation } from './read-delivery-text.js';
import { readNotificationOperation } from './read-notification.js';
import { resendDeliveryOperation } from './resend-delivery.js';

export const notificationOperations: readonly Operation[] = [
  listNotificationsOperation,
  readNotificationOperation,
  readDeliveryOperation,
  readDeliveryHtmlOperation,
  readDeliveryTextOperation,
  readDeliveryEmlOperation,
  listDeliveryAttemptsOperation,
  resendDeliveryOperation,
  listBouncedAddressesOperation,
  clearBouncedAddressOperation,
  receiveBounceOperation,
];
