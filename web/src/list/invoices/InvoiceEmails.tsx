import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { ReasonDialog } from '../../form/dialogs/ConfirmDialog';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { EmailBadge } from '../../ui/badges/EmailBadge';
import { Time } from '../../ui/text/Time';
import { toastDone } from '../../ui/toast';
import { useSettlementRefresh, type InvoiceDetail } from './queries';

type Email = InvoiceDetail['emails'][number];

/** The email with the invoice and its reminders: how each went, and the resend of one that has ended. */
export function InvoiceEmails({ invoice }: { readonly invoice: InvoiceDetail }): ReactNode {
  const [resent, resend] = useState<Email | null>(null);
  const refresh = useSettlementRefresh(invoice.clientId);
  if (invoice.emails.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('invoices.emails')}
      </Title>
      {invoice.emails.map((email) => (
        <EmailRow key={`${email.kind} ${email.days}`} email={email} onResend={() => resend(email)} />
      ))}
      {resent?.deliveryId && (
        <ReasonDialog
          opened
          onClose={() => resend(null)}
          title={t('notifications.resend.title')}
          confirm={t('notifications.resend')}
          effect={t('invoices.emails.resendEffect', { to: resent.to ?? '' })}
          onConfirm={async (reason) => {
            const params = { path: { id: resent.deliveryId ?? '' } };
            await unwrap(api.POST('/v1/deliveries/{id}/resend', { params, body: { reason } }));
            toastDone(t('notifications.resend.done', { to: resent.to ?? '' }));
            await refresh();
          }}
        />
      )}
    </Stack>
  );
}

function EmailRow({ email, onResend }: { readonly email: Email; readonly onResend: () => void }): ReactNode {
  const { kind, days, state, skipReason, to, notificationId, deliveryId, acceptedAt } = email;
  const title = kind === 'invoice' ? t('notifications.kind.invoice') : t(`invoices.emails.${kind}`, { n: days });
  return (
    <Group justify="space-between" gap="xs" align="flex-start">
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Group gap="xs">
          <Text size="sm">{title}</Text>
          <EmailBadge state={state} />
        </Group>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {skipReason !== null && t(`invoices.emails.skipped.${skipReason}`)}
          {to} {acceptedAt !== null && <Time at={acceptedAt} />}{' '}
          {notificationId !== null && (
            <Anchor component={Link} to={`/notifications?mail=${notificationId}`} size="xs">
              {t('invoices.emails.open')}
            </Anchor>
          )}
        </Text>
      </Stack>
      {deliveryId !== null && state !== 'sending' && state !== 'retrying' && (
        <ActionButton
          isInRow
          operation="resendDelivery"
          size="xs"
          variant="default"
          leftSection={<IconSend size={14} aria-hidden />}
          onClick={onResend}
        >
          {t('notifications.resend')}
        </ActionButton>
      )}
    </Group>
  );
}
