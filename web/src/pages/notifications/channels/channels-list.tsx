import { IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { readList } from '../../../api/lists';
import { resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { channelKindIcons, channelKindLabel, channelKinds } from '../../../ui/text/channel-text';
import { Time } from '../../../ui/text/Time';
import { formatText, type Channel } from './queries';

export const channelsList: ListDefinition<Channel> = {
  kind: 'channels',
  name: 'notification-channels',
  title: 'developers.tab.channels',
  load: (query, signal) => readList('/v1/notification-channels', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  sort: 'name',
  search: { parameter: 'q', placeholder: 'channels.search' },
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, grows: true, render: ({ name }) => name },
    {
      id: 'format',
      label: 'channels.format',
      sort: 'format',
      exportedWith: ['kind'],
      render: (channel) => <ChannelFormatName {...channel} />,
    },
    { id: 'host', label: 'channels.host', render: ({ host }) => <span translate="no">{host}</span> },
    { id: 'resellerName', label: 'events.reseller', sort: 'resellerName', render: ({ resellerName }) => resellerName },
    { id: 'enabled', label: 'common.status', render: (channel) => <ChannelStatus {...channel} /> },
    { id: 'profiles', label: 'channels.profiles', align: 'right', render: ({ profiles }) => profiles },
    {
      id: 'companies',
      label: 'channels.companies',
      align: 'right',
      optional: true,
      render: ({ companies }) => companies,
    },
    {
      id: 'sender',
      label: 'channels.sender',
      optional: true,
      render: ({ sender }) => <span translate="no">{sender}</span>,
    },
    {
      id: 'createdAt',
      label: 'developers.created',
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    {
      id: 'updatedAt',
      label: 'channels.updated',
      sort: 'updatedAt',
      optional: true,
      render: ({ updatedAt }) => <Time at={updatedAt} />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'channels.kind',
      parameter: 'kind',
      multiple: true,
      options: () => channelKinds.map((value) => ({ value, label: channelKindLabel(value) })),
    },
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'enabled',
      options: () => [
        { value: 'true', label: t('channels.enabled') },
        { value: 'false', label: t('channels.disabled') },
      ],
    },
    { kind: 'reference', label: 'events.reseller', parameter: 'resellerId', ...resellerSource },
  ],
};

export function ChannelFormatName({ kind, format }: Pick<Channel, 'kind' | 'format'>): ReactNode {
  const KindIcon = channelKindIcons[kind];
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, verticalAlign: 'top' }}>
      <KindIcon size={16} aria-hidden />
      {formatText(format)}
    </span>
  );
}

export function ChannelStatus({ enabled }: Pick<Channel, 'enabled'>): ReactNode {
  return enabled ? (
    <ToneBadge tone="green" icon={IconCircleCheck}>
      {t('channels.enabled')}
    </ToneBadge>
  ) : (
    <ToneBadge tone="gray" icon={IconPlayerPause}>
      {t('channels.disabled')}
    </ToneBadge>
  );
}
