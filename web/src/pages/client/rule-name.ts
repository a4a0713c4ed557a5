import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { amountText } from '../../ui/text/money-text';

/** The label of a rule by its key: `Client notification`, `Advanced rule “urgent”`, `Warning at 950.00`. */
export function ruleName(key: string): string {
  if (key === 'user') return t('client.rule.user');
  if (key === 'client') return t('client.rule.client');
  const [kind, ...rest] = key.split(':');
  const name = rest.join(':');
  if (kind === 'warning') return t('client.rule.warning', { value: amountText(name, intlLocale()) });
  return t('client.rule.advanced', { name: name || key });
}

/** The same within a sentence: `the client notification threshold`. */
export function ruleInSentence(key: string): string {
  if (key === 'user') return t('client.rule.user.inSentence');
  if (key === 'client') return t('client.rule.client.inSentence');
  return key.startsWith('warning:')
    ? t('client.rule.warning.inSentence')
    : t('client.rule.advanced.inSentence', { name: key.slice('advanced:'.length) });
}
