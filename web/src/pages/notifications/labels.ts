import { t } from '../../i18n/t';
import { isOfRule } from '../../ui/text/notification-kind';
import type { NotificationItem } from './queries';

/** `2 of 3`; what comes without a count has none. */
export function countText(notification: Pick<NotificationItem, 'kind' | 'number' | 'max'>): string {
  if (!isOfRule(notification)) return '';
  return notification.max === null
    ? t('notifications.count.unlimited', { number: notification.number })
    : t('notifications.count', { number: notification.number, max: notification.max });
}
