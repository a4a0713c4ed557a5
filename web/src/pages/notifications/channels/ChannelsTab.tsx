import '../../../i18n/late/channels';
import { Drawer, Skeleton } from '@mantine/core';
import { IconMessageShare, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useOpenItem } from '../../../list/use-open-item';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { ChannelDetails } from './ChannelDetails';
import { ChannelForm } from './ChannelForm';
import { channelsList } from './channels-list';
import { channelQuery } from './queries';

const fresh = 'new';

/** Slack, Microsoft Teams, and SMS gateways that rules notify. `?channel=7` shows one. */
export function ChannelsTab() {
  const [shown, show] = useOpenItem('channel');
  const [isEditing, setEditing] = useState(false);
  const close = (): void => {
    setEditing(false);
    show(null);
  };
  const add = (
    <ActionButton
      operation="createNotificationChannel"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('channels.create')}
    </ActionButton>
  );
  const isExisting = shown !== null && shown !== fresh;
  return (
    <>
      <List
        definition={channelsList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{
          icon: IconMessageShare,
          title: t('channels.none'),
          text: t('channels.none.text'),
          action: add,
          docs: '/docs#tag/notification-channels',
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'channels.create' : 'channels.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <ChannelForm channel={null} etag={null} onClose={close} onCreated={show} />}
        {isExisting && !isEditing && (
          <ChannelDetails key={shown} id={shown} onClose={close} onEdit={() => setEditing(true)} />
        )}
        {isExisting && isEditing && <EditChannel key={shown} id={shown} onClose={() => setEditing(false)} />}
      </Drawer>
    </>
  );
}

function EditChannel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery(channelQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} role="status" aria-label={t('common.loading')} />;
  return <ChannelForm channel={data.value} etag={data.etag} onClose={onClose} onCreated={onClose} />;
}
