import { Group, Text } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { channelKindIcons, channelKindLabel, type ChannelKind } from '../text/channel-text';

interface ChannelNameProps {
  readonly name: string;
  /** null: the channel was deleted, or cannot be used */
  readonly kind: ChannelKind | null;
  readonly size?: 'xs' | 'sm';
}

/** `NOC · Slack`, with the icon of what it is. */
export function ChannelName({ name, kind, size = 'sm' }: ChannelNameProps): ReactNode {
  const KindIcon = kind === null ? IconMessageOff : channelKindIcons[kind];
  return (
    <Group gap={6} wrap="nowrap" component="span" miw={0}>
      <KindIcon size={16} aria-hidden style={{ flex: 'none' }} />
      <Text span size={size} style={{ overflowWrap: 'anywhere' }}>
        <span translate="no">{name}</span>
        <Text span size="xs" c="dimmed">
          {' '}
          {kind === null ? t('ui.channel.deleted') : channelKindLabel(kind)}
        </Text>
      </Text>
    </Group>
  );
}
