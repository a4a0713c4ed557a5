import { Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import { ReasonDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { ActionButton } from '../../session/ActionButton';
import { RecipientList } from '../../ui/RecipientList';
import { toastDone } from '../../ui/toast';
import type { DeliveryProps } from './AttemptsTable';
import { countsTowardRule, notificationCount } from '../../ui/text/notification-kind';

/** Sends a message again, unchanged; the dialog says what that does. */
export function ResendButton({ mail, delivery }: DeliveryProps): ReactNode {
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const isUnderWay = delivery.status === 'sending' || delivery.status === 'retrying';
  const resend = async (reason: string): Promise<void> => {
    await unwrap(api.POST('/v1/deliveries/{id}/resend', { params: { path: { id: delivery.id } }, body: { reason } }));
    toastDone(t('notifications.resend.done', { to: delivery.to }));
    await queries.invalidateQueries({ queryKey: keys.one('notifications', mail.id).slice(0, 2) });
    await refreshLists(queries, 'notifications');
  };
  return (
    <>
      <ActionButton
        operation="resendDelivery"
        variant="default"
        size="xs"
        leftSection={<IconSend size={14} aria-hidden />}
        blocked={isUnderWay ? t('notifications.resend.inProgress') : null}
        onClick={open}
        style={{ flex: 'none' }}
      >
        {t('notifications.resend')}
      </ActionButton>
      <ReasonDialog
        opened={isOpen}
        onClose={close}
        title={t('notifications.resend.title')}
        confirm={t('notifications.resend')}
        effect={<Effect mail={mail} delivery={delivery} />}
        onConfirm={resend}
      />
    </>
  );
}

function Effect({ mail, delivery }: DeliveryProps): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm">{t('notifications.resend.effect', { subject: delivery.subject })}</Text>
      <RecipientList recipients={[{ address: delivery.to }]} />
      <Text size="sm">{t(delivery.channel ? 'notifications.resend.channel' : 'notifications.resend.sameId')}</Text>
      {countsTowardRule(mail) && (
        <Text size="sm">
          {t('notifications.resend.counts', { count: notificationCount(mail), client: mail.clientName ?? '' })}
        </Text>
      )}
      {delivery.status === 'uncertain' && <Text size="sm">{t('notifications.resend.twice')}</Text>}
    </Stack>
  );
}
