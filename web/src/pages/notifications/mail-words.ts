import { t } from '../../i18n/t';
import { isOfRule } from '../../ui/text/notification-kind';
import type { Mail } from './queries';

/** `2 of 3`; what comes without a count has none. */
export function countText(mail: Pick<Mail, 'kind' | 'number' | 'max'>): string {
  if (!isOfRule(mail)) return '';
  return mail.max === null
    ? t('notifications.count.unlimited', { number: mail.number })
    : t('notifications.count', { number: mail.number, max: mail.max });
}
