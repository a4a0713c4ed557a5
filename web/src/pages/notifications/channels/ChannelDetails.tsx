import { Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { ToggleAction } from '../../../form/dialogs/ToggleAction';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { useCan } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { ChannelFormatName, ChannelStatus } from './channels-list';
import { channelQuery, profilesQuery, refreshChannels, type Channel } from './queries';
import { TestMessage } from './TestMessage';

interface ChannelDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onEdit: () => void;
}

/** One channel: where it is, what notifies it, and what can be done with it. */
export function ChannelDetails({ id, ...rest }: ChannelDetailsProps) {
  const { data, error, refetch } = useQuery(channelQuery(id));
  const can = useCan();
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} role="status" aria-label={t('common.loading')} />;
  const { value: channel, etag } = data;
  const { name, host, account, sender, hasToken, resellerName, companies, createdAt, updatedAt } = channel;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('common.name'), name],
          [t('common.status'), <ChannelStatus key="status" {...channel} />],
          [t('channels.format'), <ChannelFormatName key="format" {...channel} />],
          [t('channels.host'), <Code key="host" text={host} />],
          [t('channels.account'), account === '' ? null : <Code key="account" text={account} />],
          [t('channels.sender'), sender === '' ? null : <Code key="sender" text={sender} />],
          [t('channels.token'), hasToken ? t('channels.token.set') : null],
          [t('events.reseller'), resellerName],
          [t('channels.companies'), companies === 0 ? null : String(companies)],
          [t('developers.created'), <Time key="created" at={createdAt} />],
          [t('channels.updated'), <Time key="updated" at={updatedAt} />],
        ]}
      />
      <UsedBy channel={channel} />
      {can('listNotifications') && (
        <Anchor component={Link} to={`/notifications?channelId=${id}`} size="sm" underline="always">
          {t('channels.notifications')}
        </Anchor>
      )}
      <TestMessage channel={channel} />
      <ChannelActions channel={channel} etag={etag} {...rest} />
    </Stack>
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <span translate="no" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </span>
  );
}

/** The profiles with rules that notify it. While profiles or companies do, it cannot be deleted. */
function UsedBy({ channel: { id, profiles, companies } }: { readonly channel: Channel }) {
  const { data, error, refetch } = useQuery({ ...profilesQuery(id), enabled: profiles > 0 });
  if (profiles === 0) return companies === 0 && <Text size="sm">{t('channels.unused')}</Text>;
  return (
    <div>
      <Title order={3} size="h6" mb={4}>
        {t('channels.usedBy', { n: profiles })}
      </Title>
      {error && !data && <FailedState error={error} onRetry={() => void refetch()} />}
      <Group gap="xs">
        {data?.data.map((profile) => (
          <Anchor key={profile.id} component={Link} to={`/profiles/${profile.id}`} size="sm" translate="no">
            {profile.name}
          </Anchor>
        ))}
        {data?.hasMore && (
          <Anchor component={Link} to={`/profiles?channelId=${id}`} size="sm">
            {t('channels.allProfiles')}
          </Anchor>
        )}
      </Group>
    </div>
  );
}

interface ChannelActionsProps extends Omit<ChannelDetailsProps, 'id'> {
  readonly channel: Channel;
  readonly etag: string;
}

function ChannelActions({ channel, etag, onClose, onEdit }: ChannelActionsProps) {
  const { id, name, enabled, profiles, companies } = channel;
  const [isDeleting, setDeleting] = useState(false);
  const queries = useQueryClient();
  const params = { path: { id }, header: { 'If-Match': etag } };
  const toggle = () => unwrap(api.PATCH('/v1/notification-channels/{id}', { params, body: { enabled: !enabled } }));
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/notification-channels/{id}', { params }));
    toastDone(t('developers.hooks.deletedToast', { name }));
    onClose();
    queries.removeQueries({ queryKey: channelQuery(id).queryKey });
    await refreshChannels(queries);
  };
  return (
    <>
      <Group gap="xs">
        <ActionButton
          operation="updateNotificationChannel"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={onEdit}
        >
          {t('common.edit')}
        </ActionButton>
        <ToggleAction
          name={name}
          isOn={enabled}
          operation="updateNotificationChannel"
          effect={t(enabled ? 'channels.disableEffect' : 'channels.enableEffect')}
          toggle={toggle}
          onToggled={() => refreshChannels(queries)}
        />
        <ActionButton
          operation="deleteNotificationChannel"
          variant="default"
          blocked={profiles + companies > 0 ? t('channels.deleteUsed') : null}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setDeleting(true)}
        >
          {t('common.delete')}
        </ActionButton>
      </Group>
      <ConfirmDialog
        opened={isDeleting}
        onClose={() => setDeleting(false)}
        title={t('developers.hooks.deleteTitle', { name })}
        effect={t('channels.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        onConfirm={remove}
      />
    </>
  );
}
