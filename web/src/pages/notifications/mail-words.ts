import { t, type Key } from '../../i18n/t';
import type { Mail } from './queries';

/** What notifications are about, in words. */

export const mailKinds = [
  'low_balance',
  'low_funds_warning',
  'company_balance',
  'credit_granted',
  'credit_extended',
  'credit_reduced',
  'credit_cancelled',
  'credit_expiring',
  'credit_reverted',
] as const satisfies readonly Mail['kind'][];

/** What the list shows when nothing else is asked for: the mails of rules. */
export const ruleKinds = 'low_balance,low_funds_warning';

export const kindText = (kind: string): string => {
  const known = mailKinds.find((one) => one === kind);
  return known ? t(`notifications.kind.${known}`) : kind;
};

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

/** Mails of rules count; those about credit do not. */
export const isOfRule = ({ kind }: Pick<Mail, 'kind'>): boolean =>
  kind === 'low_balance' || kind === 'low_funds_warning';

/** `2 of 3`; what comes without a count has none. */
export function countText(mail: Pick<Mail, 'kind' | 'number' | 'max'>): string {
  if (!isOfRule(mail)) return '';
  return mail.max === null
    ? t('notifications.count.unlimited', { number: mail.number })
    : t('notifications.count', { number: mail.number, max: mail.max });
}
