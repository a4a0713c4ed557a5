import { t, type Key } from '../../i18n/t';
import { isOfRule } from '../../ui/text/notification-kind';
import type { Mail } from './queries';

/** What notifications are about, in words. */

/** Keys of rules without what tells one advanced rule from another. */
export const ruleWords = ['user', 'client', 'advanced', 'warning'] as const;

const ruleNames: Readonly<Record<(typeof ruleWords)[number], Key>> = {
  user: 'notifications.rule.user',
  client: 'notifications.rule.client',
  advanced: 'notifications.rule.advanced',
  warning: 'notifications.rule.warning',
};

export const ruleText = (rule: string): string => {
  const known = ruleWords.find((word) => word === rule.split(':')[0]);
  return known ? t(ruleNames[known]) : rule;
};

/** `2 of 3`; what comes without a count has none. */
export function countText(mail: Pick<Mail, 'kind' | 'number' | 'max'>): string {
  if (!isOfRule(mail)) return '';
  return mail.max === null
    ? t('notifications.count.unlimited', { number: mail.number })
    : t('notifications.count', { number: mail.number, max: mail.max });
}
