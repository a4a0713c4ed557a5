import { Anchor, Divider, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { EmptyState } from '../../ui/EmptyState';
import { FailedState } from '../../ui/FailedState';
import { OutcomeBadge } from '../../ui/badges/OutcomeBadge';
import { DeliveriesTable } from './DeliveriesTable';
import { DeliveryFacts, NotificationFacts } from './NotificationFacts';
import { NotificationOutcome } from './NotificationOutcome';
import { EmailTabs } from './EmailTabs';
import { notificationQuery, type NotificationDetail } from './queries';

interface NotificationDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
}

/** One notification next to the list: what it was about, its deliveries, and each message as it was sent. */
export function NotificationDrawer({ id, onClose }: NotificationDrawerProps): ReactNode {
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={820}
      title={t('notifications.one')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {id !== null && <LoadedNotification key={id} id={id} />}
    </Drawer>
  );
}

function LoadedNotification({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useQuery(notificationQuery(id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="md" role="status" aria-label={t('common.loading')}>
        <Skeleton h={28} w="70%" />
        <Skeleton h={64} />
        <Skeleton h={150} />
        <Skeleton h={420} />
      </Stack>
    );
  }
  return <ShownNotification mail={data} />;
}

function ShownNotification({ mail }: { readonly mail: NotificationDetail }): ReactNode {
  const can = useCan();
  const [shown, setShown] = useState<string | null>(null);
  const delivery = mail.deliveries.find(({ id }) => id === shown) ?? mail.deliveries[0];
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Text fw={600} size="lg" component="h2" m={0} style={{ overflowWrap: 'anywhere' }}>
            {delivery?.subject ?? t('notifications.noSubject')}
          </Text>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('notifications.to', { to: mail.to.join(', ') })}
          </Text>
        </div>
        <OutcomeBadge outcome={mail.status} />
      </Group>
      <NotificationFacts mail={mail} />
      {delivery ? (
        <>
          <DeliveriesTable mail={mail} shown={delivery} onShow={setShown} />
          <Divider label={delivery.to} labelPosition="left" />
          <NotificationOutcome mail={mail} delivery={delivery} />
          <DeliveryFacts delivery={delivery} />
          <EmailTabs key={delivery.id} mail={mail} delivery={delivery} />
        </>
      ) : (
        <EmptyState title={t('notifications.notCreated')} text={t('notifications.notCreated.text')} />
      )}
      {can('listAudit') && (
        <Anchor component={Link} to={`/audit?subjectType=notification&subjectId=${mail.id}`} size="sm" w="fit-content">
          <Group gap={4}>
            <IconHistory size={16} aria-hidden />
            {t('notifications.audit')}
          </Group>
        </Anchor>
      )}
    </Stack>
  );
}
