import type { DeliveryDetail } from '../../storage/notifications/deliveries-read.js';
import { change, recorded, type Requester } from '../change.js';

/** Records that a delivery is sent again. The workflow that sends it was started before, and writes its attempts. */
export function recordResend(requester: Requester, delivery: DeliveryDetail, reason: string): Promise<void> {
  const { id, status, attempts, notificationId, clientId, resellerId } = delivery;
  return change(requester, () =>
    Promise.resolve(
      recorded(undefined, {
        action: 'notification.resend',
        subjectType: 'notification',
        subjectId: notificationId,
        clientId,
        resellerId,
        reason,
        before: { deliveryId: id, status, attempts },
        after: null,
      }),
    ),
  );
}
