import { Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, take } from '../../api/client';
import { keys } from '../../api/keys';
import { ReasonDialog } from '../../form/ConfirmDialog';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { ActionButton } from '../../session/ActionButton';
import { RecipientList } from '../../ui/RecipientList';
import { toastDone } from '../../ui/toast';
import { countText, isOfRule } from './mail-words';
import type { MailDetail } from './queries';

/** Sends the mail once more, as it was; what that does is told first. */
export function ResendButton({ mail }: { readonly mail: MailDetail }): ReactNode {
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const isUnderWay = mail.status === 'sending' || mail.status === 'retrying';
  const resend = async (reason: string): Promise<void> => {
    await take(api.POST('/v1/notifications/{id}/resend', { params: { path: { id: mail.id } }, body: { reason } }));
    toastDone(t('notifications.resend.done', { to: mail.to.join(', ') }));
    await queries.invalidateQueries({ queryKey: keys.one('notifications', mail.id).slice(0, 2) });
    await refreshLists(queries, 'notifications');
  };
  return (
    <>
      <ActionButton
        operation="resendNotification"
        variant="default"
        size="xs"
        leftSection={<IconSend size={14} aria-hidden />}
        blocked={isUnderWay ? t('notifications.resend.underWay') : null}
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
        effect={<Effect mail={mail} />}
        onConfirm={resend}
      />
    </>
  );
}

function Effect({ mail }: { readonly mail: MailDetail }): ReactNode {
  return (
    <Stack gap="xs">
      <Text size="sm">{t('notifications.resend.effect', { subject: mail.subject ?? '' })}</Text>
      <RecipientList recipients={mail.to.map((address) => ({ address }))} />
      <Text size="sm">{t('notifications.resend.sameId')}</Text>
      {isOfRule(mail) && (
        <Text size="sm">{t('notifications.resend.counts', { count: countText(mail), client: mail.clientName })}</Text>
      )}
      {mail.status === 'uncertain' && <Text size="sm">{t('notifications.resend.twice')}</Text>}
    </Stack>
  );
}
