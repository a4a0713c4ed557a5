import { Anchor, Button, Drawer, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { ReasonDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { Actor } from '../../ui/audit/Actor';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Time } from '../../ui/text/Time';
import { toastDone } from '../../ui/toast';
import { RateNotificationBadge } from './lists';
import { rateNotificationQuery, useRateNotificationsRefresh, type RateNotification } from './queries';
import { RateCounts } from './RateCounts';

interface RateNotificationDrawerProps {
  /** null: closed */
  readonly id: string | null;
  readonly onClose: () => void;
}

/** One email about rates: how it went, and its files as they were sent. */
export function RateNotificationDrawer({ id, onClose }: RateNotificationDrawerProps): ReactNode {
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={t('rateNotifications.one')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {id !== null && <Details key={id} id={id} />}
    </Drawer>
  );
}

function Details({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(rateNotificationQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={360} />;
  return (
    <Stack gap="lg">
      <Facts notification={data} />
      <Files notification={data} />
      <Resend notification={data} />
    </Stack>
  );
}

function Facts({ notification }: { readonly notification: RateNotification }): ReactNode {
  const { state, skipReason, counts, rateTableId, notificationId, requestedBy, type, format } = notification;
  return (
    <Fields
      rows={[
        [t('common.status'), <RateNotificationBadge key="state" state={state} />],
        [t('rateNotifications.why'), skipReason && t(`rateNotifications.skipped.${skipReason}`)],
        [t('rateNotifications.kind'), t(`rateNotifications.kind.${notification.kind}`)],
        [
          t('rateNotifications.client'),
          <Anchor key="client" component={Link} to={`/clients/${notification.clientId}`} size="sm">
            {notification.clientName}
          </Anchor>,
        ],
        [
          t('rateNotifications.rateTable'),
          rateTableId === null ? (
            notification.rateTableName
          ) : (
            <Anchor key="table" component={Link} to={`/rate-tables/${rateTableId}`} size="sm">
              {notification.rateTableName}
            </Anchor>
          ),
        ],
        [t('rateNotifications.recipient'), notification.recipient],
        [t('rateNotifications.due'), <Time key="due" at={notification.dueAt} />],
        [t('rateNotifications.composed'), notification.composedAt && <Time key="at" at={notification.composedAt} />],
        [t('rateNotifications.accepted'), notification.acceptedAt && <Time key="ok" at={notification.acceptedAt} />],
        [t('rateNotifications.reference'), notification.referenceAt && <Time key="r" at={notification.referenceAt} />],
        [t('rateNotifications.agreement'), notification.agreementName],
        [
          t('rateNotifications.what'),
          type &&
            format &&
            `${t(`clients.rateNotificationType.${type}`)}, ${t(`clients.rateNotificationFormat.${format}`)}`,
        ],
        [t('rateNotifications.rates'), counts && <RateCounts key="counts" counts={counts} />],
        [
          t('rateNotifications.requestedBy'),
          requestedBy && <Actor key="by" actor={requestedBy} name={notification.requestedByName} />,
        ],
        [t('common.reason'), notification.reason],
        [
          t('rateNotifications.email'),
          notificationId && (
            <Anchor key="email" component={Link} to={`/notifications/${notificationId}`} size="sm">
              #{notificationId}
            </Anchor>
          ),
        ],
      ]}
    />
  );
}

function Files({ notification: { id, files } }: { readonly notification: RateNotification }): ReactNode {
  if (files.length === 0) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3} size="h5">
        {t('rateNotifications.files')}
      </Title>
      {files.map(({ position, fileName, rates, removedAt }) =>
        removedAt !== null ? (
          <Text key={position} size="sm" style={{ overflowWrap: 'anywhere' }}>
            <span translate="no">{fileName}</span>
            {' · '}
            {t('rateNotifications.fileRemoved')} <Time at={removedAt} />
          </Text>
        ) : (
          <Button
            key={position}
            component="a"
            href={`/v1/rate-notifications/${id}/files/${position}`}
            download={fileName}
            variant="default"
            size="xs"
            maw="100%"
            leftSection={<IconDownload size={16} aria-hidden />}
            rightSection={t('rateNotifications.fileRates', { n: rates })}
          >
            <span translate="no">{fileName}</span>
          </Button>
        ),
      )}
    </Stack>
  );
}

/** The same files to the same address, under the same Message-ID. */
function Resend({ notification }: { readonly notification: RateNotification }): ReactNode {
  const { deliveryId, state, recipient, files } = notification;
  const [isAsking, setAsking] = useState(false);
  const refresh = useRateNotificationsRefresh();
  if (deliveryId === null || !['accepted', 'failed', 'uncertain'].includes(state)) return null;
  if (files.some(({ removedAt }) => removedAt !== null)) return null;
  return (
    <Group>
      <ActionButton
        operation="resendDelivery"
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {t('notifications.resend')}
      </ActionButton>
      <ReasonDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('notifications.resend.title')}
        confirm={t('notifications.resend')}
        effect={t('rateNotifications.resendEffect', { to: recipient ?? '' })}
        onConfirm={async (reason) => {
          const params = { path: { id: deliveryId } };
          await unwrap(api.POST('/v1/deliveries/{id}/resend', { params, body: { reason } }));
          toastDone(t('notifications.resend.done', { to: recipient ?? '' }));
          await refresh();
        }}
      />
    </Group>
  );
}
