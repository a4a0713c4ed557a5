import { Group } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { channelKindIcons, channelKinds, type ChannelKind } from '../text/channel-text';

/** How a message goes: by email, or through a channel. */
type Via = 'email' | ChannelKind;

export const ways: readonly Via[] = ['email', ...channelKinds];

export const viaText = (via: Via): string => t(`ui.channel.${via}`);

/** For where a text next to it names the same. */
export function ViaIcon({ via }: { readonly via: Via }): ReactNode {
  const WayIcon = via === 'email' ? IconMail : channelKindIcons[via];
  return <WayIcon size={16} aria-hidden style={{ flex: 'none' }} />;
}

/** Each way once, in the order of `ways`. */
export function Ways({ of }: { readonly of: readonly Via[] }): ReactNode {
  return (
    <Group gap={8} wrap="nowrap" component="span">
      {ways
        .filter((way) => of.includes(way))
        .map((way) => (
          <Group key={way} gap={4} wrap="nowrap" component="span">
            <ViaIcon via={way} />
            {viaText(way)}
          </Group>
        ))}
    </Group>
  );
}
