import type { ReactNode } from 'react';
import { intlLocale } from '../../../i18n/language';
import { t, type Key } from '../../../i18n/t';
import { moneyText } from '../../../ui/text/money-text';
import type { AdvancedRuleValues } from './profile-values';
import { keysOf } from './rules';
import { policyText } from './TimingFields';

const names: Readonly<Record<string, Key>> = {
  name: 'common.name',
  resellerId: 'profiles.reseller',
  currency: 'form.currency',
  sortOrder: 'profiles.sortOrder',
  maxNotifications: 'profiles.max',
  periodHours: 'profiles.periodInHours',
  checkEveryMinutes: 'profiles.checkEveryMinutes',
  trigger: 'profiles.trigger',
  resetOn: 'profiles.resetOn',
  whenSeveral: 'profiles.whenSeveral',
  advancedRules: 'profiles.advanced',
  userRule: 'profiles.userNotification',
  clientRule: 'profiles.clientNotification',
  threshold: 'profiles.threshold',
  notifyOwner: 'profiles.role.owner',
  notifyClient: 'profiles.role.billing',
  users: 'profiles.users',
  emails: 'profiles.emails',
  reason: 'common.reason',
};

/** `clientRule.threshold` in the words of the form. */
export function fieldName(path: string): string {
  const words = path.split('.').map((part) => (names[part] ? t(names[part]) : part));
  return words.join(' · ');
}

/** The values of a conflict that would be codes otherwise. */
export function fieldValue(path: string, value: unknown): ReactNode | undefined {
  if (path === 'trigger' || path === 'resetOn' || path === 'whenSeveral') return policyText(path, String(value));
  if (path === 'advancedRules') return <Rules rules={value as readonly AdvancedRuleValues[]} />;
  return undefined;
}

function Rules({ rules }: { readonly rules: readonly AdvancedRuleValues[] }): ReactNode {
  if (rules.length === 0) return t('common.none');
  const keys = keysOf(rules);
  return rules.map((rule, index) => <div key={index}>{ruleLine(rule, keys[index] ?? '')}</div>);
}

function ruleLine({ threshold, inactivityDays, notifyClient, emails }: AdvancedRuleValues, key: string): string {
  return [
    `“${key}”: ${threshold === '' ? t('profiles.off') : moneyText(threshold, null, intlLocale())}`,
    typeof inactivityDays === 'number' && t('profiles.order.inactive', { n: inactivityDays }),
    notifyClient && t('profiles.role.billing'),
    ...emails,
  ]
    .filter(Boolean)
    .join(', ');
}
