import type { ReactNode } from 'react';
import { intlLocale } from '../../../i18n/language';
import { useChannels } from '../../../form/recipients/use-channels';
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
  channels: 'form.channels',
  reason: 'common.reason',
};

/** `clientRule.threshold` in the words of the form. */
export function fieldName(path: string): string {
  const words = path.split('.').map((part) => (names[part] ? t(names[part]) : part));
  return words.join(' · ');
}

/** The values of a conflict that would be codes otherwise. */
export function fieldValue(path: string, value: unknown, resellerId: string): ReactNode | undefined {
  if (path === 'trigger' || path === 'resetOn' || path === 'whenSeveral') return policyText(path, String(value));
  if (path === 'advancedRules') return <Rules rules={value as readonly AdvancedRuleValues[]} resellerId={resellerId} />;
  if (path.endsWith('.channels')) return <Channels channels={value as Recipients} resellerId={resellerId} />;
  return undefined;
}

type Recipients = AdvancedRuleValues['channels'];

interface RulesProps {
  readonly rules: readonly AdvancedRuleValues[];
  readonly resellerId: string;
}

function Rules({ rules, resellerId }: RulesProps): ReactNode {
  const textOf = useChannelText(
    resellerId,
    rules.flatMap(({ channels }) => channels),
  );
  if (rules.length === 0) return t('common.none');
  const keys = keysOf(rules);
  return rules.map((rule, index) => <div key={index}>{ruleLine(rule, keys[index] ?? '', textOf)}</div>);
}

function Channels({ channels, resellerId }: { readonly channels: Recipients; readonly resellerId: string }): ReactNode {
  const textOf = useChannelText(resellerId, channels);
  return channels.length === 0 ? t('common.none') : channels.map(textOf).join(', ');
}

type ChannelText = (recipient: Recipients[number]) => string;

/** Channels by their names; one that is gone by its number. */
function useChannelText(resellerId: string, recipients: Recipients): ChannelText {
  const channels = useChannels(
    resellerId,
    recipients.map(({ channelId }) => channelId),
  );
  return ({ channelId, address }) => {
    const name = channels?.get(channelId)?.name ?? t('form.channels.unknown', { id: channelId });
    return address === null ? name : `${name}: ${address}`;
  };
}

function ruleLine(
  { threshold, inactivityDays, notifyClient, emails, channels }: AdvancedRuleValues,
  key: string,
  textOf: ChannelText,
): string {
  return [
    `“${key}”: ${threshold === '' ? t('profiles.off') : moneyText(threshold, null, intlLocale())}`,
    typeof inactivityDays === 'number' && t('profiles.order.inactive', { n: inactivityDays }),
    notifyClient && t('profiles.role.billing'),
    ...emails,
    ...channels.map(textOf),
  ]
    .filter(Boolean)
    .join(', ');
}
