import { Group, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/t';
import { ChannelName } from './badges/ChannelName';
import { toneText } from './badges/ToneBadge';
import type { ChannelKind } from './text/channel-text';

interface NotifiedChannel {
  readonly name: string;
  /** null: it was deleted */
  readonly kind: ChannelKind | null;
  /** phone number; null: the channel is the address */
  readonly address: string | null;
  readonly usable: boolean;
}

interface Recipient {
  /** null: a recipient is missing */
  readonly address: string | null;
  /** a channel instead of an address */
  readonly channel?: NotifiedChannel;
  /** where the address comes from, in the words of the page: `manager`, `billing email` */
  readonly from?: string;
}

interface RecipientListProps {
  readonly recipients: readonly Recipient[];
  readonly size?: 'xs' | 'sm';
}

/** Who is notified, resolved; what is missing is said, for a rule without recipients stays silent. */
export function RecipientList({ recipients, size = 'sm' }: RecipientListProps): ReactNode {
  if (recipients.length === 0) return <Missing text={t('ui.recipients.none')} />;
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {recipients.map(({ address, from, channel }, index) => (
        <li key={index}>
          {channel ? (
            <ChannelRecipient channel={channel} size={size} />
          ) : address === null ? (
            <Missing text={from ? t('ui.recipients.missingFrom', { from }) : t('ui.recipients.missing')} />
          ) : (
            <Text size={size} style={{ overflowWrap: 'anywhere' }}>
              {address}
              {from && (
                <Text span size="xs" c="dimmed">
                  {' '}
                  {from}
                </Text>
              )}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

/** `NOC Slack`, `Gateway SMS: +380501234567`; one that gets nothing is said to. */
function ChannelRecipient({
  channel,
  size,
}: {
  readonly channel: NotifiedChannel;
  readonly size: 'xs' | 'sm';
}): ReactNode {
  const { name, kind, address, usable } = channel;
  if (!usable) return <Missing text={t('ui.recipients.unusable', { channel: name })} />;
  return (
    <Group gap={4}>
      <ChannelName name={name} kind={kind} size={size} />
      {address !== null && (
        <Text span size={size}>
          {address}
        </Text>
      )}
    </Group>
  );
}

function Missing({ text }: { readonly text: string }): ReactNode {
  return (
    <Group gap={4} wrap="nowrap" component="span" {...toneText('red')} fz="sm">
      <IconMailOff size={16} aria-hidden />
      {text}
    </Group>
  );
}
