import { IconBrandSlack, IconBrandTeams, IconDeviceMobileMessage, type Icon } from '@tabler/icons-react';
import type { components } from '../../api/schema';
import { membersOf } from '../../api/types';
import { t } from '../../i18n/t';

export type ChannelKind = components['schemas']['NotificationChannel']['kind'];

export const channelKinds = membersOf<ChannelKind>({ slack: true, teams: true, sms: true });

export const channelKindLabel = (kind: ChannelKind): string => t(`ui.channel.${kind}`);

export const channelKindIcons: Readonly<Record<ChannelKind, Icon>> = {
  slack: IconBrandSlack,
  teams: IconBrandTeams,
  sms: IconDeviceMobileMessage,
};
