import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { listFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { durationText } from '../../../ui/text/duration-text';
import { hourMs } from '../../../ui/durations';
import { delayText, intervalText } from '../../../ui/text/interval-text';
import { Money } from '../../../ui/text/Money';
import { toneText } from '../../../ui/badges/ToneBadge';
import { checkIntervalMs, type ProfileValues } from './profile-values';
import { enabledRules, hasNoRecipients, type EnabledRule } from './rules';

/** What the profile does, in words, as it is being written. */
export function Sentence({ values }: { readonly values: ProfileValues }): ReactNode {
  const rules = enabledRules(values);
  if (rules.length === 0) return <Text size="sm">{t('profiles.sentence.none')}</Text>;
  return (
    <List size="sm" spacing={4}>
      {rules.map((rule) => (
        <List.Item key={rule.key}>{ruleSentence(rule, values.currency)}</List.Item>
      ))}
      {frequency(values) && <List.Item>{frequency(values)}</List.Item>}
      {checks(values) && <List.Item>{checks(values)}</List.Item>}
      {values.whenSeveral === 'mostSevere' && rules.length > 1 && (
        <List.Item>{t('profiles.sentence.mostSevere')}</List.Item>
      )}
    </List>
  );
}

function ruleSentence(rule: EnabledRule, currency: string): ReactNode {
  const threshold = <Money value={{ amount: rule.threshold, currency }} />;
  if (hasNoRecipients(rule)) {
    return <span {...toneText('red')}>{rich('profiles.sentence.noRecipients', { threshold })}</span>;
  }
  const recipients = recipientsText(rule);
  if (rule.inactivityDays === null) return rich('profiles.sentence.rule', { threshold, recipients });
  return rich('profiles.sentence.inactive', { threshold, recipients, n: rule.inactivityDays });
}

function recipientsText({ role, users, emails, channels }: EnabledRule): string {
  const parts = [
    role && t(`profiles.recipient.${role}`),
    users > 0 && t('profiles.recipient.users', { n: users }),
    emails > 0 && t('profiles.recipient.emails', { n: emails }),
    channels > 0 && t('profiles.recipient.channels', { n: channels }),
  ].filter((part) => typeof part === 'string');
  return listFormat(intlLocale(), { type: 'conjunction' }).format(parts);
}

function frequency({ periodHours, maxNotifications, resetOn }: ProfileValues): string | null {
  if (typeof periodHours !== 'number') return null;
  const period = durationText(periodHours * hourMs, intlLocale());
  if (maxNotifications === '') return t('profiles.sentence.unlimited', { period });
  if (typeof maxNotifications !== 'number') return null;
  return t(`profiles.sentence.limited.${resetOn}`, { n: maxNotifications, period });
}

function checks({ periodHours, checkEveryMinutes, trigger }: ProfileValues): string | null {
  const ms = checkIntervalMs({ periodHours, checkEveryMinutes });
  if (ms === null) return null;
  return t(`profiles.sentence.checks.${trigger}`, { interval: intervalText(ms), delay: delayText(ms) });
}
